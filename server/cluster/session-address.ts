// Which session a request is about, by its address alone; or the join code that leads to one; or the uploaded table of
// which one is to be made, whose id begins with the key of the node that has it.
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export type Subject =
  | { readonly session: string }
  | { readonly code: string }
  | { readonly bodyHasCode: true }
  | { readonly table: string }
  | { readonly bodyHasTable: true }
  | null;

const SESSION = /^\/(?:doc|api\/sessions|s|git)\/([\w-]{1,64})(?=[./?]|$)/;
const CODE = /^\/j\/([^/?]{1,64})(?:\?|$)/;
const TABLE = /^\/api\/tables\/([\w-]{1,64})(?=[/?]|$)/;
const SOCKET = /^\/socket\/?\?/;

/** null: of no session, so that any node answers it. */
export function subjectOf({ method, url = '/' }: Pick<IncomingMessage, 'method' | 'url'>): Subject {
  if (SOCKET.test(url)) {
    const session = URL.parse(url, 'http://here')?.searchParams.get('session') ?? '';
    return /^[\w-]{1,64}$/.test(session) ? { session } : null;
  }
  if (method === 'POST' && /^\/api\/join(?:\?|$)/.test(url)) return { bodyHasCode: true };
  if (method === 'POST' && /^\/api\/sessions(?:\?|$)/.test(url)) return { bodyHasTable: true };
  const table = TABLE.exec(url)?.[1];
  if (table !== undefined) return { table };
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

/** The table that a body of `POST /api/sessions` names; '' where it names none. */
export function tableOfBody(body: Buffer): string {
  try {
    const { table } = JSON.parse(body.toString('utf8')) as { table?: { id?: unknown } };
    return typeof table?.id === 'string' ? table.id : '';
  } catch {
    return '';
  }
}

/** With what the ids of the tables begin that are sent to the node of this address. */
export const tableKeyOf = (url: string): string => `${createHash('sha256').update(url).digest('hex').slice(0, 12)}-`;

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
