// Which encoding a browser takes, and answers made small with it, off the event loop.
// Invariant: an answer too short to gain by it stays as it is: that holds for all that carry a secret, too.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip';

const LEAST_BYTES = 1_400;
/** Quick: these answers are made for one request. What is built once is compressed as far as it goes. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
const pack = { br: promisify(brotliCompress), gzip: promisify(gzip) };

const isTaken = (accepted: string | undefined, wanted: Encoding): boolean => encodingsIn(accepted).includes(wanted);
export const takesGzip = (accepted: string | undefined): boolean => isTaken(accepted, 'gzip');

/** null: none of ours. Browsers ask for `br` over https and from their own machine only. */
export function encodingFor(accepted: string | undefined): Encoding | null {
  return isTaken(accepted, 'br') ? 'br' : takesGzip(accepted) ? 'gzip' : null;
}

const encodingsIn = (accepted: string | undefined): readonly string[] =>
  (accepted ?? '').split(',').flatMap((part) => {
    const [name = '', weight = ''] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*q=/);
    return weight !== '' && Number(weight) === 0 ? [] : [name];
  });

export const compressed = (body: Buffer, encoding: Encoding): Promise<Buffer> =>
  encoding === 'br' ? pack.br(body, QUALITY) : pack.gzip(body);

/** An answer that many ask for, such as the declarations for editors, is made small once. */
const LARGE_BYTES = 32_768;
const MOST_RECENT = 8;
const recent = new Map<string, Promise<Buffer>>();

function compressedOnce(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (body.byteLength < LARGE_BYTES) return compressed(body, encoding);
  const key = `${encoding} ${createHash('sha256').update(body).digest('base64')}`;
  const small = recent.get(key) ?? compressed(body, encoding);
  recent.delete(key);
  recent.set(key, small);
  small.catch(() => recent.delete(key));
  if (recent.size > MOST_RECENT) recent.delete(recent.keys().next().value!);
  return small;
}

export async function encoded(response: Response, accepted: string | undefined): Promise<Response> {
  const type = response.headers.get('Content-Type') ?? '';
  const encoding = encodingFor(accepted);
  const bytes = Number(response.headers.get('Content-Length') ?? 0);
  if (encoding === null || bytes < LEAST_BYTES || !/^(application\/json|text\/)/.test(type)) return response;
  const small = await compressedOnce(Buffer.from(await response.arrayBuffer()), encoding);
  const headers = new Headers(response.headers);
  headers.set('Content-Encoding', encoding);
  headers.set('Content-Length', String(small.byteLength));
  headers.append('Vary', 'Accept-Encoding');
  return new Response(new Uint8Array(small), { status: response.status, headers });
}
