// Light, dark or as the device says. Small and without imports, because the page may load it before the first paint
// (<script src=theme.js> in the head); the choice stays on this device only.

const root = document.documentElement;

export function theme(): string {
  try {
    return (localStorage['theme'] as string | undefined) ?? 'auto';
  } catch {
    return 'auto';
  } // storage may be forbidden
}

export function showTheme(choice = theme()): void {
  if (choice === 'auto') root.removeAttribute('data-kern-theme');
  else root.setAttribute('data-kern-theme', choice);
}

export function chooseTheme(choice: string): void {
  showTheme(choice);
  try {
    if (choice === 'auto') delete localStorage['theme'];
    else localStorage['theme'] = choice;
  } catch {
    /* then it holds for this page */
  }
}

showTheme();
