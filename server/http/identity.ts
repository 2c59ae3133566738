// Who a request says it is: the session's HttpOnly cookie, or `Authorization: Bearer`.
// Invariant: never by a query string; a cookie counts only where the request cannot have been made by a foreign page.
import type { IncomingMessage } from 'node:http';
import type { Id } from '#session-core/model/types.ts';
import type { LiveSession } from '../session/session-api.ts';
import { holderOf, participantOf } from '../session/tokens.ts';
import type { OriginCheck } from './origin-check.ts';

export interface Identity {
  readonly participant: Id;
  /** As it was shown: joining again gives the same one back. */
  readonly token: string;
}

const COOKIE_SECONDS = 30 * 24 * 3600;

const cookieName = (sessionId: string): string => `cp_${sessionId}`;

export function bearerOf(request: IncomingMessage): string | null {
  return /^Bearer ([\w.~+/=-]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

export function cookieOf(request: IncomingMessage, sessionId: string): string | null {
  const wanted = `${cookieName(sessionId)}=`;
  const found = (request.headers.cookie ?? '').split(/;\s*/).find((pair) => pair.startsWith(wanted));
  return found === undefined ? null : found.slice(wanted.length);
}

/** The value of Set-Cookie. Lax: a link from a chat finds its person, a foreign form does not. */
export function setCookie(sessionId: string, token: string, origins: OriginCheck): string {
  const secure = origins.secure ? '; Secure' : '';
  return `${cookieName(sessionId)}=${token}; Path=${origins.cookiePath}; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}

const PROBE = 'cp_probe';

/** The value of Set-Cookie with a page that holds a form: what is sent from there shows whether the browser kept it. */
export function probeCookie(origins: OriginCheck): string {
  return `${PROBE}=1; Path=${origins.cookiePath}; HttpOnly; SameSite=Lax${origins.secure ? '; Secure' : ''}`;
}

export const keepsCookies = ({ headers }: IncomingMessage): boolean =>
  (headers.cookie ?? '').split(/;\s*/).some((pair) => pair.startsWith(`${PROBE}=`));

export function clearCookie(sessionId: string, origins: OriginCheck): string {
  const secure = origins.secure ? '; Secure' : '';
  return `${cookieName(sessionId)}=; Path=${origins.cookiePath}; Max-Age=0; HttpOnly; SameSite=Lax${secure}`;
}

/**
 * null: nobody, or a token that is not (any more) one of this session's. A token that was shown and is wrong is not
 * made good by a cookie.
 * @param cookieCounts false: what changes something without an Origin is no page of ours
 */
export function identify(request: IncomingMessage, session: LiveSession, cookieCounts: boolean): Identity | null {
  const token = bearerOf(request) ?? (cookieCounts ? cookieOf(request, session.id) : null);
  if (token === null) return null;
  const participant = participantOf(session, token);
  return participant === null ? null : { participant, token };
}

/** Whether the request shows the token or cookie of somebody whom a facilitator removed. */
export function wasRemoved(request: IncomingMessage, session: LiveSession, cookieCounts: boolean): boolean {
  const token = bearerOf(request) ?? (cookieCounts ? cookieOf(request, session.id) : null);
  return token !== null && holderOf(session, token)?.removed === true;
}
