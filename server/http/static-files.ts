// The scripts and styles of the pages, as the build has compressed them. What it has not, Next answers.
// Invariant: names are those of the build's own flat folder, so no request reaches another file.
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type Encoding, encodingFor } from './encodings.ts';

const CHUNKS = join(import.meta.dirname, '../../.next/static/chunks');
const NAME = /^\/_next\/static\/chunks\/([\w~-][\w.~-]*\.(js|css))(?:\?|$)/;
const TYPES: Readonly<Record<string, string>> = {
  js: 'application/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};
const SUFFIX: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };

/** Files never change under their name. An entry stays as long as the server: together they are a few megabytes. */
const kept = new Map<string, Promise<Buffer | null>>();

/** False: not one of them. */
export async function answerStatic(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const [, name, type = ''] = NAME.exec(request.url ?? '') ?? [];
  const encoding = encodingFor(request.headers['accept-encoding']);
  if (name === undefined || encoding === null || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
  const body = await read(name + SUFFIX[encoding]);
  if (body === null) return false;
  response.writeHead(200, {
    'Content-Type': TYPES[type],
    'Content-Encoding': encoding,
    'Content-Length': body.byteLength,
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
  return true;
}

function read(file: string): Promise<Buffer | null> {
  const known = kept.get(file);
  if (known !== undefined) return known;
  const reading = readFile(join(CHUNKS, file)).catch((error: NodeJS.ErrnoException) => {
    // Not compressed, or no such file: a name that somebody made up must not stay in memory.
    kept.delete(file);
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  kept.set(file, reading);
  return reading;
}
