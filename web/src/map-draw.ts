// Drawing on a <place-map data-draw="NAME" data-kinds="point line area">: loaded only where somebody may draw. What is
// drawn stands as GeoJSON in the textarea #f-NAME-value, after every point, so that there is nothing to finish. The
// same things by mouse, finger, keyboard (cross-hair) and buttons; addresses by the field beside it.
import Feature from 'ol/Feature.js';
import type OlMap from 'ol/Map.js';
import LineString from 'ol/geom/LineString.js';
import Point from 'ol/geom/Point.js';
import Polygon from 'ol/geom/Polygon.js';
import VectorLayer from 'ol/layer/Vector.js';
import { fromLonLat, toLonLat } from 'ol/proj.js';
import VectorSource from 'ol/source/Vector.js';
import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import { make } from './map-controls';
import type { Palette } from './map-markers';
import { announce, text } from './map-words';

type Kind = 'point' | 'line' | 'area';
type Position = [number, number];
interface Hit {
  label: string;
  lon: number;
  lat: number;
}
const least: Record<Kind, number> = { point: 1, line: 2, area: 3 };
const types: Record<string, Kind> = { Point: 'point', LineString: 'line', Polygon: 'area' };
const most = 500;

export class Drawing {
  #host: HTMLElement;
  #map: OlMap;
  #projection: string;
  #name: string;
  #field: HTMLTextAreaElement;
  #kinds: Kind[];
  #kind: Kind;
  #points: Position[] = []; // degrees
  #source = new VectorSource();
  #layer = new VectorLayer({ source: this.#source, zIndex: 5 });
  #state = make('p', 'map-draw__state', '', { role: 'status' });
  #hits = make('ul', 'map-draw__hits');
  #undo: HTMLButtonElement;
  #clear: HTMLButtonElement;

