// In a widget, a page of ours in a frame of another site: tells the page around it how high it is, which is no secret.
// Says it whenever it changes, and when it is asked (embedding.ts asks, because it may have come too late to listen).
const tell = (): void => {
  const height = Math.ceil(document.getElementById('content')?.getBoundingClientRect().height ?? 0);
  if (height > 0) parent.postMessage({ mitwirken: 'height', height }, '*');
};

if (parent !== window) {
  const content = document.getElementById('content');
  if (content) new ResizeObserver(tell).observe(content);
  addEventListener('message', (event) => {
    const data = event.data as { mitwirken?: unknown } | null;
    if (event.source === parent && data?.mitwirken === 'ask') tell();
  });
}

export {};
