// <place-map>: a map to look at. Tiles come through our server, places as GeoJSON, words from data attributes; the
// list of the same places stands in the page (and is all there is without script). Attributes:
//   data-layers='[{"key","title","attribution","attribution_url","min","max","url","dark_url"}]'
//      data-bounds="w,s,e,n"
//   data-points="/….geojson"   data-clusters="/….geojson?bbox=&zoom="   data-areas="/….geojson"
//      data-projection="EPSG:25832"
//   data-draw="NAME" data-kinds="point line area": people draw into #f-NAME-value (map-draw.ts, loaded only then)
//   data-text-label -help -zoom-in -zoom-out -whole -close -layers -places -nothing -failed -touch
// OpenLayers' controls and overlays are not used: they write HTML as strings, which trusted types forbid.
import type Feature from 'ol/Feature.js';
import OlMap from 'ol/Map.js';
import View from 'ol/View.js';
import { boundingExtent, getCenter, getHeight, getWidth, isEmpty, type Extent } from 'ol/extent.js';
import type Geometry from 'ol/geom/Geometry.js';
import DoubleClickZoom from 'ol/interaction/DoubleClickZoom.js';
import DragPan from 'ol/interaction/DragPan.js';
import KeyboardPan from 'ol/interaction/KeyboardPan.js';
import KeyboardZoom from 'ol/interaction/KeyboardZoom.js';
import MouseWheelZoom from 'ol/interaction/MouseWheelZoom.js';
import PinchZoom from 'ol/interaction/PinchZoom.js';
import Kinetic from 'ol/Kinetic.js';
import TileLayer from 'ol/layer/Tile.js';
import VectorLayer from 'ol/layer/Vector.js';
import { getPointResolution, transformExtent } from 'ol/proj.js';
import Cluster from 'ol/source/Cluster.js';
import VectorSource from 'ol/source/Vector.js';
import XYZ from 'ol/source/XYZ.js';
import { button, Card, credit, layerChoice, make, scale, type Layer } from './map-controls';
import { clusterAddress, countOf, extentOf, placesOf, readGeoJson } from './map-data';
import { areas, markers, palette, shapeOf } from './map-markers';
import { announce, text, useWords, type Words } from './map-words';
import type { Drawing } from './map-draw';
import { addUtm } from './utm';

const darkDevice = matchMedia('(prefers-color-scheme: dark)');
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const isDark = (): boolean => {
  const chosen = document.documentElement.getAttribute('data-kern-theme');
  return chosen ? chosen === 'dark' : darkDevice.matches;
};
const isPoint = (feature: Feature<Geometry>): boolean => feature.getGeometry()?.getType() === 'Point';
const germany: Extent = [5.9, 47.3, 15.1, 55.1];

