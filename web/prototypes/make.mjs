// Writes the static prototypes. They show how a page is put together; the templates of the modules replace them.
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
for (const name of readdirSync(join(here, 'make')).filter((file) => file.startsWith('pages-')).sort()) {
  const { pages } = await import(`./make/${name}`);
  for (const [file, html] of Object.entries(pages)) {
    writeFileSync(join(here, `${file}.html`), html.replace(/[ \t]+$/gm, '').replace(/\n{2,}/g, html.includes('mail__body') ? '$&' : '\n'));
  }
}
