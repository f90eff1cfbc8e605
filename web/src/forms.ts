// Forms: character counters, filters that send themselves, one press = one sending, a question before words are lost.
//   <textarea id="body" data-max="2000" aria-describedby="n">  <p id="n" data-counter="body"
//      data-text="{count} von {max}" data-text-over="{over} zu viel">   counts code points like the server; cuts
//         nothing
//   <form data-auto data-part="list">            sends itself after a change; only with data-part, so nothing jumps
//   <form data-guard="Änderungen verwerfen?">    asks before leaving while it is changed
import { all, byId, on } from './dom';
import { beforeSwap, onShown } from './parts';
import { announce, text } from './texts';

// ---- counters ----
let pause = 0;
function count(counter: HTMLElement, typed: boolean): void {
  const field = byId(counter.dataset['counter']) as HTMLTextAreaElement | null;
  if (!field) return;
  const max = Number(field.dataset['max'] ?? field.maxLength);
  const used = [...field.value].length;
  const over = used > max ? 'over' : '';
  counter.textContent = text(counter, over, { count: used, max, left: max - used, over: used - max });
  counter.toggleAttribute('data-over', !!over);
  clearTimeout(pause);
  // Said aloud only near the end, and only when the fingers rest.
  if (typed && used > max * 0.9) pause = setTimeout(() => announce(counter.textContent ?? ''), 1200);
}
const countAll = (within: ParentNode): void =>
  all('[data-counter]', within).forEach((counter) => count(counter, false));
on('input', '[id]', (field) => {
  for (const counter of all(`[data-counter="${CSS.escape(field.id)}"]`)) count(counter, true);
});

// ---- filters that send themselves: while typing after a pause, else at once ----
let soon = 0;
on<HTMLInputElement>('input change', 'form[data-auto][data-part] :is(input, select)', (field, event) => {
  const typing = /search|text/.test(field.type);
  if (typing === (event.type === 'change')) return;
  clearTimeout(soon);
  soon = setTimeout(() => field.form?.requestSubmit(), typing ? 450 : 50);
});
document.addEventListener('submit', () => clearTimeout(soon), true);

// ---- words not yet saved ----
const changed = new Set<HTMLFormElement>();
on<HTMLFormElement>('input change rows', 'form[data-guard]', (form) => changed.add(form));
addEventListener('beforeunload', (event) => {
  for (const form of changed) if (form.isConnected) event.preventDefault(); // the browser asks in its own words
});
beforeSwap((element, by) => {
  const lost = [...changed].filter((form) => form !== by && element.contains(form));
  if (lost[0] && !confirm(lost[0].dataset['guard'])) return false;
  lost.forEach((form) => changed.delete(form));
  return true;
});

// ---- one press, one sending ----
const sent = new Set<HTMLFormElement>();
on<HTMLFormElement>('submit', '[method=post]', (form, event) => {
  if (event.defaultPrevented) return; // a part: parts.ts looks after it
  if (sent.has(form)) return event.preventDefault();
  changed.delete(form);
  sent.add(form);
  setTimeout(() => sent.delete(form), 8000); // the answer may be a file, then this page stays
});
addEventListener('pageshow', () => sent.clear());

countAll(document);
onShown((element, accepted) => {
  if (accepted) changed.delete(accepted);
  countAll(element);
});
