// Builds everything the browser loads: node web/build.mjs --out DIR [--cache DIR]
// One CSS file, fonts, icon sprite, pictures and scripts, each with its hash in the name, .gz and .br beside it, and
// manifest.json {logical name: {file, type, bytes}}. Slow steps (font subsets, brotli) are cached by their input.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { buildCss } from './css.mjs';
import { buildFonts } from './fonts/fonts.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return resolve(at < 0 ? fallback : process.argv[at + 1]);
};
const out = option('out', join(here, 'dist'));
const cache = option('cache', join(here, '..', '.cache', 'web'));
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
mkdirSync(cache, { recursive: true });

const types = {
  '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8', '.png': 'image/png', '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};
const compressible = new Set(['.css', '.js', '.svg', '.txt', '.json', '.webmanifest']);
const manifest = {};
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 12);

function compressed(bytes) {
  const kept = join(cache, `${hash(bytes)}-${bytes.length}.br`);
  if (!existsSync(kept)) {
    writeFileSync(kept, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }
  return { gz: gzipSync(bytes, { level: 9 }), br: readFileSync(kept) };
}

// Writes one file. `file` is given only where the bundler has already put the hash into the name.
function emit(name, content, file) {
  const bytes = Buffer.from(content);
  const kind = extname(name);
  file ??= `${name.slice(0, -kind.length)}.${hash(bytes)}${kind}`;
  mkdirSync(dirname(join(out, file)), { recursive: true });
  writeFileSync(join(out, file), bytes);
  const entry = { file, type: types[kind] ?? 'application/octet-stream', bytes: bytes.length };
  if (compressible.has(kind)) {
    const { gz, br } = compressed(bytes);
    writeFileSync(join(out, `${file}.gz`), gz);
    writeFileSync(join(out, `${file}.br`), br);
    Object.assign(entry, { gz: gz.length, br: br.length });
  }
  manifest[name] = entry;
  return file;
}

const minifySvg = (text) => text.replace(/<!--.*?-->/gs, '').replace(/>\s+</g, '><').replace(/\s+/g, ' ')
  .replace(/ ?\/>/g, '/>').trim();

emit('icons.svg', minifySvg(readFileSync(join(here, 'icons', 'icons.svg'), 'utf8')));
for (const name of readdirSync(join(here, 'img')).sort()) {
  const bytes = readFileSync(join(here, 'img', name));
  emit(`img/${name}`, extname(name) === '.svg' ? minifySvg(bytes.toString('utf8')) : bytes);
}

const faces = buildFonts(join(here, 'node_modules', '@kern-ux', 'native', 'dist', 'fonts', 'fira-sans'), cache)
  .map((face) => ({ ...face, file: emit(`fonts/${face.name}`, face.bytes) }));
emit('fonts/OFL.txt', readFileSync(join(here, 'fonts', 'OFL.txt')));

emit('app.css', await buildCss(here, faces, cache));

const entries = ['app.ts', 'map.ts', 'widget.ts', 'ticks.ts', 'embedding.ts', 'colours.ts', 'theme.ts', 'sw.ts']
  .map((name) => join(here, 'src', name)).filter(existsSync);
if (entries.length) {
  // theme.js runs before the first paint, sw.js is found by its name, embedding.js stands in pages of others: classic
  // scripts, each on its own.
  const classic = entries.filter((name) => /(theme|sw|embedding)\.ts$/.test(name));
  const modules = entries.filter((name) => !classic.includes(name));
  const common = { bundle: true, minify: true, target: 'es2023', charset: 'utf8', write: false, legalComments: 'none',
    logLevel: 'warning',
    absWorkingDir: here, metafile: true, entryNames: '[name].[hash]', chunkNames: 'part.[hash]', outdir: out };
  const results = [await esbuild.build({ ...common, entryPoints: modules, format: 'esm', splitting: true })];
  for (const entry of classic) {
    const entryNames = entry.endsWith('sw.ts') ? '[name]' : '[name].[hash]';
    results.push(await esbuild.build({ ...common, entryPoints: [entry], format: 'iife', entryNames }));
  }
  for (const result of results) {
    for (const file of result.outputFiles) {
      const name = file.path.slice(out.length + 1);
      const source = Object.entries(result.metafile.outputs)
        .find(([path]) => resolve(here, path) === file.path)?.[1].entryPoint;
      emit(source ? source.replace(/^src\//, '').replace(/\.ts$/, '.js') : name, file.contents, name);
    }
  }
}

writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
const css = manifest['app.css'];
console.log(`${Object.keys(manifest).length} files in ${out}; app.css ${css.bytes} bytes, ${css.gz} gz, ${css.br} br`);
const fontBytes = ['Regular', 'Medium', 'SemiBold'].reduce(
  (sum, weight) => sum + manifest[`fonts/fira-${weight}-latin.woff2`].bytes, 0);
// In brotli, which every browser takes and every library writes alike: gzip differs by a few bytes from zlib to zlib.
for (const [what, size, limit] of [['app.css (br)', css.br, 18_000], ['Latin fonts', fontBytes, 65_000],
  ['app.js (br)', manifest['app.js']?.br ?? 0, 4_800]]) {
  if (size > limit) { console.error(`Budget: ${what} has ${size} bytes, ${limit} are allowed`); process.exitCode = 1; }
}
