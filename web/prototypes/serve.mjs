// Shows the prototypes: node web/prototypes/serve.mjs [port] – after node web/build.mjs (assets from web/dist).
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, '..', 'dist');
const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json' };
createServer((request, answer) => {
  const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname)).replace(/^(\.\.[/\\])+/, '');
  const known = join(dist, 'manifest.json'); // not there for a moment while the build runs
  const manifest = existsSync(known) ? JSON.parse(readFileSync(known, 'utf8')) : {};
  let file = join(here, path === '/' ? 'index.html' : path);
  if (path.startsWith('/assets/')) file = join(dist, manifest[path.slice(8)]?.file ?? path.slice(8));
  if (!existsSync(file)) { answer.writeHead(404).end(); return; }
  answer.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'" });
  createReadStream(file).pipe(answer);
}).listen(Number(process.argv[2] ?? 8095), '127.0.0.1');
