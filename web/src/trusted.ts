// The only door for strings that become a document or a worker (Content-Security-Policy: trusted-types island).
// HTML from here is only ever parsed into a document of its own, where scripts never run; addresses must be our own.

interface Policy {
  createHTML(html: string): unknown;
  createScriptURL(url: string): unknown;
}
interface Factory {
  createPolicy(
    name: string,
    rules: { createHTML(html: string): string; createScriptURL(url: string): string },
  ): Policy;
}

const own = (url: string): string => {
  if (new URL(url, location.href).origin !== location.origin) throw new TypeError('Not an address of this site');
  return url;
};

const policy = (window as { trustedTypes?: Factory }).trustedTypes?.createPolicy('island', {
  createHTML: (html) => html,
  createScriptURL: own,
});

export const parse = (html: string): Document =>
  new DOMParser().parseFromString((policy?.createHTML(html) ?? html) as string, 'text/html');

// For `new Worker(…)` and `navigator.serviceWorker.register(…)`.
export const scriptUrl = (url: string): string => (policy?.createScriptURL(url) ?? own(url)) as string;
