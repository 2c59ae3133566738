// Socket.IO: commands in, snapshots and patches out. The only importer of socket.io.
// Invariant: who is there is settled at connect, what is said by the schema and the limits, and everything else by the
// session; a patch for an audience is encoded once, whatever its number.
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server, type Socket } from 'socket.io';
import * as v from 'valibot';
import { type Rejection, rejection } from '#session-core/model/rejection.ts';
import type { Id } from '#session-core/model/types.ts';
import { CLOSE, isFinalClose } from '#session-core/protocol/close-codes.ts';
import type { Ack, ViewPatch } from '#session-core/protocol/messages.ts';
import { ackOfRejection, closeReason } from '#session-core/protocol/messages-for-programs.ts';
import { packPatch } from '#session-core/protocol/patch-wire.ts';
import type { ProgressMessage } from '#session-core/protocol/progress.ts';
import { SIZES } from '#session-core/protocol/sizes.ts';
import { snapshotJson } from '#session-core/protocol/snapshot-json.ts';
import { messageOf } from '#session-core/sentences/message.ts';
import { PLAIN_HEADERS } from '../http/headers.ts';
import type { OriginCheck } from '../http/origin-check.ts';
import { factsOf, type Log } from '../platform/log.ts';
import type { Observer } from '../platform/metrics.ts';
import { networkOf } from '../platform/network.ts';
import { ALLOWANCES, paceOfAddress, RateLimit } from '../platform/rate-limit.ts';
import { nextRequestId } from '../platform/request-marks.ts';
import type { LiveSession, Registry, Transport } from '../session/session-api.ts';
import { createAdmission, type Known, Refused } from './admission.ts';
import { broadcast, emitJson, emitPacked } from './broadcast.ts';
import { limitConnections } from './connection-limit.ts';
import { gatherProgress } from './gathered-progress.ts';
import { type Limit, understand } from './parse-command.ts';
import { ViewerLimit, type ViewerLimits } from './viewer-limit.ts';

export interface GatewayOptions {
  readonly server: HttpServer;
  readonly registry: Registry;
  readonly origins: OriginCheck;
  readonly viewers: ViewerLimits;
  /** How many may come from one address at once. */
  readonly peopleOfAddress: number;
  readonly now: () => number;
  readonly log: Log;
  /** From a command's arrival to its ack, which follows the durable append; by command. */
  readonly ackTimes: Observer;
}
export interface Gateway {
  readonly sockets: () => number;
  /** Ends every connection so that clients come back by themselves. */
  close(): void;
}

export const SOCKET_PATH = '/socket';
/** Of one participant; each tab has a text socket beside it. The oldest goes. */
const MOST_TABS = 8;
/** An ack that takes longer is in the log. */
const SLOW_MS = 500;

const resyncSchema = v.strictObject({
  seq: v.pipe(v.number(), v.integer(), v.minValue(0)),
  youSeq: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});

const room = (session: string, audience: string) => `${session}:${audience}`;
const ownRoom = (session: string, participant: Id) => `${session}:you:${participant}`;

