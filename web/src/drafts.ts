// <form data-draft="idea-12" data-text-restored="…">: what was typed survives a reload, a lost connection and
// "back". Kept in sessionStorage of this tab only; passwords, files and fields in [data-no-draft] are never kept.
// Forgotten once the server took the form: the next page tells by not being the same form with mistakes, or the
// part by its status.
//   <button type="button" data-draft-discard data-script hidden> empties the form and forgets
import { all, on } from './dom';
import { onShown } from './parts';
import { grow } from './rows';
import { announce, text } from './texts';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Kept = Record<string, string | boolean | number>;
const draftForm = 'form[data-draft]';
const sentKey = 'draft-sent';
const key = (form: HTMLFormElement): string => `draft:${form.dataset['draft']}`;

// Storage may be full or forbidden: then there is no draft.
function store(name: string, value?: string): void {
  try {
    if (value === undefined) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, value);
  } catch {
    /* see above */
  }
}
function stored(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

// Fields of one name are told apart by their order.
function fields(form: HTMLFormElement): [string, Field][] {
  const seen: Record<string, number> = {};
  return ([...form.elements] as Field[])
    .filter(
      (field) =>
        field.name &&
        field.matches('input, textarea, select') &&
        !field.closest('[data-no-draft]') &&
        !/^(hidden|password|file|submit|image|button|reset)$/.test(field.type),
    )
    .map((field) => [`${field.name}#${(seen[field.name] = (seen[field.name] ?? 0) + 1)}`, field]);
}
const valueOf = (field: Field): string | boolean =>
  /checkbox|radio/.test(field.type) ? (field as HTMLInputElement).checked : field.value;

function save(form: HTMLFormElement): void {
  const kept: Kept = {};
  for (const [name, field] of fields(form)) kept[name] = valueOf(field);
  all('[data-rows]', form).forEach((group, index) => {
    kept[`rows ${index}`] = all('[data-row]', group).length;
  });
  store(key(form), JSON.stringify(kept));
}

function restore(form: HTMLFormElement): void {
  const draft = stored(key(form));
  if (!draft || form.querySelector('[aria-invalid=true]')) return; // then the server's copy is the newer one
  const kept = JSON.parse(draft) as Kept;
  let different = false;
  all('[data-rows]', form).forEach((group, index) => grow(group, Number(kept[`rows ${index}`] ?? 0)));
  for (const [name, field] of fields(form)) {
    const value = kept[name];
    if (value === undefined || value === valueOf(field)) continue;
    if (typeof value === 'boolean') (field as HTMLInputElement).checked = value;
    else field.value = String(value);
    field.dispatchEvent(new Event('input', { bubbles: true })); // counters, guards
    different = true;
  }
  if (different) announce(text(form, 'restored'));
  form.toggleAttribute('data-restored', different);
}

const timers = new Map<HTMLFormElement, number>();
const forget = (form: HTMLFormElement): void => {
  clearTimeout(timers.get(form));
  timers.delete(form);
  store(key(form));
};
on<HTMLFormElement>('input change rows', draftForm, (form) => {
  clearTimeout(timers.get(form));
  timers.set(
    form,
    setTimeout(() => save(form), 400),
  );
});
// A tab that is put away on a phone may never come back.
addEventListener('pagehide', () =>
  timers.forEach((_, form) => {
    if (form.isConnected) save(form);
  }),
);
on<HTMLFormElement>('submit', draftForm, (form, event) => {
  if (event.defaultPrevented) return;
  clearTimeout(timers.get(form));
  timers.delete(form);
  save(form);
  store(sentKey, key(form));
});
on<HTMLButtonElement>('click', '[data-draft-discard]', ({ form }) => {
  if (!form) return;
  form.reset();
  forget(form);
  form.removeAttribute('data-restored');
});

// The page after a sending: taken, unless it failed, shows the same form with its mistakes, or the person came back to
// the form (the connection was gone and nothing arrived).
const sent = stored(sentKey);
if (sent) {
  store(sentKey);
  const visit = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming & {
    responseStatus?: number;
  };
  const again = all<HTMLFormElement>(draftForm).find((form) => key(form) === sent);
  const kept = again && (visit.type !== 'navigate' || again.querySelector('[aria-invalid=true]'));
  if (!kept && (visit.responseStatus ?? 200) < 400) store(sent);
}
addEventListener('pageshow', (event) => {
  if (event.persisted) store(sentKey);
});

all<HTMLFormElement>(draftForm).forEach(restore);
onShown((element, accepted) => {
  if (accepted?.matches(draftForm)) forget(accepted);
  all<HTMLFormElement>(draftForm, element).forEach(restore);
});
