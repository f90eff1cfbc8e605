// Small helps around the page: menu, theme, filter on narrow screens, copying, printing.
import { all, byId, on } from './dom';
import { onShown } from './parts';
import { announce, text } from './texts';
import { chooseTheme, theme } from './theme';

// ---- theme: <fieldset data-theme-switch> with radios or a select named "theme" ----
const themeField = '[data-theme-switch] [name=theme]';
function markTheme(within: ParentNode): void {
  for (const field of all<HTMLInputElement>(themeField, within)) {
    if (field.type === 'radio') field.checked = field.value === theme();
    else field.value = theme();
  }
}
on<HTMLInputElement>('change', themeField, (field) => chooseTheme(field.value));

// ---- menus: <button data-menu aria-controls aria-expanded> and <details data-menu> ----
const menuOf = (button: HTMLElement): HTMLElement | null => byId(button.getAttribute('aria-controls'));
function setMenu(button: HTMLElement, open: boolean): void {
  button.setAttribute('aria-expanded', String(open));
  menuOf(button)?.classList.toggle('is-open', open);
}
const openMenus = (): HTMLDetailsElement[] => all<HTMLDetailsElement>('details[data-menu][open]');

on('click', 'button[data-menu]', (button) => setMenu(button, button.getAttribute('aria-expanded') !== 'true'));
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const at = document.activeElement;
  for (const details of openMenus()) {
    details.open = false;
    if (details.contains(at)) details.querySelector('summary')?.focus();
  }
  for (const button of all('button[data-menu][aria-expanded=true]')) {
    setMenu(button, false);
    if (menuOf(button)?.contains(at)) button.focus();
  }
});
on('click focusin', '*', (element) => {
  // a menu closes when the person goes elsewhere
  for (const details of openMenus()) if (!details.contains(element)) details.open = false;
});

// ---- filter: folded on narrow screens, open on wide ones; with an id it stays as it is when its part is swapped ----
const narrow = matchMedia('(max-width: 64rem)');
const folding = 'details:is(.filters, .side-nav__fold)';
function fitFilters(selector = folding): void {
  for (const filter of all<HTMLDetailsElement>(selector)) filter.open = !narrow.matches;
}
narrow.addEventListener('change', () => fitFilters());

// ---- buttons ----
on('click', '[data-copy]', (button) => {
  const from = button.dataset['copyFrom'];
  const field = from && (byId(from) as HTMLTextAreaElement).value;
  void copy(field || new URL(button.dataset['copy'] ?? '', location.href).href).then(() => {
    button.focus();
    button.dataset['copied'] = '';
    announce(text(button, 'copied'));
    setTimeout(() => {
      delete button.dataset['copied'];
    }, 3000);
  });
});
async function copy(words: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    // http inside the town hall has no clipboard object
    const field = document.body.appendChild(document.createElement('textarea'));
    field.value = words;
    field.select();
    document.execCommand('copy');
    field.remove();
  }
}
on('click', '[data-print]', () => print());

// Paper cannot be unfolded.
let folded: HTMLDetailsElement[] = [];
addEventListener('beforeprint', () => {
  folded = all<HTMLDetailsElement>('main details:not([open], [data-menu], .filters)');
  for (const details of folded) details.open = true;
});
addEventListener('afterprint', () => {
  for (const details of folded) details.open = false;
});

// What only works with script is hidden without it: <button data-script hidden>.
function start(within: ParentNode): void {
  for (const element of all('[data-script]', within)) element.hidden = false;
  markTheme(within);
}
start(document);
fitFilters();
onShown((element) => {
  start(element);
  fitFilters(`${folding}:not([id])`);
});