export function createGateway(options: GatewayOptions): Gateway {
  const { server, registry, origins, now, log, ackTimes } = options;
  const io = new Server(server, {
    path: SOCKET_PATH,
    destroyUpgrade: false,
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: SIZES.packet,
    // Both ends notice a dead connection within ten seconds.
    pingInterval: 5_000,
    pingTimeout: 5_000,
    connectTimeout: 10_000,
    allowRequest: (request, answer) => {
      const verdict = origins.check(request);
      answer(verdict.ok ? null : `this ${verdict.what} is not one of ours`, verdict.ok);
    },
  });
  const limits = new RateLimit(now);
  const known = new WeakMap<Socket, Known>();
  /** Connections that showed one of our origins: a page's first polling GET carries none, its POSTs do. */
  const fromOurPage = new WeakSet<object>();

  // Not only the handshake, which `allowRequest` answers: each later polling request and the upgrade too.
  io.engine.use((request: IncomingMessage & { _query?: Record<string, string> }, _: unknown, next: Next) => {
    const client = clientsOf(io)[request._query?.['sid'] ?? ''];
    if (!client) return next();
    const verdict = origins.check(request);
    if (!verdict.ok) return next(new Error(`this ${verdict.what} is not one of ours`));
    if (verdict.origin) fromOurPage.add(client);
    next();
  });
  const viewers = new ViewerLimit(options.viewers);
  const admit = createAdmission({ registry, origins, viewers, isFromOurPage: (client) => fromOurPage.has(client) });
  // Twice as many, since a participant is unknown at first: after a fault everybody of one address comes back at once.
  const connections = limitConnections(io, { origins, now, log, unknownPerAddress: 2 * options.viewers.perAddress });
  io.engine.on('headers', (headers: Record<string, string>) => Object.assign(headers, PLAIN_HEADERS));

  io.use((socket, next) => {
    admit(socket).then(
      (here) => {
        known.set(socket, here);
        next();
      },
      (error: unknown) => {
        if (error instanceof Refused) {
          log.sampled('connection_refused', { socket: 'commands', code: error.data.code });
          return next(error);
        }
        log.error('connect_failed', factsOf(error));
        next(new Refused('busy', messageOf(rejection('busy'))));
      },
    );
  });

  function enter(socket: Socket, { session, connection }: Known): void {
    const person = connection.participant === null ? undefined : session.state().participants[connection.participant];
    void socket.join(room(session.id, person?.facilitator ? 'facilitator' : 'public'));
    if (connection.participant !== null) void socket.join(ownRoom(session.id, connection.participant));
  }

  function greet(socket: Socket, { session, connection, packed }: Known, held?: Known['held']): void {
    const word = session.initialMessages(connection.participant, held);
    if (word.kind === 'snapshot' && packed) emitPacked(socket, 'snapshot', word.snapshot);
    else if (word.kind === 'snapshot') emitJson(socket, 'snapshot', snapshotJson(word.snapshot));
    else {
      for (const patch of word.patches) socket.emit('patch', packPatch(patch));
      for (const patch of word.you) socket.emit('you', packPatch(patch));
    }
  }

  io.on('connection', (socket) => {
    const here = known.get(socket);
    if (!here) return void socket.disconnect(true);
    connections.admitted(socket.conn);
    if (here.counted) {
      const admission = viewers.enter(here.address, here.session.id);
      // Others came between the look and this: the next try is answered with the sentence.
      if (!admission.ok) return shut(socket, CLOSE.tooManyViewers);
      socket.on('disconnect', admission.leave);
    }
    const { session, connection } = here;
    if (connection.participant !== null) makeRoom(session.id, connection.participant);
    // In one turn of the loop: no flush can fall between the snapshot and the room's patches.
    enter(socket, here);
    greet(socket, here, here.held);
    session.connected(connection);

    socket.on('command', (...said: unknown[]) => {
      const began = performance.now();
      const answer = said.findLast((part) => typeof part === 'function') as ((ack: Ack) => void) | undefined;
      const from = { session: session.id, participant: connection.participant, request: nextRequestId() };
      const refuse = (error: Rejection, type = '') => {
        log.sampled('command_refused', { ...from, type, code: error.code });
        answer?.(ackOfRejection(error));
      };
      // Before a look at what it says: a refusal must not cost what a command costs.
      const wait = waitOf(here, 'any');
      if (wait > 0) return refuse(rejection('rate_limited', { seconds: wait }));
      if (connection.participant === null) return refuse(rejection('not_joined'));
      const spoken = understand(said[0]);
      if (!spoken.ok) return refuse(spoken.error);
      const seconds = spoken.limit === null ? 0 : waitOf(here, spoken.limit);
      const { type } = spoken.command;
      if (seconds > 0) return refuse(rejection('rate_limited', { seconds }), type);
      const { participant, tab } = connection;
      const sender = { participant, tab, commandId: spoken.id, request: from.request };
      session.send(spoken.command, sender).then(
        (ack) => {
          const ms = performance.now() - began;
          ackTimes.observe(ms / 1000, type);
          if (!ack.ok) log.sampled('command_refused', { ...from, type, code: ack.rejection.code });
          if (ms > SLOW_MS) log.sampled('slow_command', { ...from, type, ms: Math.round(ms) }, type);
          answer?.(ack);
        },
        (error: unknown) => {
          log.error('command_failed', { ...from, type, ...factsOf(error) });
          answer?.(ackOfRejection(rejection('busy')));
        },
      );
    });

    /** What it holds, while it waits for the answer. */
    let asksAgain: Known['held'] | null = null;
    socket.on('resync', (said: unknown) => {
      const asked = v.safeParse(resyncSchema, said);
      if (!asked.success) return;
      const { seq, youSeq } = asked.output;
      const held = { logId: session.logId, seq, ...(youSeq === undefined ? {} : { youSeq }) };
      const waits = asksAgain !== null;
      asksAgain = held;
      if (waits) return;
      // Never unanswered: the client would wait for ever with a hole in its view. But one answer is enough.
      const answer = () => {
        const last = asksAgain;
        asksAgain = null;
        if (last && socket.connected) greet(socket, here, last);
      };
      const wait = limits.take(`resync:${socket.id}`, ALLOWANCES.resync);
      if (wait === 0) answer();
      else setTimeout(answer, wait * 1000).unref();
    });

    socket.on('disconnect', () => session.disconnected(connection));
  });

  /** Seconds to wait, 0: go on. */
  function waitOf({ session, connection, address }: Known, limit: Limit | 'any'): number {
    const { id } = session;
    const who = connection.participant === null ? connection.id : `${id}:${connection.participant}`;
    const wait = limits.take(`${limit}:${limit === 'run' ? id : who}`, ALLOWANCES[limit]);
    if (wait > 0 || limit === 'run') return wait;
    const pace = paceOfAddress(limit, options.peopleOfAddress);
    return limits.take(`${limit} of address:${id}:${networkOf(address)}`, pace);
  }

  function makeRoom(session: string, participant: Id): void {
    const mine = io.sockets.adapter.rooms.get(ownRoom(session, participant));
    const oldest = mine && mine.size >= MOST_TABS ? [...mine][0] : undefined;
    const socket = oldest === undefined ? undefined : io.sockets.sockets.get(oldest);
    if (socket) shut(socket, CLOSE.tooManyTabs);
  }

  registry.onOpen((session) => session.setTransport(outletOf(session)));

  function outletOf(session: LiveSession): Transport {
    const both = [room(session.id, 'public'), room(session.id, 'facilitator')];
    const socketsIn = (name: string) =>
      [...(io.sockets.adapter.rooms.get(name) ?? [])].flatMap((id) => io.sockets.sockets.get(id) ?? []);
    const progress = gatherProgress(['public', 'facilitator'] as const, (audience, said) =>
      broadcast(io, room(session.id, audience), ...said),
    );
    return {
      isHeard: (audience) => io.sockets.adapter.rooms.has(room(session.id, audience)),
      publish: (audience, patch: ViewPatch) =>
        broadcast(io, room(session.id, audience), ...progress.take(audience), {
          event: 'patch',
          body: packPatch(patch),
        }),
      publishTo: (participant, patch) =>
        broadcast(io, ownRoom(session.id, participant), { event: 'you', body: packPatch(patch) }),
      progress: (message: ProgressMessage, only) => {
        if (only === undefined) progress.say(message);
        else broadcast(io, ownRoom(session.id, only), { event: 'progress', body: message, volatile: true });
      },
      promoted: (participant) => {
        for (const socket of socketsIn(ownRoom(session.id, participant))) {
          const here = known.get(socket);
          if (!here) continue;
          void socket.leave(room(session.id, 'public'));
          enter(socket, here);
          greet(socket, here);
        }
      },
      disconnect: (participant, code) => {
        const names = participant === null ? both : [ownRoom(session.id, participant)];
        for (const socket of names.flatMap(socketsIn)) shut(socket, code);
      },
    };
  }

  return {
    sockets: () => io.sockets.sockets.size,
    close: () => {
      for (const socket of io.sockets.sockets.values()) socket.conn.close();
      io.engine.close();
    },
  };
}

type Next = (error?: Error) => void;

function clientsOf(io: Server): Record<string, object> {
  return (io.engine as unknown as { clients: Record<string, object> }).clients;
}

// socket.io's client comes back by itself when the transport closes, and stays away when it is sent away.
function shut(socket: Socket, code: number): void {
  if (isFinalClose(code)) {
    socket.emit('closed', { code, reason: closeReason(code) });
    socket.disconnect(true);
    // What is still to be sent is of no use after it, and who polls may ask elsewhere and never take it.
  } else socket.conn.close(true);
}
