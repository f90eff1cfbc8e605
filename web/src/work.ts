// <proof-of-work>: solves the form's challenge in a worker while the person still writes (core/forms/work.h). Without
// script, or where the browser cannot compute, the form is sent without it and somebody looks at the text first.
class ProofOfWork extends HTMLElement {
  private worker: Worker | undefined;

  connectedCallback(): void {
    const field = (name: string): HTMLInputElement | null => this.querySelector(`input[name=${name}]`);
    const challenge = field('_work');
    const proof = field('_proof');
    const address = this.dataset['worker'];
    if (!challenge || !proof || !address || !globalThis.crypto?.subtle) return;
    const done = (): void => this.querySelector('p')?.remove();
    if (proof.value) return done();
    const worker = new Worker(address);
    this.worker = worker;
    worker.onmessage = (event: MessageEvent<string>): void => {
      proof.value = event.data;
      done();
      worker.terminate();
    };
    worker.postMessage({ challenge: challenge.value, bits: Number(this.dataset['bits']) });
  }

  disconnectedCallback(): void {
    this.worker?.terminate();
  }
}
customElements.define('proof-of-work', ProofOfWork);
export {};
