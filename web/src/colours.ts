// The settings of colours: the well and the hexadecimal text beside it follow each other, and the sample and the
// contrasts follow both. Without script the text is typed and "Show preview" asks the server for the same.
const hex = /^#[0-9a-f]{6}$/i;
const field = (id: string): HTMLInputElement | null => document.querySelector(`#f-${id}`);

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// WCAG 2.2, "contrast ratio"; the server computes the same and decides.
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function show(): void {
  for (const sample of document.querySelectorAll<HTMLElement>('[data-theme-sample] [data-mode]')) {
    const end = sample.dataset['mode'] === 'dark' ? '_dark' : '';
    for (const name of ['primary', 'primary_deep', 'primary_light', 'accent']) {
      const value = field(name + end)?.value ?? '';
      if (hex.test(value)) sample.style.setProperty(`--tenant-${name.replace('_', '-')}`, value);
    }
  }
  for (const line of document.querySelectorAll<HTMLElement>('[data-contrast]')) {
    const colour = field(line.dataset['contrast'] ?? '')?.value ?? '';
    const other = line.dataset['against'] ?? '';
    const against = hex.test(other) ? other : (field(other)?.value ?? '');
    const ratio = line.querySelector('[data-ratio]');
    if (!hex.test(colour) || !hex.test(against) || !ratio) continue;
    const value = contrast(colour, against);
    ratio.textContent = `${value.toLocaleString(document.documentElement.lang, {
      minimumFractionDigits: 1, maximumFractionDigits: 1 })} : 1`;
    const holds = value >= Number(line.dataset['least']);
    line.querySelector('[data-good]')?.toggleAttribute('hidden', !holds);
    line.querySelector('[data-bad]')?.toggleAttribute('hidden', holds);
  }
}

for (const well of document.querySelectorAll<HTMLInputElement>('[data-well]')) {
  const text = document.querySelector<HTMLInputElement>(`#${well.dataset['well']}`);
  if (!text) continue;
  well.addEventListener('input', () => {
    text.value = well.value;
    show();
  });
  text.addEventListener('input', () => {
    const typed = text.value.trim();
    if (hex.test(typed)) well.value = typed.toLowerCase();
    show();
  });
}

export {};
