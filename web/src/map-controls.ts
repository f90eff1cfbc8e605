// Everything on the map that is not the map: buttons, choice of layer, scale, credit, the card of a place. Plain
// elements beside the canvas, so names, focus and sizes are HTML's; words come from data attributes of <place-map>.
import { text } from './map-words';

export interface Layer {
  key: string;
  title: string;
  attribution: string;
  attribution_url?: string;
  min?: number;
  max?: number;
  url?: string;
  dark_url?: string;
  overlay?: boolean; // lies over the background; a box to tick
  on?: boolean; // from the beginning
  areas?: string; // GeoJSON instead of pictures
}
export interface Place {
  title: string;
  href?: string;
  state?: string;
  text?: string;
}

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  words = '',
  attributes: Record<string, string> = {},
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (words) element.textContent = words;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

const svg = 'http://www.w3.org/2000/svg';
const paths = {
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  close: 'm7 7 10 10M17 7 7 17',
  whole: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  layers: 'm12 3.500 9 5-9 5-9-5 9-5Zm-9 9.500 9 4.700 9-4.700',
};

export function icon(name: keyof typeof paths): SVGElement {
  const drawing = document.createElementNS(svg, 'svg');
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('class', 'icon');
  drawing.setAttribute('aria-hidden', 'true');
  const path = drawing.appendChild(document.createElementNS(svg, 'path'));
  path.setAttribute('d', paths[name]);
  return drawing;
}

export function button(
  host: HTMLElement,
  name: keyof typeof paths,
  words: string,
  act: () => void,
): HTMLButtonElement {
  const element = make('button', 'map-button', '', { type: 'button', title: text(host, words) });
  element.append(icon(name), make('span', 'sr-only', text(host, words)));
  element.addEventListener('click', act);
  return element;
}

export function layerChoice(
  host: HTMLElement,
  layers: Layer[],
  choose: (layer: Layer) => void,
  lay: (layer: Layer, on: boolean) => void,
): HTMLElement {
  const box = make('details', 'map-layers', '', { 'data-menu': '' });
  const summary = make('summary', 'map-button', '', { title: text(host, 'layers') });
  summary.append(icon('layers'), make('span', 'sr-only', text(host, 'layers')));
  const set = make('fieldset', 'map-layers__list');
  set.append(make('legend', 'sr-only', text(host, 'layers')));
  const group = `layer-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  let first = true;
  // Backgrounds one of them, overlays any; what lies over comes after.
  [...layers.filter((layer) => !layer.overlay), ...layers.filter((layer) => layer.overlay)].forEach((layer) => {
    const label = make('label', '');
    const box = make('input', '', '', { type: layer.overlay ? 'checkbox' : 'radio', name: group, value: layer.key });
    box.checked = layer.overlay ? Boolean(layer.on) : first;
    if (!layer.overlay) first = false;
    box.addEventListener('change', () => (layer.overlay ? lay(layer, box.checked) : choose(layer)));
    label.append(box, ` ${layer.title}`);
    set.append(label);
  });
  box.append(summary, set);
  return box;
}

export function credit(into: HTMLElement, layers: Layer[]): void {
  into.replaceChildren();
  layers
    .filter((layer) => layer.attribution)
    .forEach((layer, index) => {
      if (index) into.append(' · ');
      into.append(
        layer.attribution_url
          ? make('a', '', layer.attribution, { href: layer.attribution_url, rel: 'noopener' })
          : layer.attribution,
      );
    });
}

// A round length that fits into 110 pixels.
export function scale(into: HTMLElement, metresPerPixel: number): void {
  const power = 10 ** Math.floor(Math.log10(metresPerPixel * 110));
  const length = [5, 2, 1].map((factor) => factor * power).find((metres) => metres <= metresPerPixel * 110) ?? power;
  into.style.inlineSize = `${Math.round(length / metresPerPixel)}px`;
  into.textContent = length < 1000 ? `${length} m` : `${length / 1000} km`;
}

function entry(place: Place, level: 'h3' | 'li'): HTMLElement {
  const element = make(level, level === 'h3' ? 'map-card__title' : '');
  const title = place.href ? make('a', '', place.title, { href: place.href }) : make('span', '', place.title);
  title.dir = 'auto';
  element.append(title);
  if (level === 'li' && place.state) element.append(` – ${place.state}`);
  return element;
}

// The card of one place or a list of several; not modal, Escape or the button closes it and gives the focus back.
export class Card {
  readonly element: HTMLElement;
  #closed: () => void;

  constructor(host: HTMLElement, closed: () => void) {
    this.#closed = closed;
    this.element = make('section', 'map-card', '', { role: 'dialog', tabindex: '-1' });
    this.element.hidden = true;
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.close();
    });
    this.#close = button(host, 'close', 'close', () => this.close());
  }
  #close: HTMLButtonElement;

  show(host: HTMLElement, places: Place[]): void {
    const [first] = places;
    if (!first) return;
    const single = places.length === 1;
    const head = single
      ? entry(first, 'h3')
      : make('h3', 'map-card__title', text(host, 'places', { count: places.length }));
    this.element.replaceChildren(head, this.#close);
    if (single) {
      if (first.state) this.element.append(make('p', 'map-card__state', first.state));
      if (first.text) this.element.append(make('p', '', first.text, { dir: 'auto' }));
    } else {
      const list = make('ul', 'map-card__list');
      list.append(...places.map((place) => entry(place, 'li')));
      this.element.append(list);
    }
    head.id = `${host.id || 'map'}-card`;
    this.element.setAttribute('aria-labelledby', head.id);
    this.element.hidden = false;
    this.element.focus({ preventScroll: true });
  }
  close(): void {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.#closed();
  }
}
