// For the site that shows our widgets: <script src="https://…/einbetten.js" async></script> beside the frames. A frame
// of ours becomes as high as what is in it. Without this script a frame keeps the height that stands in its own line.
// Believed is only what comes from the origin of this script, out of a frame that shows it, and only a number.
const script = document.currentScript;
const own = script instanceof HTMLScriptElement ? new URL(script.src).origin : '';
const lowest = 80;
const highest = 6000;

const ours = (): HTMLIFrameElement[] =>
  [...document.querySelectorAll('iframe')].filter((frame) => frame.src.startsWith(`${own}/`));

addEventListener('message', (event) => {
  const data = event.data as { mitwirken?: unknown; height?: unknown } | null;
  if (event.origin !== own || data?.mitwirken !== 'height' || typeof data.height !== 'number') return;
  const frame = ours().find((one) => one.contentWindow === event.source);
  if (frame) frame.style.height = `${Math.min(highest, Math.max(lowest, data.height))}px`;
});

for (const frame of ours()) frame.contentWindow?.postMessage({ mitwirken: 'ask' }, own);

export {};
