// How places look: pins whose kind is told by shape and colour, clusters with their number, areas. Drawn on small
// canvases, once per look, so that no HTML and no picture file is needed and light, dark and forced colours are one
// palette.
import type { FeatureLike } from 'ol/Feature.js';
import Fill from 'ol/style/Fill.js';
import Icon from 'ol/style/Icon.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';

export interface Palette {
  marker: string;
  text: string;
  edge: string;
  chosen: string;
  area: string;
  line: string;
  font: string;
}

const fallback: Record<'light' | 'dark', Palette> = {
  light: {
    marker: '#0b4a55',
    text: '#fff',
    edge: '#fff',
    chosen: '#8a2b06',
    area: 'rgba(11,74,85,.08)',
    line: '#0b4a55',
    font: '',
  },
  dark: {
    marker: '#8fd6e8',
    text: '#08262c',
    edge: '#0d1417',
    chosen: '#ffc83d',
    area: 'rgba(143,214,232,.1)',
    line: '#8fd6e8',
    font: '',
  },
};

// The tenant's colours come from CSS: --map-marker, --map-marker-text, --map-marker-edge, --map-chosen, --map-area,
// --map-line.
export function palette(host: HTMLElement, dark: boolean): Palette {
  const css = getComputedStyle(host);
  const family = css.fontFamily || 'sans-serif';
  if (matchMedia('(forced-colors: active)').matches) {
    return {
      marker: 'CanvasText',
      text: 'Canvas',
      edge: 'Canvas',
      chosen: 'Highlight',
      area: 'transparent',
      line: 'CanvasText',
      font: family,
    };
  }
  const base = fallback[dark ? 'dark' : 'light'];
  // Through an element, so that color-mix(), light-dark() and var() arrive as a plain colour the canvas knows.
  const probe = host.appendChild(document.createElement('span'));
  const value = (name: string, otherwise: string): string => {
    probe.style.color = `var(--map-${name}, ${otherwise})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    marker: value('marker', base.marker),
    text: value('marker-text', base.text),
    edge: value('marker-edge', base.edge),
    chosen: value('chosen', base.chosen),
    area: value('area', base.area),
    line: value('line', base.line),
    font: family,
  };
  probe.remove();
  return colours;
}

const sharp = 2; // pixels drawn per CSS pixel
function canvas(width: number, height: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const element = document.createElement('canvas');
  element.width = width * sharp;
  element.height = height * sharp;
  const pen = element.getContext('2d')!;
  pen.scale(sharp, sharp);
  return [element, pen];
}

// The sign inside a pin; the same four shapes stand in the legend.
function sign(pen: CanvasRenderingContext2D, shape: string, x: number, y: number): void {
  pen.beginPath();
  if (shape === 'square') pen.rect(x - 5, y - 5, 10, 10);
  else if (shape === 'triangle' || shape === 'diamond') {
    pen.moveTo(x, y - 7);
    pen.lineTo(x + 6, shape === 'diamond' ? y : y + 5);
    if (shape === 'diamond') pen.lineTo(x, y + 7);
    pen.lineTo(x - 6, shape === 'diamond' ? y : y + 5);
    pen.closePath();
  } else pen.arc(x, y, 5.5, 0, 2 * Math.PI);
  pen.fill();
}

function pin(shape: string, colour: string, colours: Palette): Style {
  const [image, pen] = canvas(40, 48);
  pen.beginPath(); // a drop whose tip stands on the place
  pen.moveTo(20, 45);
  pen.bezierCurveTo(15, 36, 5, 29, 5, 18);
  pen.arc(20, 18, 15, Math.PI, 2 * Math.PI);
  pen.bezierCurveTo(35, 29, 25, 36, 20, 45);
  pen.closePath();
  pen.fillStyle = colour;
  pen.fill();
  pen.lineWidth = 2.5;
  pen.strokeStyle = colours.edge;
  pen.stroke();
  pen.fillStyle = colours.text;
  sign(pen, shape, 20, 18);
  return new Style({ image: new Icon({ img: image, scale: 1 / sharp, anchor: [0.5, 45 / 48] }) });
}

// Where a marker is on the screen: its round part, and how far that stands above the place.
export const shapeOf = (count: number): { radius: number; above: number } =>
  count > 1 ? { radius: Math.min(34, 17 + 2 * Math.log2(count)), above: 0 } : { radius: 16, above: 27 };

function bubble(count: number, colour: string, colours: Palette): Style {
  const { radius } = shapeOf(count);
  const size = Math.ceil(2 * radius + 12);
  const [image, pen] = canvas(size, size);
  const middle = size / 2;
  pen.fillStyle = colour;
  pen.globalAlpha = 0.3;
  pen.beginPath();
  pen.arc(middle, middle, radius + 5, 0, 2 * Math.PI);
  pen.fill();
  pen.globalAlpha = 1;
  pen.beginPath();
  pen.arc(middle, middle, radius, 0, 2 * Math.PI);
  pen.fill();
  pen.lineWidth = 2;
  pen.strokeStyle = colours.edge;
  pen.stroke();
  pen.fillStyle = colours.text;
  pen.font = `600 ${count > 9999 ? 13 : 15}px ${colours.font}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(count.toLocaleString(document.documentElement.lang || 'de'), middle, middle + 1);
  return new Style({ image: new Icon({ img: image, scale: 1 / sharp }) });
}

// Markers for one palette; a look is drawn once.
export function markers(colours: Palette): (count: number, shape: string, chosen: boolean) => Style {
  const drawn = new Map<string, Style>();
  return (count, shape, chosen) => {
    const key = `${count > 1 ? count : shape} ${chosen}`;
    let style = drawn.get(key);
    if (!style) {
      const colour = chosen ? colours.chosen : colours.marker;
      style = count > 1 ? bubble(count, colour, colours) : pin(shape, colour, colours);
      style.setZIndex(chosen ? 2 : 1);
      drawn.set(key, style);
    }
    return style;
  };
}

export function areas(colours: Palette): (feature: FeatureLike) => Style {
  const style = new Style({
    fill: new Fill({ color: colours.area }),
    stroke: new Stroke({ color: colours.line, width: 2.5 }),
  });
  return () => style;
}
