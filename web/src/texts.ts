// Words come from the server, in data attributes; here only numbers and names are put in. No sentence stands in a
// script.
//   data-text="{count} Zeichen"  data-text-one="{count} Zeichen"   plural by Intl.PluralRules of <html lang>

const language = document.documentElement.lang || 'de';
let rules: Intl.PluralRules | undefined;

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

// text(group, 'added', { n: 3 }) reads data-text-added; with a count also data-text-added-one, -few … where they exist.
export function text(from: HTMLElement, name = '', values: Record<string, string | number> = {}): string {
  const key = `text${capital(name)}`;
  const count = values['count'];
  const plural = typeof count === 'number' ? (rules ??= new Intl.PluralRules(language)).select(count) : '';
  const words = from.dataset[key + capital(plural)] ?? from.dataset[key] ?? '';
  return words.replace(/\{(\w+)\}/g, (_, found: string) => (values[found] ?? '').toLocaleString(language));
}

// <p id="announcer" role="status" class="sr-only" data-offline="…"> stands on every page. Emptied first, so that
// the same words are read again.
export function announce(words: string | undefined): void {
  const live = document.getElementById('announcer');
  if (!live || !words) return;
  live.textContent = '';
  setTimeout(() => {
    live.textContent = words;
  }, 50);
}