  constructor(host: HTMLElement, map: OlMap, projection: string, colours: Palette) {
    this.#host = host;
    this.#map = map;
    this.#projection = projection;
    this.#name = host.dataset['draw'] ?? '';
    this.#field = document.getElementById(`f-${this.#name}-value`) as HTMLTextAreaElement;
    this.#kinds = (host.dataset['kinds'] ?? 'point').trim().split(/\s+/) as Kind[];
    this.#kind = this.#kinds[0] ?? 'point';
    this.#undo = this.#button('drawUndo', () => this.#takeBack());
    this.#clear = this.#button('drawClear', () => this.#set([]));
    map.addLayer(this.#layer);
    this.paint(colours);
    this.#read();
    this.#build();
    this.#listen();
    this.#show(false);
    if (this.#points.length) this.#look();
  }

  paint(colours: Palette): void {
    const line = new Stroke({ color: colours.chosen, width: 3 });
    this.#layer.setStyle(
      new Style({
        fill: new Fill({ color: colours.area }),
        stroke: line,
        image: new CircleStyle({
          radius: 8,
          fill: new Fill({ color: colours.chosen }),
          stroke: new Stroke({ color: colours.edge, width: 2 }),
        }),
      }),
    );
  }

  // ---- the value
  #read(): void {
    try {
      const drawn = JSON.parse(this.#field.value) as { type: string; coordinates: unknown };
      const kind = types[drawn.type];
      if (!kind) return;
      if (this.#kinds.includes(kind)) this.#kind = kind;
      const list =
        kind === 'point'
          ? [drawn.coordinates]
          : kind === 'line'
            ? drawn.coordinates
            : ((drawn.coordinates as unknown[])[0] as unknown[]).slice(0, -1);
      this.#points = (list as Position[]).map(([lon, lat]): Position => [lon, lat]);
    } catch {
      // nothing drawn yet, or something the server has refused to read
    }
  }
  #geojson(): string {
    const { length } = this.#points;
    if (length < least[this.#kind]) return '';
    const points = this.#points.map(([lon, lat]) => [Number(lon.toFixed(7)), Number(lat.toFixed(7))]);
    if (this.#kind === 'point') return JSON.stringify({ type: 'Point', coordinates: points[0] });
    if (this.#kind === 'line') return JSON.stringify({ type: 'LineString', coordinates: points });
    return JSON.stringify({ type: 'Polygon', coordinates: [[...points, points[0]]] });
  }
  #set(points: Position[]): void {
    this.#points = points;
    this.#field.value = this.#geojson();
    this.#field.dispatchEvent(new Event('input', { bubbles: true })); // kept drafts, the question before leaving
    // What was drawn last counts: not an address chosen before, not typed coordinates.
    const form = this.#field.form;
    form?.querySelectorAll<HTMLInputElement>(`[name="${this.#name}-choice"]`).forEach((choice) => {
      choice.checked = false;
    });
    ['lon', 'lat'].forEach((part) => {
      const input = form?.querySelector<HTMLInputElement>(`[name="${this.#name}-${part}"]`);
      if (input) input.value = '';
    });
    this.#show(true);
  }
  #add(position: Position): void {
    this.#set(this.#kind === 'point' ? [position] : [...this.#points.slice(0, most - 1), position]);
  }
  #takeBack(): void {
    this.#set(this.#points.slice(0, -1));
  }

  // ---- what is seen and said
  #show(speak: boolean): void {
    this.#source.clear();
    const drawn = this.#points.map((point) => fromLonLat(point, this.#projection));
    const shape =
      this.#kind === 'line' && drawn.length > 1
        ? new LineString(drawn)
        : this.#kind === 'area' && drawn.length > 2
          ? new Polygon([drawn])
          : drawn.length > 1
            ? new LineString(drawn)
            : undefined;
    if (shape) this.#source.addFeature(new Feature(shape));
    drawn.forEach((point) => this.#source.addFeature(new Feature(new Point(point))));
    const count = this.#points.length;
    const words = !count
      ? text(this.#host, 'drawNothing')
      : this.#kind === 'point'
        ? text(this.#host, 'drawOne')
        : text(this.#host, count < least[this.#kind] ? 'drawMore' : 'drawCount', { count });
    this.#undo.disabled = this.#clear.disabled = !count;
    if (speak) this.#state.textContent = words;
    else if (count) this.#state.textContent = words;
  }
  #look(): void {
    const extent = this.#source.getExtent();
    if (extent) this.#map.getView().fit(extent, { maxZoom: 16, padding: [60, 60, 60, 60] });
  }

  // ---- controls
  #button(words: string, act: () => void): HTMLButtonElement {
    const element = make('button', 'kern-btn kern-btn--secondary btn--small', '', { type: 'button' });
    element.append(make('span', 'kern-label', text(this.#host, words)));
    element.addEventListener('click', act);
    return element;
  }
  #build(): void {
    const box = make('div', 'map-draw');
    if (this.#kinds.length > 1) {
      const set = make('fieldset', 'map-draw__kinds');
      set.append(make('legend', '', text(this.#host, 'drawKind')));
      this.#kinds.forEach((kind) => {
        const label = make('label', 'check');
        const radio = make('input', 'check__box', '', { type: 'radio', name: `${this.#name}-kind`, value: kind });
        radio.checked = kind === this.#kind;
        radio.addEventListener('change', () => {
          this.#kind = kind;
          this.#set(kind === 'point' ? this.#points.slice(-1) : this.#points);
        });
        const key = { point: 'drawPoint', line: 'drawLine', area: 'drawArea' }[kind];
        label.append(radio, make('span', '', text(this.#host, key)));
        set.append(label);
      });
      box.append(set);
    }
    const row = make('div', 'button-row');
    row.append(this.#button('drawSet', () => this.#add(this.#centre())));
    if ('geolocation' in navigator) row.append(this.#button('drawHere', () => this.#here()));
    row.append(this.#undo, this.#clear);
    box.append(row, this.#state);
    this.#host.append(box);
    this.#searchBox()?.closest('.filter-row')?.after(this.#hits);
  }
  #centre(): Position {
    return toLonLat(this.#map.getView().getCenter()!, this.#projection) as Position;
  }
  #here(): void {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.#place([coords.longitude, coords.latitude]),
      () => {
        this.#state.textContent = text(this.#host, 'drawAway');
      },
      { timeout: 10000, enableHighAccuracy: true },
    );
  }
  // A place found otherwise: it is the point where one is wanted, else where to begin drawing.
  #place(position: Position): void {
    if (this.#kind === 'point') this.#add(position);
    this.#map.getView().setCenter(fromLonLat(position, this.#projection));
    this.#map.getView().setZoom(17);
    if (this.#kind === 'point') this.#state.textContent = text(this.#host, 'drawChosen');
  }

  #listen(): void {
    this.#map.on('singleclick', (event) => this.#add(toLonLat(event.coordinate, this.#projection) as Position));
    this.#host.addEventListener(
      'keydown',
      (event) => {
        if (!(event.target as Element).matches('.map-view')) return;
        if (event.key === 'Enter') this.#add(this.#centre());
        else if (event.key === 'Backspace') this.#takeBack();
        else return;
        event.preventDefault();
        event.stopPropagation();
      },
      true,
    );
    const input = this.#searchBox();
    input?.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      void this.#search();
    });
    this.#field.form?.querySelector(`[name="${this.#name}-search"]`)?.addEventListener('click', (event) => {
      event.preventDefault();
      void this.#search();
    });
  }

  // ---- addresses
  #searchBox(): HTMLInputElement | null {
    return document.getElementById(`f-${this.#name}-address`) as HTMLInputElement | null;
  }
  async #search(): Promise<void> {
    const typed = this.#searchBox()?.value.trim() ?? '';
    this.#hits.replaceChildren();
    if (!typed) return;
    let found: Hit[] = [];
    try {
      const answer = await fetch(`/adressen.json?q=${encodeURIComponent(typed)}`);
      found = answer.ok ? ((await answer.json()) as { addresses: Hit[] }).addresses : [];
    } catch {
      // said below, as nothing found
    }
    found.forEach((hit) => {
      const entry = make('button', 'map-draw__hit', hit.label, { type: 'button' });
      entry.addEventListener('click', () => {
        this.#hits.replaceChildren();
        this.#searchBox()!.value = hit.label;
        this.#place([hit.lon, hit.lat]);
      });
      const line = make('li', '');
      line.append(entry);
      this.#hits.append(line);
    });
    if (found.length) announce(text(this.#host, 'drawFound', { count: found.length }));
    else {
      this.#hits.append(make('li', '', text(this.#host, 'drawNone')));
      announce(text(this.#host, 'drawNone'));
    }
  }
}
