// <live-part src="/ereignisse?u=12" data-target="u12"></live-part>: an EventSource whose event "part" carries the
// new #u12. Absolute values, never deltas: a missed event does no harm, and the browser reconnects by itself.
// Closed while the tab is hidden. Nothing is announced per tick; <button data-read="u12"> reads the present state
// on demand.
import { byId, on } from './dom';
import { swap } from './parts';
import { announce } from './texts';

class LivePart extends HTMLElement {
  #source: EventSource | undefined;
  #follow = (): void => {
    if (document.hidden) this.#stop();
    else this.#start();
  };

  connectedCallback(): void {
    this.#follow();
    document.addEventListener('visibilitychange', this.#follow);
  }
  disconnectedCallback(): void {
    this.#stop();
    document.removeEventListener('visibilitychange', this.#follow);
  }
  #start(): void {
    const address = this.getAttribute('src');
    if (this.#source || !address) return;
    this.#source = new EventSource(address);
    this.#source.addEventListener('part', (event) => {
      swap((event as MessageEvent<string>).data, this.dataset['target'] ?? '');
    });
  }
  #stop(): void {
    this.#source?.close();
    this.#source = undefined;
  }
}
customElements.define('live-part', LivePart);

on('click', '[data-read]', (button) => {
  const part = byId(button.dataset['read']);
  announce(part?.dataset['announce'] ?? part?.innerText);
});