class PlaceMap extends HTMLElement {
  #map: OlMap | undefined;
  #ended = new AbortController();
  #asking: AbortController | undefined;
  #projection = 'EPSG:3857';
  #layers: Layer[] = [];
  #tiles = new TileLayer<XYZ>({ className: 'map-tiles' });
  #areas = new VectorLayer<VectorSource>({ source: new VectorSource() });
  #drawn = new VectorLayer<VectorSource>({ source: new VectorSource() }); // lines and areas people have drawn
  #points = new VectorSource<Feature<Geometry>>();
  #markers = new VectorLayer<VectorSource>({ updateWhileAnimating: true, updateWhileInteracting: true });
  #chosen: Feature<Geometry> | undefined;
  #drawing: Drawing | undefined;
  #over = new Map<string, TileLayer<XYZ> | VectorLayer<VectorSource>>();
  #view = make('div', 'map-view', '', { tabindex: '0', role: 'application' });
  #card = new Card(this, () => {
    this.#choose(undefined);
    this.#view.focus({ preventScroll: true });
  });

  connectedCallback(): void {
    if (this.#map) return;
    addUtm();
    this.#projection = this.dataset['projection'] ?? 'EPSG:3857';
    this.#layers = JSON.parse(this.dataset['layers'] ?? '[]') as Layer[];
    this.#build();
    this.#showLayer(this.#layers.find((layer) => !layer.overlay));
    this.#layers.filter((layer) => layer.on).forEach((layer) => this.#lay(layer, true));
    this.#listen();
    void this.#fill();
    if (this.dataset['draw'])
      void import('./map-draw').then(({ Drawing }) => {
        if (this.#map) this.#drawing = new Drawing(this, this.#map, this.#projection, palette(this, isDark()));
      });
  }
  disconnectedCallback(): void {
    this.#ended.abort();
    this.#asking?.abort();
    this.#map?.setTarget(undefined);
    this.#map = undefined;
  }

  #bounds(): Extent {
    const numbers = (this.dataset['bounds'] ?? '').split(',').map(Number);
    const box = numbers.length === 4 && numbers.every(Number.isFinite) ? numbers : germany;
    return transformExtent(box, 'EPSG:4326', this.#projection, 8);
  }

  #build(): void {
    const help = make('p', 'sr-only', text(this, this.dataset['draw'] ? 'drawHelp' : 'help'));
    help.id = `${this.id || 'map'}-help`;
    this.#view.setAttribute('aria-label', text(this, 'label'));
    this.#view.setAttribute('aria-describedby', help.id);
    const frame = make('div', 'map-frame');
    const tools = make('div', 'map-tools');
    tools.append(
      button(this, 'plus', 'zoomIn', () => this.#zoom(1)),
      button(this, 'minus', 'zoomOut', () => this.#zoom(-1)),
      button(this, 'whole', 'whole', () => this.#whole(true)),
    );
    if (this.#layers.length > 1)
      tools.append(
        layerChoice(
          this,
          this.#layers,
          (layer) => this.#showLayer(layer),
          (layer, on) => this.#lay(layer, on),
        ),
      );
    const foot = make('p', 'map-foot');
    foot.append(make('span', 'map-scale', '', { 'aria-hidden': 'true' }), make('span', 'map-credit'));
    const hint = make('p', 'map-hint', text(this, 'touch'), { 'aria-hidden': 'true' });
    frame.append(
      help,
      this.#view,
      make('div', 'map-cross', '', { 'aria-hidden': 'true' }),
      hint,
      tools,
      this.#card.element,
      foot,
    );
    this.prepend(frame);

    this.#markers.setSource(
      this.dataset['clusters']
        ? this.#points
        : new Cluster<Feature<Geometry>>({ source: this.#points, distance: 56, minDistance: 36 }),
    );
    this.#map = new OlMap({
      target: this.#view,
      controls: [],
      interactions: this.#interactions(),
      layers: [this.#tiles, this.#areas, this.#drawn, this.#markers],
      view: new View({
        projection: this.#projection,
        enableRotation: false,
        showFullExtent: true,
        minZoom: 5,
        maxZoom: 18,
      }),
    });
    this.#whole(false);
    this.#paint();
  }

  // A map in a long page must not swallow its scrolling: the wheel zooms after a click into the map or with Ctrl, one
  // finger scrolls the page and two move the map.
  #interactions(): import('ol/interaction/Interaction.js').default[] {
    const duration = calm.matches ? 0 : 250;
    const awake = (): boolean => this.#view.contains(document.activeElement);
    const kinetic = calm.matches ? {} : { kinetic: new Kinetic(-0.005, 0.05, 100) };
    const pan: DragPan = new DragPan({
      ...kinetic,
      condition: ({ originalEvent }) =>
        (originalEvent as PointerEvent).pointerType !== 'touch' || pan.getPointerCount() === 2,
    });
    return [
      pan,
      new PinchZoom({ duration }),
      new DoubleClickZoom({ duration }),
      new KeyboardPan({ duration: calm.matches ? 0 : 100 }),
      new KeyboardZoom({ duration: calm.matches ? 0 : 100 }),
      new MouseWheelZoom({
        duration,
        condition: ({ originalEvent }) => awake() || originalEvent.ctrlKey || originalEvent.metaKey,
      }),
    ];
  }

  #listen(): void {
    const map = this.#map!;
    const { signal } = this.#ended;
    const repaint = (): void => {
      this.#paint();
      this.#showLayer(this.#layer);
    };
    darkDevice.addEventListener('change', repaint, { signal });
    const watcher = new MutationObserver(repaint);
    watcher.observe(document.documentElement, { attributeFilter: ['data-kern-theme'] });
    signal.addEventListener('abort', () => watcher.disconnect());

    map.on('singleclick', (event) => this.#open(this.#at(event.pixel, 8)));
    map.on('pointermove', (event) => {
      if (!event.dragging) this.#view.style.cursor = this.#at(event.pixel, 4) ? 'pointer' : '';
    });
    map.on('moveend', () => {
      const centre = map.getView().getCenter()!;
      scale(
        this.querySelector<HTMLElement>('.map-scale')!,
        getPointResolution(this.#projection, map.getView().getResolution()!, centre, 'm'),
      );
      if (this.dataset['clusters']) void this.#askServer();
    });
    this.#view.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter') this.#openNearCentre();
        else if (event.key === 'Escape') this.#card.close();
      },
      { signal },
    );
    this.#view.addEventListener(
      'touchmove',
      (event) => {
        if (event.touches.length !== 1) return;
        this.dataset['oneFinger'] = '';
        setTimeout(() => {
          delete this.dataset['oneFinger'];
        }, 1500);
      },
      { signal, passive: true },
    );
  }

  // ---- layers and colours ----
  #layer: Layer | undefined;
  #showLayer(layer: Layer | undefined): void {
    this.#layer = layer;
    if (!layer) return;
    const dark = isDark();
    const url = (dark ? layer.dark_url : undefined) ?? layer.url ?? `/karten/${layer.key}/{z}/{x}/{y}.png`;
    this.#tiles.setSource(
      new XYZ({ url, minZoom: layer.min ?? 0, maxZoom: layer.max ?? 18, transition: calm.matches ? 0 : 200 }),
    );
    this.toggleAttribute('data-dim', dark && !layer.dark_url); // CSS turns foreign light tiles down
    this.#credit();
  }
  #credit(): void {
    const shown = this.#layers.filter((layer) => layer === this.#layer || this.#over.get(layer.key)?.getVisible());
    credit(this.querySelector<HTMLElement>('.map-credit')!, shown);
  }
  // Something that lies over the background: pictures of a map server, or areas.
  #lay(layer: Layer, on: boolean): void {
    let over = this.#over.get(layer.key);
    if (!over && on) {
      over = layer.areas
        ? new VectorLayer<VectorSource>({ source: new VectorSource(), style: areas(palette(this, isDark())) })
        : new TileLayer<XYZ>({
            source: new XYZ({
              url: `/karten/${layer.key}/{z}/{x}/{y}.png`,
              minZoom: layer.min ?? 0,
              maxZoom: layer.max ?? 18,
            }),
          });
      this.#over.set(layer.key, over);
      this.#map!.getLayers().insertAt(this.#over.size, over);
      if (layer.areas && over instanceof VectorLayer) {
        const source = over.getSource()!;
        readGeoJson(layer.areas, this.#projection, this.#ended.signal)
          .then((found) => source.addFeatures(found))
          .catch((error: unknown) => this.#failed(error));
      }
    }
    over?.setVisible(on);
    this.#credit();
  }
  #paint(): void {
    const colours = palette(this, isDark());
    const look = markers(colours);
    this.#drawing?.paint(colours);
    for (const over of this.#over.values()) if (over instanceof VectorLayer) over.setStyle(areas(colours));
    this.#areas.setStyle(areas(colours));
    this.#drawn.setStyle(areas({ ...colours, line: colours.chosen }));
    this.#markers.setStyle((found) => {
      const feature = found as Feature<Geometry>;
      const shape = (placesOf(feature)[0] as { shape?: string } | undefined)?.shape ?? 'circle';
      return look(countOf(feature), shape, feature === this.#chosen);
    });
  }

  // ---- places ----
  async #fill(): Promise<void> {
    const { areas: areaUrl, points } = this.dataset;
    try {
      if (areaUrl)
        this.#areas.getSource()!.addFeatures(await readGeoJson(areaUrl, this.#projection, this.#ended.signal));
      if (points) {
        const found = await readGeoJson(points, this.#projection, this.#ended.signal);
        this.#points.addFeatures(found.filter(isPoint));
        this.#drawn.getSource()!.addFeatures(found.filter((feature) => !isPoint(feature)));
      }
      if (!this.dataset['bounds']) this.#whole(false);
      this.dataset['ready'] = '';
    } catch (error) {
      this.#failed(error);
    }
  }
  #asked = '';
  async #askServer(): Promise<void> {
    const view = this.#map!.getView();
    const url = clusterAddress(
      this.dataset['clusters']!,
      view.calculateExtent(this.#map!.getSize()!),
      this.#projection,
      Math.round(view.getZoom() ?? 10),
    );
    if (url === this.#asked) return;
    this.#asked = url;
    this.#asking?.abort();
    this.#asking = new AbortController();
    try {
      const found = await readGeoJson(url, this.#projection, this.#asking.signal);
      const drawn = this.#drawn.getSource()!;
      this.#points.clear(true);
      drawn.clear(true);
      this.#points.addFeatures(found.filter(isPoint));
      drawn.addFeatures(found.filter((feature) => !isPoint(feature)));
      delete this.dataset['failed'];
    } catch (error) {
      if ((error as Error).name !== 'AbortError') this.#asked = ''; // the next move asks again
      this.#failed(error);
    }
  }
  #failed(error: unknown): void {
    if ((error as Error).name === 'AbortError' || this.dataset['failed'] !== undefined) return;
    this.dataset['failed'] = '';
    announce(text(this, 'failed'));
  }

  // The nearest marker whose drawing is within `tolerance` pixels. Reckoned, not read back from the canvas: quicker,
  // and browsers warn about reading.
  #at(pixel: number[], tolerance: number): Feature<Geometry> | undefined {
    const map = this.#map!;
    const [x, y] = pixel as [number, number];
    const reach = tolerance + 64;
    const corners = [
      map.getCoordinateFromPixel([x - reach, y - reach]),
      map.getCoordinateFromPixel([x + reach, y + reach]),
    ];
    let best: Feature<Geometry> | undefined;
    let nearest = tolerance;
    for (const feature of this.#markers.getSource()!.getFeaturesInExtent(boundingExtent(corners))) {
      const [tipX, tipY] = map.getPixelFromCoordinate(getCenter(feature.getGeometry()!.getExtent())) as [
        number,
        number,
      ];
      const { radius, above } = shapeOf(countOf(feature));
      const away = Math.hypot(x - tipX, y - (tipY - above)) - radius;
      if (away > nearest) continue;
      nearest = away;
      best = feature;
    }
    return best;
  }
  #openNearCentre(): void {
    const size = this.#map!.getSize()!;
    const found = this.#at([size[0]! / 2, size[1]! / 2], 40);
    if (found) this.#open(found);
    else announce(text(this, 'nothing'));
  }
  // A group opens by going nearer, until its places lie on one spot or the map cannot go nearer: then as a list.
  #open(feature: Feature<Geometry> | undefined): void {
    if (!feature) return this.#card.close();
    const view = this.#map!.getView();
    const extent = extentOf(feature, this.#projection);
    const wide = Math.max(getWidth(extent), getHeight(extent)) > 2;
    if (countOf(feature) > 1 && (view.getZoom() ?? 0) < view.getMaxZoom() && (wide || !placesOf(feature).length)) {
      this.#card.close();
      this.#go(extent, Math.min(view.getMaxZoom(), (view.getZoom() ?? 0) + 4));
      return;
    }
    this.#choose(feature);
    this.#card.show(this, placesOf(feature));
    this.#uncover(feature);
  }
  #choose(feature: Feature<Geometry> | undefined): void {
    const before = this.#chosen;
    this.#chosen = feature;
    before?.changed();
    feature?.changed();
    this.#markers.changed();
  }
  // The card may lie over the place it speaks of.
  #uncover(feature: Feature<Geometry>): void {
    const map = this.#map!;
    const centre = getCenter(feature.getGeometry()!.getExtent());
    const pixel = map.getPixelFromCoordinate(centre);
    const card = this.#card.element.getBoundingClientRect();
    const view = this.#view.getBoundingClientRect();
    const x = view.left + (pixel?.[0] ?? 0);
    const y = view.top + (pixel?.[1] ?? 0);
    if (x > card.left - 24 && x < card.right + 24 && y > card.top - 8 && y < card.bottom + 56) {
      map.getView().animate({ center: centre, duration: calm.matches ? 0 : 250 });
    }
  }

  #zoom(by: number): void {
    const view = this.#map!.getView();
    view.animate({
      zoom: view.getConstrainedZoom((view.getZoom() ?? 10) + by) ?? 10,
      duration: calm.matches ? 0 : 200,
    });
  }
  #go(extent: Extent, maxZoom: number): void {
    this.#map!.getView().fit(extent, { maxZoom, padding: [40, 40, 40, 40], duration: calm.matches ? 0 : 300 });
  }
  #whole(move: boolean): void {
    const found = this.#points.getExtent();
    const extent = this.dataset['bounds'] || !found || isEmpty(found) ? this.#bounds() : found;
    if (move) this.#go(extent, 17);
    else
      this.#map!.getView().fit(extent, {
        maxZoom: 17,
        padding: [24, 24, 24, 24],
        size: this.#map!.getSize() ?? [600, 400],
      });
  }
}
// Called by app.ts when the first map comes near the screen.
export function start(words: Words): void {
  useWords(words);
  if (!customElements.get('place-map')) customElements.define('place-map', PlaceMap);
}
