// What every HTTP door gets to work with, and how one that belongs to a session finds it and who asks.
import type { IncomingMessage } from 'node:http';
import type { Id } from '#session-core/model/types.ts';
import type { Config } from '../platform/config.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { RateLimit } from '../platform/rate-limit.ts';
import type { LiveSession, Registry } from '../session/session-api.ts';
import { type Identity, identify } from './identity.ts';
import type { JoinLimit } from './join-throttle.ts';
import type { LastWins } from './latest-only.ts';
import type { Gate } from './origin-check.ts';
import { type Reply, refuse } from './reply.ts';

/** One checkpoint a room can jump to, as `GET /api/checkpoints` lists them. */
export interface CheckpointRow {
  readonly name: string;
  readonly title: string;
}

/** The house the doors open into. */
export interface TestServer {
  readonly config: Config;
  readonly registry: Registry;
  readonly gate: Gate;
  readonly metrics: Metrics;
  readonly joins: JoinLimit;
  readonly limits: RateLimit;
  readonly predictions: LastWins;
  readonly log: Log;
  readonly sockets: () => number;
  readonly version: string;
  readonly checkpoints: () => readonly CheckpointRow[];
  /** Folder of the guest libraries as plain Node takes them. */
  readonly outside: () => string;
  /** Path -> text of the declarations that the editor gives the crowd's imports. */
  readonly guestTypes: (paramsYaml?: string) => Readonly<Record<string, string>>;
}

export interface Call {
  readonly house: TestServer;
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
  /** The request carries one of our origins, or changes nothing: its cookie counts. */
  readonly cookieCounts: boolean;
}
export type Door = (call: Call) => Reply | Promise<Reply>;

export interface InSession extends Call {
  readonly session: LiveSession;
  readonly who: Identity | null;
}

/** A door of a session that exists; who asks may be nobody. */
export function inSession(door: (call: InSession) => Reply | Promise<Reply>): Door {
  return async (call) => {
    const id = call.params['id'] ?? '';
    const session = await call.house.registry.open(id);
    if (!session) return refuse('not_found', { what: 'session', id });
    return door({ ...call, session, who: identify(call.request, session, call.cookieCounts) });
  };
}

export function forJoined(door: (call: InSession & { readonly who: Identity }) => Reply | Promise<Reply>): Door {
  return inSession((call) => {
    const { who } = call;
    return who === null ? refuse('not_joined') : door({ ...call, who });
  });
}

export function forFacilitators(door: (call: InSession & { readonly who: Identity }) => Reply | Promise<Reply>): Door {
  return forJoined((call) =>
    isFacilitator(call.session, call.who.participant) ? door(call) : refuse('not_allowed', { who: 'facilitator' }),
  );
}

export function isFacilitator(session: LiveSession, participant: Id | undefined): boolean {
  return participant !== undefined && session.state().participants[participant]?.facilitator === true;
}
