// What every answer tells the browser it may do: nothing from elsewhere, no framing, no guessing of types.
// Invariant: scripts run by the nonce of their own page alone; a page of a session is never kept by a cache.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../platform/config.ts';

/** On everything we answer. */
export const PLAIN_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  // Under `no-referrer` a form of our own pages would be sent with `Origin: null`, as one of a stranger's.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
};

/** @param dev Next's refresh in development evaluates strings and opens its own socket */
function contentPolicy(nonce: string, host: string, dev: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    // Not every browser counts sockets of the same host as 'self'.
    `connect-src 'self' ws://${host} wss://${host}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Of the page that the request asks for; '' where it has none. */
export const nonceOf = ({ headers }: IncomingMessage): string =>
  /'nonce-([^']+)'/.exec(String(headers['content-security-policy'] ?? ''))?.[1] ?? '';

/** Headers of a page; Next reads the nonce for its scripts from the request's own policy header. */
export function dressPage(
  request: IncomingMessage,
  response: ServerResponse,
  config: Pick<Config, 'dev' | 'publicUrl'>,
): void {
  const host = request.headers.host ?? '';
  const policy = contentPolicy(randomBytes(16).toString('base64'), host, config.dev);
  // On plain http outside this machine a browser ignores it, and complains of it on every page.
  const trustworthy = config.publicUrl?.startsWith('https:') || /^(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(host);
  if (!trustworthy) response.removeHeader('Cross-Origin-Opener-Policy');
  request.headers['content-security-policy'] = policy;
  response.setHeader('Content-Security-Policy', policy);
  if (/^\/(s|j|new)(\/|$|\?)/.test(request.url ?? '')) response.setHeader('Cache-Control', 'no-store');
}
