// What every page loads. Without it everything works through links and forms; it only makes the way shorter.
// Order matters: parts.ts takes the forms it can show, forms.ts and drafts.ts look after those the browser sends
// itself.
import './theme';
import './parts';
import './rows';
import './forms';
import './drafts';
import './page';
import './live';
import { all } from './dom';
import { onShown } from './parts';
import { announce, text } from './texts';

// Heavy islands load when they come near the screen. They are given the words' functions instead of importing them: two
// bundles that share a module would make a third file that every page has to wait for.
const islands: Record<
  string,
  () => Promise<{ start(words: { announce: typeof announce; text: typeof text }): void }>
> = { 'place-map': () => import('./map') };
const watcher = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      void islands[target.localName]?.().then((island) => island.start({ announce, text }));
    }
  },
  { rootMargin: '300px' },
);
const watch = (within: ParentNode): void =>
  all(Object.keys(islands).join(), within).forEach((island) => watcher.observe(island));
watch(document);
onShown(watch);
