// Groups of rows that can grow, and ticked boxes that are counted. Without script the buttons are submit buttons
// and the server answers with one row more or less; with script nothing is loaded.
//   <fieldset data-rows data-min-rows="2" data-max-rows="10" data-text-added="Antwort {n} ist da."
//      data-text-removed="…">
//     <div data-row>Antwort <span data-row-number>1</span> … <button name=remove value=0 data-row-remove>
//     <template data-row-template> the same with __n__ (1, 2 …) and __i__ (a number used once) in its attributes
//     <button name=add value=1 data-row-add>
//   <input type=checkbox data-select-all="ids">           ticks every box named "ids"
//   <div data-count-of="ids" data-text="{count} ausgewählt" data-max-count="4" hidden>   shown while something is
//      ticked
import { all, on } from './dom';
import { onShown } from './parts';
import { announce, text } from './texts';

const rowsOf = (group: HTMLElement): HTMLElement[] => all('[data-row]', group);

function renumber(group: HTMLElement): void {
  const rows = rowsOf(group);
  rows.forEach((row, index) => {
    for (const number of all('[data-row-number]', row)) number.textContent = String(index + 1);
    for (const remove of all('[data-row-remove]', row))
      remove.hidden = rows.length <= Number(group.dataset['minRows'] ?? 0);
  });
  for (const add of all('[data-row-add]', group))
    add.hidden = rows.length >= Number(group.dataset['maxRows'] ?? Infinity);
  group.dispatchEvent(new Event('rows', { bubbles: true }));
}

// Attributes only; cloned, never parsed, so nothing that was typed can become mark-up.
let next = Date.now(); // larger than any index the server gives, so ids never meet
function append(group: HTMLElement): HTMLElement | undefined {
  const template = group.querySelector<HTMLTemplateElement>('[data-row-template]');
  const row = template && (document.importNode(template.content, true).firstElementChild as HTMLElement | null);
  if (!row) return undefined;
  const values: Record<string, number> = { __i__: next++, __n__: rowsOf(group).length + 1 };
  for (const element of [row, ...all('*', row)]) {
    for (const attribute of element.attributes) {
      attribute.value = attribute.value.replace(/__[in]__/g, (mark) => String(values[mark]));
    }
  }
  template.before(row);
  renumber(group);
  return row;
}

// For a kept draft that had more rows than the page.
export function grow(group: HTMLElement, count: number): void {
  while (rowsOf(group).length < count && append(group)) {
    /* one more */
  }
}

on('click', '[data-row-add], [data-row-remove]', (button, event) => {
  const group = button.closest<HTMLElement>('[data-rows]');
  if (!group?.querySelector('[data-row-template]')) return;
  event.preventDefault();
  const gone = button.closest<HTMLElement>('[data-row]');
  if (!gone) {
    append(group)?.querySelector<HTMLElement>('input:not([type=hidden]), textarea, select')?.focus();
    announce(text(group, 'added', { n: rowsOf(group).length }));
    return;
  }
  const index = rowsOf(group).indexOf(gone);
  gone.remove();
  renumber(group);
  const near = all('[data-row-remove]:not([hidden])', group);
  (near[Math.min(index, near.length - 1)] ?? group.querySelector<HTMLElement>('[data-row-add]'))?.focus();
  announce(text(group, 'removed', { n: index + 1 }));
});

// ---- ticked boxes ----
function countTicks(name: string, changed = false): void {
  const quoted = `"${CSS.escape(name)}"`;
  const boxes = all<HTMLInputElement>(`[type=checkbox][name=${quoted}]`);
  const count = boxes.filter((box) => box.checked).length;
  for (const master of all<HTMLInputElement>(`[data-select-all=${quoted}]`)) {
    master.checked = count > 0 && count === boxes.length;
    master.indeterminate = count > 0 && count < boxes.length;
  }
  for (const bar of all(`[data-count-of=${quoted}]`)) {
    const max = Number(bar.dataset['maxCount']);
    bar.hidden = !count;
    (bar.querySelector('[data-count]') ?? bar).textContent = text(bar, '', { count, max });
    if (!max) continue;
    for (const box of boxes) box.disabled = !box.checked && count >= max;
    if (changed && count >= max) announce(text(bar, 'full', { count, max }));
  }
}
on<HTMLInputElement>('change', '[type=checkbox]', (box) => {
  const name = box.dataset['selectAll'];
  if (name) {
    for (const one of all<HTMLInputElement>(`[name="${CSS.escape(name)}"]:enabled`)) one.checked = box.checked;
  }
  countTicks(name ?? box.name, true);
});

// The bar may stand outside the part that holds its boxes.
function start(): void {
  for (const { dataset } of all('[data-select-all], [data-count-of]'))
    countTicks(dataset['selectAll'] ?? dataset['countOf']!);
}
start();
onShown(start);
