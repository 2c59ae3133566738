// The path under which the app is served, where PUBLIC_URL has one: `/crowd` of https://example.org/crowd/.
// Invariant: everything behind the HTTP server's first listener sees addresses without it, whether a proxy in front has
// taken it off or not.
import type { IncomingMessage, Server } from 'node:http';

/** '' or such as `/crowd`: with a slash before, none behind. */
export const basePathOf = (publicUrl: string | null): string =>
  publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/$/, '');

/** What begins with one of these is ours already: a base path that did so could not be distinguished from it. */
const OWN_SEGMENTS = 'api|doc|git|healthz|icon\\.svg|j|metrics|new|readyz|s|socket|_next';
const OWN = new RegExp(`^/(${OWN_SEGMENTS})(?=/|$)`, 'i');
const BASE_PATH = /^(\/[\w~-][\w.~-]*)*\/?$/;

/** The first part of `path`, where the app has addresses that begin so itself. */
export const ownSegmentOf = (path: string): string | null => OWN.exec(path)?.[1] ?? null;

export const canBeBasePath = (path: string): boolean => BASE_PATH.test(path);

/** @param url path and query of a request */
export function withoutBasePath(basePath: string, url: string): string {
  if (basePath === '' || !url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : url;
}

/** Called once all listeners are there. */
export function takeOffBasePath(server: Server, basePath: string): void {
  if (basePath === '') return;
  const takeOff = (request: IncomingMessage) => {
    request.url = withoutBasePath(basePath, request.url ?? '/');
  };
  server.prependListener('request', takeOff);
  server.prependListener('upgrade', takeOff);
}

/** A request of a proxy may name the whole address, `GET https://name/path`: its host goes before the Host header (RFC 9112). */
export function shortenAddresses(server: Server): void {
  const shorten = (request: IncomingMessage) => {
    const url = /^https?:\/\//i.test(request.url ?? '') ? URL.parse(request.url ?? '') : null;
    if (url === null) return;
    request.headers.host = url.host;
    request.url = url.pathname + url.search;
  };
  server.prependListener('request', shorten);
  server.prependListener('upgrade', shorten);
}
