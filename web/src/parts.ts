// Fragment swap, history and form errors. Every URL answers with a whole page; with the request header "Part: <id>" the
// server may answer with only the element of that id (and then sends "Vary: Part"). Without script the same link or
// form just works, and whatever is not understood here ends in normal navigation.
//   <a data-part="list" href="?page=2">              swaps #list, pushes the URL
//   <form data-part="list" method="post" …>          303 → fragment; 422 → same form with aria-invalid
//   <ul id="list" data-announce="Gespeichert." data-title="…">   words and title after the swap
import { all, byId, on } from './dom';
import { announce } from './texts';
import { parse } from './trusted';

// Called with every element that came in, and with the form that was sent for it when it was accepted.
type Shown = (element: HTMLElement, accepted: HTMLFormElement | undefined) => void;
const listeners: Shown[] = [];
export const onShown = (listener: Shown): void => {
  listeners.push(listener);
};
// Asked before a part is replaced; `false` keeps it (a form with unsaved words).
const guards: ((element: HTMLElement, by: HTMLFormElement | undefined) => boolean)[] = [];
export const beforeSwap = (guard: (typeof guards)[number]): void => {
  guards.push(guard);
};

type Typing = HTMLInputElement | HTMLTextAreaElement;
const isTyping = (element: Element | null): element is Typing =>
  element?.matches('textarea, input:not([type=checkbox], [type=radio], [type=file])') ?? false;

// Replaces #id by its namesake in html; keeps the focus, what is being typed, and what was folded or unfolded.
export function swap(html: string, id: string, accepted?: HTMLFormElement): HTMLElement | null {
  const incoming = parse(html);
  const fresh = incoming.getElementById(id);
  const stale = byId(id);
  if (!fresh || !stale) return null;
  const focused = stale.contains(document.activeElement) ? document.activeElement : null;
  const folds = all<HTMLDetailsElement>('details[id]', stale);
  stale.replaceWith(document.adoptNode(fresh));
  for (const { id: name, open } of folds) byId(name)?.toggleAttribute('open', open);
  if (focused) keepFocus(focused, fresh, accepted);
  const title = fresh.dataset['title'] ?? incoming.title;
  if (title) document.title = title;
  for (const listener of listeners) listener(fresh, accepted);
  return fresh;
}

function keepFocus(focused: Element, fresh: HTMLElement, accepted: HTMLFormElement | undefined): void {
  const again = byId(focused.id);
  if (!again) {
    fresh.tabIndex = -1; // "next page": the button is gone, the new list is the place to be
    fresh.focus({ preventScroll: true });
    if (fresh.getBoundingClientRect().top < 0) fresh.scrollIntoView();
    return;
  }
  again.focus({ preventScroll: true });
  if (accepted || !isTyping(focused) || !isTyping(again)) return;
  again.value = focused.value; // letters typed while the answer was on its way
  if (focused.selectionStart !== null) again.setSelectionRange(focused.selectionStart, focused.selectionEnd);
}

// ---- history: each entry knows which part it changed; a step back changes the same part again ----
interface Entry {
  part: string;
  step: number;
}
const address = (): string => location.pathname + location.search;
let shown = address();
let entry = history.state as Entry | null;

function push(part: string, url: string): void {
  if (!entry) history.replaceState((entry = { part, step: 0 }), '');
  entry = { part, step: entry.step + 1 };
  history.pushState(entry, '', url);
}

// Also fires for links like #content: then nothing may be loaded, or the skip link would lose the keyboard's place.
addEventListener('popstate', (event) => {
  if (address() === shown) return;
  const from = entry;
  entry = event.state as Entry | null;
  shown = address();
  const step = from && entry ? entry.step - from.step : 0;
  const part = step === -1 ? from?.part : step === 1 ? entry?.part : undefined;
  if (part && byId(part)) void load({ url: location.href, part });
  else location.reload();
});

// ---- loading ----
interface Wish {
  url: string;
  part: string;
  body?: BodyInit;
  form?: HTMLFormElement;
  by?: HTMLElement | null;
  push?: boolean;
}
const running = new Map<string, AbortController>();
const native = new WeakSet<HTMLFormElement>(); // forms the browser sends itself

// What we cannot show here the browser does as if there were no script.
function navigate(wish: Wish, url: string, redirected: boolean): void {
  if (!wish.body || redirected || !wish.form) return location.assign(url);
  native.add(wish.form);
  wish.form.requestSubmit(wish.by);
}

async function load(wish: Wish): Promise<void> {
  const target = byId(wish.part);
  if (target && guards.some((guard) => !guard(target, wish.form))) return;
  running.get(wish.part)?.abort();
  const control = new AbortController();
  running.set(wish.part, control);
  target?.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(wish.url, {
      signal: control.signal,
      headers: { Part: wish.part },
      ...(wish.body ? { method: 'POST', body: wish.body } : {}),
    });
    const isPage = answer.headers.get('content-type')?.startsWith('text/html');
    const accepted = wish.body && answer.ok ? wish.form : undefined;
    const fresh = answer.status !== 401 && isPage ? swap(await answer.text(), wish.part, accepted) : null;
    if (!fresh) return navigate(wish, answer.url || wish.url, answer.redirected);
    if (wish.push) push(wish.part, answer.url + new URL(wish.url).hash);
    shown = address();
    announce(fresh.dataset['announce']);
    if (answer.status === 422) fresh.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  } catch (error) {
    if ((error as Error).name === 'AbortError') return;
    target?.removeAttribute('aria-busy');
    announce(byId('announcer')?.dataset['offline']);
  } finally {
    if (running.get(wish.part) === control) running.delete(wish.part);
  }
}

const fields = (data: FormData): URLSearchParams =>
  new URLSearchParams([...data].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]));

on<HTMLFormElement>('submit', 'form', (form, event) => {
  const by = (event as SubmitEvent).submitter as HTMLButtonElement | null;
  const part = by?.dataset['part'] ?? form.dataset['part'];
  if (native.delete(form) || !part || !byId(part)) return;
  event.preventDefault();
  const data = new FormData(form, by);
  // Attributes, not properties: a field named "action" would hide the property.
  const attribute = (name: string): string | null => by?.getAttribute(`form${name}`) ?? form.getAttribute(name);
  const url = new URL(attribute('action') ?? '', location.href);
  if (attribute('method')?.toLowerCase() !== 'post') {
    url.search = fields(data).toString();
    void load({ url: url.href, part, form, by, push: true });
  } else if (!running.has(part)) {
    // a second press while the first is on its way does nothing
    const body = attribute('enctype') === 'multipart/form-data' ? data : fields(data);
    void load({ url: url.href, part, body, form, by });
  }
});

on<HTMLAnchorElement>('click', 'a[data-part]', (link, event) => {
  const part = link.dataset['part'];
  const { button, ctrlKey, metaKey, shiftKey, altKey } = event as MouseEvent;
  if (!part || !byId(part) || event.defaultPrevented || button || ctrlKey || metaKey || shiftKey || altKey) return;
  event.preventDefault();
  void load({ url: link.href, part, push: true });
});
