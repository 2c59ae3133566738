// Who a connection of Socket.IO is, from its handshake: a participant by token or cookie, or a viewer.
// Invariant: a token that was shown and is wrong never passes for none; who has no token is counted.
import type { Socket } from 'socket.io';
import * as v from 'valibot';
import { rejection } from '#session-core/model/rejection.ts';
import { messageOf } from '#session-core/sentences/message.ts';
import { bearerOf, cookieOf } from '../http/identity.ts';
import type { OriginCheck } from '../http/origin-check.ts';
import type { Connection, LiveSession, Registry } from '../session/session-api.ts';
import { holderOf } from '../session/tokens.ts';
import { tooManyViewers, type ViewerLimit } from './viewer-limit.ts';

const authSchema = v.strictObject({
  sessionId: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  token: v.optional(v.pipe(v.string(), v.maxLength(200))),
  tab: v.optional(v.pipe(v.string(), v.maxLength(64))),
  logId: v.optional(v.pipe(v.string(), v.maxLength(64))),
  lastSeq: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  youSeq: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** Connect as a viewer although this browser has a cookie: the projector must not show a facilitator's view. */
  viewer: v.optional(v.boolean()),
  /** It takes the view of a snapshot packed. */
  packed: v.optional(v.boolean()),
  /** The page is too narrow for the editor: a phone. */
  narrow: v.optional(v.boolean()),
});
export interface Known {
  readonly session: LiveSession;
  readonly connection: Connection;
  readonly address: string;
  /** It came without a token, and is counted by its address. */
  readonly counted: boolean;
  readonly packed: boolean;
  readonly held?: { readonly logId: string; readonly seq: number; readonly youSeq?: number };
}

export class Refused extends Error {
  readonly data: { readonly code: string; readonly message: string };
  constructor(code: string, message: string) {
    super(message);
    this.data = { code, message };
  }
}

export interface AdmissionOptions {
  readonly registry: Registry;
  readonly origins: OriginCheck;
  readonly viewers: ViewerLimit;
  /** A page's first polling GET carries no Origin, its POSTs do. */
  readonly isFromOurPage: (client: Socket['conn']) => boolean;
}

/** Throws Refused. */
export function createAdmission(options: AdmissionOptions): (socket: Socket) => Promise<Known> {
  const { registry, origins, viewers, isFromOurPage } = options;
  return async (socket) => {
    const asked = v.safeParse(authSchema, socket.handshake.auth);
    if (!asked.success) throw new Refused('invalid', 'auth must be {sessionId, token?, tab?, logId?, lastSeq?}.');
    const {
      sessionId,
      tab = '',
      logId,
      lastSeq,
      youSeq,
      viewer = false,
      narrow = false,
      packed = false,
    } = asked.output;
    const session = await registry.open(sessionId);
    if (!session) throw new Refused('not_found', messageOf(rejection('not_found', { what: 'session', id: sessionId })));
    const ours = socket.request.headers.origin !== undefined || isFromOurPage(socket.conn);
    const shown = asked.output.token ?? bearerOf(socket.request);
    if (shown === null && !ours) throw new Refused('forbidden', 'Without an Origin a token is needed.');
    const token = shown ?? cookieOf(socket.request, session.id);
    const owner = token === null ? null : holderOf(session, token);
    const holder = viewer ? null : owner;
    if (holder?.removed) throw new Refused('removed', messageOf(rejection('removed')));
    const participant = holder?.id ?? null;
    // An old cookie makes a viewer; a token that was shown and is wrong must not pass for one.
    if (!viewer && shown !== null && participant === null)
      throw new Refused('forbidden', 'This token is not (any more) valid here; join again.');
    const held =
      logId === undefined || lastSeq === undefined
        ? {}
        : { held: { logId, seq: lastSeq, ...(youSeq === undefined ? {} : { youSeq }) } };
    const address = origins.addressOf(socket.request);
    const counted = !owner || owner.removed;
    const full = counted ? viewers.full(address, session.id) : null;
    if (full !== null) throw new Refused('too_many_viewers', messageOf(tooManyViewers(full)));
    return {
      session,
      connection: { id: socket.id, participant, tab, ...(narrow ? { narrow } : {}) },
      address,
      counted,
      packed,
      ...held,
    };
  };
}
