// Formats that are ticked stay ticked while somebody pages, sorts and filters: the keys travel in the address. Without
// script the pager and the filter are buttons of the form the boxes belong to; here links carry them, too.
const boxes = 'input[name=f][form=filter-form]:checked';

function withTicks(address: string): string {
  const url = new URL(address, location.href);
  url.searchParams.delete('f');
  for (const box of document.querySelectorAll<HTMLInputElement>(boxes)) url.searchParams.append('f', box.value);
  return url.href;
}

// In the capture phase: before the link is followed, by the browser or by parts.ts.
document.addEventListener(
  'click',
  (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('#results a[data-part], #results .switch a');
    if (link) link.href = withTicks(link.href);
  },
  true,
);
document.addEventListener('change', (event) => {
  if (!(event.target as Element).matches('input[name=f]')) return;
  history.replaceState(history.state, '', withTicks(location.href));
});
export {};
