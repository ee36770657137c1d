// A static file server on loopback, with the site under any path: what a plain web host does, and no more.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Serves `site` under `base` ("/" or "/sub/"). Returns { url, close }; `url` ends in the base. */
export async function serve(site, base = '/') {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const wanted = pathname.startsWith(base) ? decodeURIComponent(pathname.slice(base.length)) : undefined;
    const name = wanted === '' || wanted?.endsWith('/') ? `${wanted}index.html` : wanted;
    const file = name === undefined ? undefined : path.join(site, name);
    const body = file?.startsWith(site + path.sep) ? await readFile(file).catch(() => undefined) : undefined;
    const missing = body === undefined ? await readFile(path.join(site, '404.html')).catch(() => Buffer.from('not found')) : undefined;
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': body === undefined ? TYPES['.html'] : (TYPES[path.extname(file)] ?? 'application/octet-stream') });
    response.end(body ?? missing);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }),
  };
}
