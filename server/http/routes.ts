// The table of doors, and how a request finds its own. What is under no door is a page, and Next's.
// Invariant: Host and Origin are checked before anything else; each refusal is `{error: {code, message, ...facts}}`.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PROTOCOL } from '#session-core/protocol/messages.ts';
import { factsOf } from '../platform/log.ts';
import type { Door, TestServer } from './app-context.ts';
import { exportTable } from './export-routes.ts';
import { dressPage, PLAIN_HEADERS } from './headers.ts';
import { PagesFault } from './pages.ts';
import { json, type Pages, type Reply, refuse, turnAway, write } from './reply.ts';
import { repository } from './repository-routes.ts';
import { becomeFacilitator, createSession, describe, join, me, remove, suggestDisplayName } from './session-routes.ts';
import { activity, checkpoints, files, guestTypes, holdout, predict, run, runs } from './work-routes.ts';

const health: Door = ({ house }) =>
  json({
    status: 'ok',
    version: house.version,
    protocol: PROTOCOL,
    sessions: house.registry.live().length,
    sockets: house.sockets(),
    loopLagMs: house.metrics.loopLagMs(),
  });

const metrics: Door = ({ house }) => ({
  status: 200,
  text: { type: 'text/plain; version=0.0.4; charset=utf-8', body: house.metrics.text() },
});

const DOORS: readonly (readonly [method: string, path: string, door: Door])[] = [
  ['GET', '/healthz', health],
  ['GET', '/metrics', metrics],
  ['POST', '/api/sessions', createSession],
  ['POST', '/api/join', join],
  ['GET', '/api/display-name', suggestDisplayName],
  ['GET', '/api/checkpoints', checkpoints],
  ['POST', '/api/sessions/:id/facilitator', becomeFacilitator],
  ['GET', '/api/sessions/:id', describe],
  ['DELETE', '/api/sessions/:id', remove],
  ['GET', '/api/sessions/:id/me', me],
  ['GET', '/api/sessions/:id/files', files],
  ['GET', '/api/sessions/:id/runs', runs],
  ['GET', '/api/sessions/:id/runs/:run', run],
  ['GET', '/api/sessions/:id/activity', activity],
  ['GET', '/api/sessions/:id/holdout', holdout],
  ['GET', '/api/sessions/:id/guest-types', guestTypes],
  ['GET', '/api/sessions/:id/export/:file', exportTable],
  ['GET', '/api/sessions/:id/repository', repository],
  ['POST', '/api/sessions/:id/predict', predict],
];

const ROUTES = DOORS.map(([method, path, door]) => ({
  method,
  door,
  pattern: new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[\\w.-]{1,64})')}$`),
}));

/** @param pages null: a server without pages, as in tests */
export function createRoutes(house: TestServer, pages: Pages | null) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of Object.entries(PLAIN_HEADERS)) response.setHeader(name, value);
    answer(house, request, response, pages).catch((error: unknown) => {
      house.log.error('request_failed', { method: request.method ?? '', ...factsOf(error) });
      write(response, failure(error));
    });
  };
}

// A full disk is the weather, not a bug, and people are told so.
function failure(error: unknown): Reply {
  if (error instanceof PagesFault)
    return { status: 503, text: { type: 'text/plain; charset=utf-8', body: error.message } };
  const full = error instanceof Error && error.name === 'StorageUnavailable';
  return full ? refuse('storage_unavailable') : turnAway('failed');
}

async function answer(house: TestServer, request: IncomingMessage, response: ServerResponse, pages: Pages | null) {
  const verdict = house.gate.check(request);
  if (!verdict.ok) return write(response, turnAway(verdict.what === 'host' ? 'foreign_host' : 'foreign_origin'));
  const url = URL.parse(request.url ?? '/', 'http://here');
  if (!url) return write(response, turnAway('no_door'));
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  const here = ROUTES.flatMap((route) => {
    const found = route.pattern.exec(url.pathname);
    return found ? [{ ...route, params: found.groups ?? {} }] : [];
  });
  const route = here.find((one) => one.method === method);
  if (route) {
    // A page's own GET carries no Origin; what changes something does, or comes from a tool with its Bearer token.
    const cookieCounts = verdict.origin || method === 'GET';
    return write(response, await route.door({ house, request, url, params: route.params, cookieCounts }));
  }
  if (here.length > 0) {
    const allow = here.map((one) => one.method).join(', ');
    const reply = turnAway('wrong_method', { allow });
    return write(response, { ...reply, headers: { Allow: allow } });
  }
  if (pages === null || url.pathname.startsWith('/api/')) return write(response, turnAway('no_door'));
  dressPage(request, response, house.config);
  await pages(request, response);
}
