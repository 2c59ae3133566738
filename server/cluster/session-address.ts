// Which session a request is about, by its address alone; or the join code that leads to one.
import type { IncomingMessage } from 'node:http';

export type Subject = { readonly session: string } | { readonly code: string } | { readonly bodyHasCode: true } | null;

const SESSION = /^\/(?:doc|api\/sessions|s|git)\/([\w-]{1,64})(?=[./?]|$)/;
const CODE = /^\/j\/([^/?]{1,64})(?:\?|$)/;
const SOCKET = /^\/socket\/?\?/;

/** null: of no session, so that any node answers it. */
export function subjectOf({ method, url = '/' }: Pick<IncomingMessage, 'method' | 'url'>): Subject {
  if (SOCKET.test(url)) {
    const session = URL.parse(url, 'http://here')?.searchParams.get('session') ?? '';
    return /^[\w-]{1,64}$/.test(session) ? { session } : null;
  }
  if (method === 'POST' && /^\/api\/join(?:\?|$)/.test(url)) return { bodyHasCode: true };
  const session = SESSION.exec(url)?.[1];
  if (session !== undefined) return { session };
  const code = CODE.exec(url)?.[1];
  return code === undefined ? null : { code: decoded(code) };
}

/** What a body of `POST /api/join` has as its code; '' where it has none, which the route then refuses. */
export function codeOfBody(body: Buffer): string {
  try {
    const { code } = JSON.parse(body.toString('utf8')) as { code?: unknown };
    return typeof code === 'string' ? code : '';
  } catch {
    return '';
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** The path of a built file of the pages, below `.next`; null: the request is for something else, or has a body. */
export function builtFileOf({
  method,
  url = '/',
  headers,
}: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): string | null {
  if (method !== 'GET' && method !== 'HEAD') return null;
  if ('content-length' in headers || 'transfer-encoding' in headers) return null;
  const path = /^\/_next\/(static\/[\w./~%-]+)(?:\?|$)/.exec(url)?.[1];
  if (path === undefined) return null;
  const plain = decoded(path);
  return /^[\w./~[\]-]+$/.test(plain) && !plain.includes('..') ? plain : null;
}
