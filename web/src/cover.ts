// <cover-picture>: rectangles drawn on the picture fill the number fields of the form below, and what stands in the
// fields is drawn at once. Without script, and by keyboard, the fields are all there is to it.
const sides = ['left', 'top', 'width', 'height'] as const;
type Box = [number, number, number, number];
const number = (text: string): number => Number.parseFloat(text.replace(',', '.'));

class CoverPicture extends HTMLElement {
  private start: [number, number] | undefined;

  connectedCallback(): void {
    const picture = this.querySelector('svg');
    if (!picture) return;
    for (const hint of this.querySelectorAll<HTMLElement>('[data-script]')) hint.hidden = false;
    picture.style.touchAction = 'none';
    picture.style.cursor = 'crosshair';
    const at = (event: PointerEvent): [number, number] => {
      const frame = picture.getBoundingClientRect();
      const percent = (value: number, side: number): number => Math.min(100, Math.max(0, (value / side) * 100));
      return [percent(event.clientX - frame.left, frame.width), percent(event.clientY - frame.top, frame.height)];
    };
    const between = ([x, y]: [number, number]): Box => {
      const [a, b] = this.start ?? [x, y];
      return [Math.min(a, x), Math.min(b, y), Math.abs(a - x), Math.abs(b - y)];
    };
    picture.addEventListener('pointerdown', (event) => {
      this.start = at(event);
      picture.setPointerCapture(event.pointerId);
    });
    picture.addEventListener('pointermove', (event) => this.start && this.draw(picture, between(at(event))));
    picture.addEventListener('pointercancel', () => {
      this.start = undefined;
      this.draw(picture);
    });
    picture.addEventListener('pointerup', (event) => {
      const box = between(at(event));
      this.start = undefined;
      if (box[2] > 0.5 && box[3] > 0.5) this.put(box);
      this.draw(picture);
    });
    document.addEventListener('input', (event) => {
      if ((event.target as HTMLInputElement).name?.startsWith(`${this.dataset['name']}-`)) this.draw(picture);
    });
  }

  private rows(): HTMLInputElement[][] {
    const rows: HTMLInputElement[][] = [];
    for (let row = 1; row < 100; ++row) {
      const fields = sides.map((side) => document.getElementById(`f-${this.dataset['name']}-${row}-${side}`));
      if (!fields[0]) break;
      rows.push(fields as HTMLInputElement[]);
    }
    return rows;
  }

  // Into the first empty row, made by the form's own button when there is none.
  private put(box: Box): void {
    const empty = (): HTMLInputElement[] | undefined =>
      this.rows().find((fields) => fields.every((field) => !field.value.trim()));
    if (!empty()) document.querySelector<HTMLButtonElement>(`button[name=add][value=${this.dataset['name']}]`)?.click();
    empty()?.forEach((field, side) => {
      field.value = box[side]!.toFixed(1);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }

  private draw(picture: SVGSVGElement, further?: Box): void {
    for (const old of picture.querySelectorAll('rect')) old.remove();
    const boxes = this.rows().map((fields) => fields.map((field) => number(field.value)) as Box);
    for (const box of further ? [...boxes, further] : boxes) {
      if (box.some(Number.isNaN)) continue;
      const rect = document.createElementNS(picture.namespaceURI, 'rect');
      ['x', 'y', 'width', 'height'].forEach((side, i) => rect.setAttribute(side, `${Math.max(0, box[i]!)}%`));
      rect.setAttribute('stroke', '#fff');
      rect.setAttribute('stroke-width', '4');
      picture.append(rect);
    }
  }
}
customElements.define('cover-picture', CoverPicture);
export {};
