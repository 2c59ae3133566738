// One request to one route: everything that its contract asks for is checked here, in the order of what it costs, and
// only then its handler is called.
// Invariant: limits are asked before a session is loaded; a body is read of nobody who may not send it.
import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import type { Id } from '#session-core/model/types.ts';
import type { Limit, Route } from '#session-core/protocol/http-api/route.ts';
import { requestFaultOf } from '#session-core/protocol/request-fault.ts';
import { SIZES } from '#session-core/protocol/sizes.ts';
import { networkOf } from '../platform/network.ts';
import { requestsOfAddress } from '../platform/rate-limit.ts';
import { marksOf } from '../platform/request-marks.ts';
import type { SessionReadings } from '../session/session-api.ts';
import { sameSecret } from '../session/tokens.ts';
import type { AppContext } from './app-context.ts';
import { parseBody } from './body.ts';
import { bearerOf, cookieOf, type Identity, identify } from './identity.ts';
import { type Failure, httpError, type Reply, refuse } from './reply.ts';

const PARAM = /^[\w.-]{1,64}$/;

export interface Asked {
  readonly request: IncomingMessage;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** What was sent; null: too much. */
  readonly text: () => Promise<string | null>;
  /** Of a form: what a program sends as Bearer token to create a session. */
  readonly createKey?: string;
}
export interface Endpoint {
  readonly name: string;
  readonly route: Route;
  /** Typed by its route where it is written; here any of them. */
  readonly handler: (call: never) => Reply | Promise<Reply>;
}

export async function dispatch(app: AppContext, endpoint: Endpoint, asked: Asked): Promise<Reply> {
  const marks = marksOf(asked.request);
  marks.route = endpoint.name;
  const reply = await answerOf(app, endpoint, asked);
  // Who reads without having joined is refused in the course of things.
  if (reply.error !== undefined && reply.status < 500 && reply.error.code !== 'not_joined')
    app.log.sampled('request_refused', { request: marks.id, route: endpoint.name, code: reply.error.code });
  return reply;
}

async function answerOf(app: AppContext, { name, route, handler }: Endpoint, asked: Asked): Promise<Reply> {
  const { request, params } = asked;
  for (const [name, value] of Object.entries(params)) {
    const choices = route.choices?.[name];
    if (choices && !choices.includes(value))
      return httpError('route_not_found', { path: (request.url ?? '').slice(0, 100) });
    if (!PARAM.test(value)) {
      if (name === 'table') return httpError('no_such_table');
      return refuse('not_found', { what: name === 'id' ? 'session' : 'run', id: value.slice(0, 64) });
    }
  }
  const wait = (limit: Limit, who: string): Failure | null => {
    const seconds = app.limits.take(`${name} ${params['id'] ?? ''} ${who}`, limit);
    return seconds > 0 ? refuse('rate_limited', { seconds }) : null;
  };
  const waitOfToken = ({ per, burst, perSecond }: Limit, participant: Id): Failure | null => {
    const many = { per, ...requestsOfAddress({ burst, perSecond }, app.config.joinsPerAddress) };
    return (
      wait({ per, burst, perSecond }, participant) ?? wait(many, `all of ${networkOf(app.origins.addressOf(request))}`)
    );
  };
  const tooFast = route.limit?.per === 'address' ? wait(route.limit, networkOf(app.origins.addressOf(request))) : null;
  if (tooFast) return tooFast;
  if (route.who === 'creator' && !mayCreate(app, asked)) return httpError('not_local');

  const query = parsed(route.query, asked.query);
  if (!query.ok) return query.failure;
  const verdict = app.origins.check(request);
  const cookieCounts = (verdict.ok && verdict.origin) || request.method === 'GET' || request.method === 'HEAD';
  const place = await sessionOf(app, route, { request, id: params['id'], cookieCounts });
  if ('error' in place) return place;
  const tooOften = route.limit?.per === 'participant' ? waitOfToken(route.limit, place.who?.participant ?? '') : null;
  if (tooOften) return tooOften;

  const text = route.body ? await asked.text() : '';
  if (text === null) return httpError('too_large', { bytes: SIZES.body }, { Connection: 'close' });
  const body = route.body ? parseBody(route.body, text) : null;
  if (body && !body.ok) return body.failure;
  return handler({
    app,
    request,
    params,
    cookieCounts,
    query: query.value,
    ...place,
    ...(body ? { body: body.value } : {}),
  } as never);
}

type Place = { readonly session?: SessionReadings; readonly who?: Identity | null };

/** The session that a route is about, and who asks; a failure where there is none or they may not. */
async function sessionOf(
  app: AppContext,
  route: Route,
  {
    request,
    id,
    cookieCounts,
  }: { readonly request: IncomingMessage; readonly id?: string | undefined; cookieCounts: boolean },
): Promise<Place | Failure> {
  if (id === undefined) return {};
  const missing = refuse('not_found', { what: 'session', id });
  // Whoever shows nothing is answered without bringing a session into the memory.
  const shown = bearerOf(request) ?? (cookieCounts ? cookieOf(request, id) : null);
  if (shown === null && route.who !== 'anyone') return (await app.registry.has(id)) ? refuse('not_joined') : missing;
  if (shown === null && route.method === 'GET') {
    const read = await app.registry.read(id);
    return read ? { session: read, who: null } : missing;
  }
  const session = await app.registry.open(id);
  if (!session) return missing;
  const who = identify(request, session, cookieCounts);
  if (who) session.used();
  if (route.who === 'anyone') return { session, who };
  if (who === null) return refuse('not_joined');
  if (route.who === 'facilitator' && !isFacilitator(session, who.participant))
    return refuse('not_allowed', { who: 'facilitator' });
  return { session, who };
}

function mayCreate({ config, origins, createKey }: AppContext, { request, createKey: typed }: Asked): boolean {
  const shown = bearerOf(request) ?? typed ?? '';
  const keys = config.createToken === null ? [createKey] : [createKey, config.createToken];
  return keys.reduce((found, key) => sameSecret(key, shown) || found, false) || origins.isLocalPage(request);
}

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly failure: Failure };

function parsed(schema: v.GenericSchema | undefined, value: unknown): Parsed {
  if (!schema) return { ok: true, value: {} };
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return { ok: true, value: result.output };
  return { ok: false, failure: refuse('invalid', requestFaultOf(result.issues[0])) };
}

export function isFacilitator(session: SessionReadings, participant: Id | undefined): boolean {
  return participant !== undefined && session.state().participants[participant]?.facilitator === true;
}
