// The scripts and styles of the pages, as the build has compressed them. What it has not, Next answers.
// Where the app is served under a path, the scripts that ask for further ones are written anew, once, with the path in
// front: the build does not know it.
// Invariant: names are those of the build's own flat folder, so no request reaches another file.
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { compressed, type Encoding, encodingFor } from '../encodings.ts';
import { BUILD_PATH } from './under-base-path.ts';

const CHUNKS = join(import.meta.dirname, '../../../.next/static/chunks');
const NAME = /^\/_next\/static\/chunks\/([\w~-][\w.~-]*\.(js|css))(?:\?|$)/;
const TYPES: Readonly<Record<string, string>> = {
  js: 'application/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};
const SUFFIX: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };

/** Files never change under their name. An entry stays as long as the server: together they are a few megabytes. */
const kept = new Map<string, Promise<Buffer | null>>();

/** False: not one of them. */
export async function answerStatic(
  request: IncomingMessage,
  response: ServerResponse,
  basePath: string,
): Promise<boolean> {
  const [, name, type = ''] = NAME.exec(request.url ?? '') ?? [];
  const encoding = encodingFor(request.headers['accept-encoding']);
  if (name === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
  const moved = basePath === '' ? null : await movedScript(name, encoding, basePath);
  const body = moved ?? (encoding === null ? null : await read(name + SUFFIX[encoding]));
  if (body === null) return false;
  response.writeHead(200, {
    'Content-Type': TYPES[type],
    ...(encoding === null ? {} : { 'Content-Encoding': encoding }),
    'Content-Length': body.byteLength,
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
  return true;
}

const read = (file: string): Promise<Buffer | null> => keep(file, () => readFile(join(CHUNKS, file)));

/** null: it names no other file. */
const movedScript = (name: string, encoding: Encoding | null, basePath: string): Promise<Buffer | null> =>
  keep(`${basePath} ${encoding} ${name}`, async () => {
    const text = await readFile(join(CHUNKS, name), 'utf8');
    if (!text.includes(BUILD_PATH)) return null;
    const body = Buffer.from(text.replaceAll(BUILD_PATH, basePath + BUILD_PATH));
    return encoding === null ? body : await compressed(body, encoding);
  });

function keep(file: string, make: () => Promise<Buffer | null>): Promise<Buffer | null> {
  const known = kept.get(file);
  if (known !== undefined) return known;
  const reading = make().catch((error: NodeJS.ErrnoException) => {
    // Not compressed, or no such file: a name that somebody made up must not stay in memory.
    kept.delete(file);
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  kept.set(file, reading);
  return reading;
}
