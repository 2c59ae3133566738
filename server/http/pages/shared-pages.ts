// The session's page, rendered once for all who open it at the same moment: an audience that scans a code does so within
// seconds, and rendering is the server's own time. Other pages are rendered for each reader, two at a time (`FairTurns`).
// Invariant: no reader who is slow, or gone, holds up the pages of others; a page is shared only where everything that it is made of is the same (see `keyOf`); the nonce of the policy
// is each answer's own.
import { type IncomingMessage, ServerResponse } from 'node:http';
import { PAGE_FACTS_HEADER } from '#session-core/protocol/page-facts.ts';
import { compressed, encodingFor, takesGzip } from '../encodings.ts';
import { nonceOf } from '../headers.ts';
import type { Pages } from '../reply.ts';
import { FairTurns } from './fair-turns.ts';
import { type PackedPage, packPage } from './packed-page.ts';
import { SESSION_PAGE } from './session-page.ts';
import { headersUnder, pageUnder } from './under-base-path.ts';

const KEPT = 20;
/** What Next's answer depends on beside the address: a page, or the part of it that another page of ours asks for. */
const VARIES = ['rsc', 'next-router-state-tree', 'next-router-prefetch', 'next-router-segment-prefetch', 'next-url'];

interface Rendered {
  readonly status: number;
  readonly headers: ReturnType<ServerResponse['getHeaders']>;
  readonly body: string;
  readonly nonce: string;
  /** Of a page that is shared; made for the first one who takes it so. */
  packed?: PackedPage | null;
}

/** Rendered at a time: one waits for little, and a second fills its pauses. */
const RENDERED_AT_ONCE = 2;

/** `language`: of the page; what else it is made of is in the request. `network`: whose turn it takes. */
export type SharedPages = (
  request: IncomingMessage,
  response: ServerResponse,
  of: { readonly language: string; readonly network: string },
) => Promise<void>;

export function createSharedPages(make: Pages, basePath = ''): SharedPages {
  const turns = new FairTurns(RENDERED_AT_ONCE);
  /** By facts and then by what else makes the page: facts are long, and the same text for all who come at once. */
  const kept = new Map<string, Map<string, Promise<Rendered | null>>>();
  return async (request, response, { language, network }) => {
    const key = keyOf(request, language);
    if (key === null && isFile(request)) return make(request, response);
    // Next reads the headers that it is given, so these are taken before it begins.
    const accepted = request.headers['accept-encoding'];
    const nonce = nonceOf(request);
    const pages = key === null ? undefined : (kept.get(key.facts) ?? new Map<string, Promise<Rendered | null>>());
    const known = key === null ? undefined : pages?.get(key.page);
    const rendering =
      known ??
      turns.run(network, async () => {
        // Nobody waits for it any more; a shared one may have others who do.
        if (key === null && response.destroyed) return null;
        return render(make, request, response, { nonce, basePath });
      });
    if (key !== null && known === undefined && pages) {
      pages.set(key.page, rendering);
      kept.set(key.facts, pages);
      for (const oldest of kept.keys()) {
        if (kept.size <= KEPT) break;
        kept.delete(oldest);
      }
      rendering.then(
        (page) => page?.status === 200 || pages.delete(key.page),
        () => pages.delete(key.page),
      );
    }
    const page = await rendering;
    if (page === null) return;
    const { body, encoding } =
      (key !== null && packedFor(page, nonce, accepted)) || (await madeFor(page, nonce, accepted));
    for (const [name, value] of Object.entries(page.headers))
      if (value !== undefined && !response.hasHeader(name)) response.setHeader(name, value);
    response.appendHeader('Vary', 'Accept-Encoding');
    if (encoding !== null) response.setHeader('Content-Encoding', encoding);
    if (request.method !== 'HEAD') response.setHeader('Content-Length', body.byteLength);
    response.statusCode = page.status;
    response.end(body);
  };
}

/** Of the build, as it is: its scripts are answered elsewhere. */
const isFile = ({ url = '/' }: IncomingMessage): boolean => /^\/(_next\/(?!image)|icon\.svg(\?|$))/.test(url);

/** null: it is made anew for this reader. */
function packedFor(page: Rendered, nonce: string, accepted: string | undefined) {
  if (!takesGzip(accepted)) return null;
  page.packed ??= packPage(page.body, page.nonce);
  if (page.packed?.nonceBytes !== Buffer.byteLength(nonce)) return null;
  return { body: page.packed.gzip(nonce), encoding: 'gzip' as const };
}

async function madeFor(page: Rendered, nonce: string, accepted: string | undefined) {
  const text = Buffer.from(page.nonce === '' ? page.body : page.body.replaceAll(page.nonce, nonce));
  const encoding = encodingFor(accepted);
  return { body: encoding === null ? text : await compressed(text, encoding), encoding };
}

/** null: a page that is not shared. */
function keyOf(
  { method, url = '/', headers }: IncomingMessage,
  language: string,
): { readonly facts: string; readonly page: string } | null {
  const facts = headers[PAGE_FACTS_HEADER] as string | undefined;
  const { pathname } = new URL(url, 'http://here');
  if (method !== 'GET' || facts === undefined || !SESSION_PAGE.test(pathname)) return null;
  return { facts, page: JSON.stringify([url, language, VARIES.map((name) => headers[name] ?? null)]) };
}

async function render(
  make: Pages,
  request: IncomingMessage,
  response: ServerResponse,
  { nonce, basePath }: { readonly nonce: string; readonly basePath: string },
): Promise<Rendered> {
  const kept = new KeptResponse(request);
  // As on the real one: Next sets its own only where there is none.
  const caching = response.getHeader('Cache-Control');
  if (caching !== undefined) kept.setHeader('Cache-Control', caching);
  kept.statusCode = response.statusCode;
  // It is compressed for each reader.
  delete request.headers['accept-encoding'];
  await make(request, kept);
  const { 'content-length': _, ...headers } = kept.getHeaders();
  const [status, body] = [kept.statusCode, await kept.body];
  if (basePath === '') return { status, headers, body, nonce };
  return {
    status,
    headers: headersUnder(basePath, headers),
    body: pageUnder(basePath, headers['content-type'], body),
    nonce,
  };
}

/** Takes what is written to it. */
class KeptResponse extends ServerResponse {
  readonly #parts: Buffer[] = [];
  readonly #whole = Promise.withResolvers<string>();
  readonly body = this.#whole.promise;

  override write(chunk: unknown, ...rest: unknown[]): boolean {
    this.#parts.push(typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk as Uint8Array));
    const done = rest.find((each) => typeof each === 'function');
    if (done) queueMicrotask(() => done());
    return true;
  }

  override end(...args: unknown[]): this {
    const [chunk] = args;
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) this.write(chunk);
    this.#whole.resolve(Buffer.concat(this.#parts).toString('utf8'));
    this.finished = true;
    const done = args.find((each) => typeof each === 'function');
    queueMicrotask(() => {
      done?.();
      this.emit('finish');
      this.emit('close');
    });
    return this;
  }
}
