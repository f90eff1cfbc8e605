// One listener per kind on the document instead of one per element: what is swapped in later works at once.

// Calls act with the nearest ancestor of the event's target that matches.
export function on<E extends HTMLElement = HTMLElement>(
  kinds: string,
  selector: string,
  act: (element: E, event: Event) => void,
): void {
  for (const kind of kinds.split(' ')) {
    document.addEventListener(kind, (event) => {
      const element = (event.target as Element).closest?.<E>(selector);
      if (element) act(element, event);
    });
  }
}

export const all = <E extends HTMLElement = HTMLElement>(selector: string, within: ParentNode = document): E[] => [
  ...within.querySelectorAll<E>(selector),
];

export const byId = (id: string | null | undefined): HTMLElement | null => document.getElementById(id ?? '');
