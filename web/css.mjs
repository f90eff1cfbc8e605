// The one style sheet: the parts of KERN we use in @layer kern, css/*.css in @layer app, then rtl and print.
// Two things are ours: `@dark { … }` becomes both the media query and the stored choice (data-kern-theme), and custom
// properties that nothing uses are dropped (KERN brings about 600).
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import postcss from 'postcss';

// Class names of KERN that stay. An explicit list: the result does not depend on what templates happen to exist.
const wanted = /^(kern-(btn|label|layer|level-0|light|dark|dialog|progress|loader)(--[a-z-]+|__[a-z-]+)*)$/;
const unwanted = /kern-btn--x-small|kern-btn-wrapper/;
// Order of the files = order of the cascade.
const files = ['tokens', 'base', 'type', 'buttons', 'header', 'footer', 'hero', 'pills', 'cards', 'lists', 'filters',
  'tables', 'forms', 'inputs', 'timeline', 'events', 'map', 'districts', 'dialogue', 'toolbox', 'results',
  'pages', 'story', 'diff', 'poll', 'admin',
  'admin-parts', 'plan', 'embed', 'forced-colors'];

const keepSelector = (selector) => {
  const positive = selector.replace(/:not\([^()]*(\([^()]*\)[^()]*)*\)/g, '');
  const names = [...positive.matchAll(/\.([\w-]+)/g)].map((match) => match[1]);
  if (positive.includes(':is(body')) return true;
  return names.every((name) => wanted.test(name) && !unwanted.test(name));
};

function purgedKern(path) {
  const root = postcss.parse(readFileSync(path, 'utf8'));
  root.walkComments((comment) => comment.remove());
  root.walkRules((rule) => {
    if (rule.parent.type === 'atrule' && rule.parent.name.endsWith('keyframes')) return;
    rule.selectors = rule.selectors.filter(keepSelector);
    if (!rule.selector) rule.remove();
  });
  root.walkAtRules(/^(font-face|charset|import)$/, (rule) => rule.remove());
  root.walkAtRules('media', (rule) => { if (!rule.nodes.length) rule.remove(); });
  return root.toString();
}

function expandDark(css) {
  const root = postcss.parse(css);
  root.walkAtRules('dark', (rule) => {
    const inside = (root) => rule.nodes.map((node) => node.toString()).join('\n').replaceAll(':root', root);
    const device = inside(':root:not([data-kern-theme="light"])');
    rule.replaceWith(postcss.parse(`@media (prefers-color-scheme: dark) { ${device} }
      @media screen { ${inside(':root[data-kern-theme="dark"]')} }`).nodes);
  });
  return root.toString();
}

function dropUnusedProperties(css) {
  const root = postcss.parse(css);
  for (let dropped = true; dropped;) {
    dropped = false;
    const used = new Set([...root.toString().matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]));
    root.walkDecls(/^--kern-/, (declaration) => {
      if (used.has(declaration.prop)) return;
      declaration.remove();
      dropped = true;
    });
  }
  root.walkRules((rule) => { if (!rule.nodes.length) rule.remove(); });
  return root.toString();
}

export async function buildCss(here, faces, cache) {
  const source = join(here, 'node_modules', '@kern-ux', 'native', 'dist', 'kern.css');
  const key = createHash('sha256')
    .update(readFileSync(source)).update(readFileSync(join(here, 'css.mjs'))).digest('hex');
  const kept = join(cache, `kern-${key.slice(0, 16)}.css`);
  if (!existsSync(kept)) writeFileSync(kept, purgedKern(source));
  const read = (name) => readFileSync(join(here, 'css', `${name}.css`), 'utf8');
  // The map brings its own sheet; a layer of its own below ours, so that css/map.css can hand it the tenant's colours.
  const mapSheet = join(here, 'src', 'map.css');
  const mapCss = existsSync(mapSheet) ? readFileSync(mapSheet, 'utf8') : '';
  const fonts = faces.map((face) => `@font-face{font-family:"${face.family}";src:url(${face.file}) format("woff2");
    font-weight:${face.weight};font-display:swap;unicode-range:${face.range}}`).join('\n');
  const css = `@layer kern, app, rtl, print;
    ${fonts}
    @layer kern { ${readFileSync(kept, 'utf8')} }
    @layer app { @layer map { ${mapCss} } ${files.map(read).join('\n')} }
    @layer rtl { ${read('rtl')} }
    @layer print { ${read('print')} }`;
  const { code } = await esbuild.transform(dropUnusedProperties(expandDark(css)),
    { loader: 'css', minify: true, target: ['chrome111', 'firefox113', 'safari15.4'], logLevel: 'error',
      legalComments: 'none' });
  return code;
}
