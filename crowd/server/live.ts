// The live connection to a session: its view as it changes, one's own part of it, and commands.
// Invariant: a patch that does not follow the last one is asked for again, never guessed; what the server closes for good
// ends every wait with its reason.
import { io, type Socket } from 'socket.io-client';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import { commandFault } from '#session-core/protocol/check-command.ts';
import { readClosed } from '#session-core/protocol/close-codes.ts';
import { type Ack, applyPatch, PROTOCOL, type Snapshot, type ViewPatch } from '#session-core/protocol/messages.ts';
import { type PackedPatch, unpackPatch } from '#session-core/protocol/patch-wire.ts';
import { messageOf } from '#session-core/sentences/message.ts';
import type { PublicView, YouView } from '#session-core/view/view-types.ts';
import type { Member } from '../folder/membership.ts';
import { Failure } from '../program/failure.ts';
import { adviceOf, GET_AGAIN, unreached } from './http.ts';

export interface Live {
  view(): PublicView;
  you(): YouView;
  /** Throws a Failure with the reason where it is refused. Resolves to what it is about: the id of a suggestion or run. */
  command(command: ClientCommand): Promise<string | undefined>;
  /** The first value that `look` finds, now or after a change; null: not within so many milliseconds. */
  until<T>(look: () => T | undefined, ms: number): Promise<T | null>;
  connected(): boolean;
  /** Why the server closed the connection for good. */
  closed(): Failure | null;
  close(): void;
}

const CONNECT_MS = 15_000;
const ANSWER_MS = 15_000;
const RESYNC_MS = 1_000;

/** Who drives does so in one tab: this program is one as well. */
export const newTab = (): string => `crowd-${crypto.randomUUID().slice(0, 8)}`;

/** Resolves with the first view. */
export async function connect({ server, sessionId, token }: Member, tab: string): Promise<Live> {
  const { origin, pathname } = new URL(server);
  const socket: Socket = io(origin, {
    path: `${pathname.replace(/\/$/, '')}/socket`,
    // Where the server is several nodes, they pass the handshake on to the session's own by it.
    query: { session: sessionId },
    transports: ['websocket', 'polling'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    auth: (give) =>
      give({ sessionId, token, tab, ...(held ? { logId: held.logId, lastSeq: held.seq, youSeq: held.youSeq } : {}) }),
  });
  let held: Snapshot<PublicView, YouView> | null = null;
  let failure: Failure | null = null;
  let asked = Number.NEGATIVE_INFINITY;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const end = (why: Failure) => {
    failure ??= why;
    socket.disconnect();
    changed();
  };
  const resync = () => {
    const now = performance.now();
    if (now - asked < RESYNC_MS) return;
    asked = now;
    socket.emit('resync', { seq: held?.seq ?? 0, youSeq: held?.youSeq ?? 0 });
  };
  /** The chain `seq` of the view or of one's own part goes on. */
  const take = (packed: PackedPatch, seq: number, use: (patch: ViewPatch) => void) => {
    const patch = unpackPatch(packed);
    // Who is online changes without an event: such a patch leads from a number to the same.
    if (patch.from !== seq) return patch.seq <= seq ? undefined : resync();
    use(patch);
    changed();
  };

  socket.on('snapshot', (snapshot: Snapshot<PublicView, YouView>) => {
    if (snapshot.protocol !== PROTOCOL)
      return end(
        new Failure('protocol', 'The server speaks another version of the protocol than this program.', GET_AGAIN),
      );
    asked = Number.NEGATIVE_INFINITY;
    held = snapshot;
    changed();
  });
  socket.on('patch', (packed: PackedPatch) =>
    take(packed, held?.seq ?? -1, (patch) => {
      if (held) held = { ...held, seq: patch.seq, view: applyPatch(held.view, patch) };
    }),
  );
  socket.on('you', (packed: PackedPatch) =>
    take(packed, held?.youSeq ?? -1, (patch) => {
      if (held?.you) held = { ...held, youSeq: patch.seq, you: applyPatch(held.you, patch) };
    }),
  );
  socket.on('closed', (said: unknown) => {
    const { code, reason } = readClosed(said) ?? { code: 0, reason: 'The server closed the connection.' };
    end(new Failure(`closed_${code}`, reason, adviceOf('removed')));
  });
  socket.on('connect_error', (error: Error & { data?: { code?: string; message?: string } }) => {
    const { code, message } = error.data ?? {};
    if (code !== undefined && code !== 'busy') end(new Failure(code, message ?? error.message, adviceOf(code)));
    else if (!socket.active || (held === null && isNobodyThere(error))) end(unreached(server, causeOf(error)));
    else lastError = causeOf(error);
  });
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect' && failure === null) socket.connect();
    changed();
  });
  let lastError: unknown = new Error('it did not answer in time');

  const until = async <T>(look: () => T | undefined, ms: number): Promise<T | null> => {
    let stop = () => {};
    return await new Promise<T | null>((resolve, reject) => {
      const timer = setTimeout(() => resolve(null), ms).unref();
      const check = () => {
        if (failure !== null) return reject(failure);
        const value = held === null ? undefined : look();
        if (value !== undefined) resolve(value);
      };
      listeners.add(check);
      stop = () => {
        clearTimeout(timer);
        listeners.delete(check);
      };
      check();
    }).finally(() => stop());
  };

  const first = await until(() => held ?? undefined, CONNECT_MS);
  if (first === null) {
    socket.disconnect();
    throw unreached(server, lastError);
  }
  if (first.you === null) {
    socket.disconnect();
    throw new Failure('not_joined', 'The server does not know the token of this folder.', adviceOf('not_joined'));
  }
  return {
    view: () => held!.view,
    you: () => held!.you!,
    command: (command) => send(socket, command),
    until,
    connected: () => socket.connected,
    closed: () => failure,
    close: () => socket.disconnect(),
  };
}

/** Of "websocket error", which is no reason: what the system said. */
function causeOf(error: Error): Error {
  const { description } = error as { readonly description?: { readonly error?: unknown } };
  return description?.error instanceof Error ? description.error : error;
}

/** A server that is not there: one that is busy, or behind a bad network, does not answer so. */
const isNobodyThere = (error: Error): boolean =>
  ['ECONNREFUSED', 'ENOTFOUND'].includes((causeOf(error) as { readonly code?: string }).code ?? '');

async function send(socket: Socket, command: ClientCommand): Promise<string | undefined> {
  const fault = commandFault(command);
  if (fault) throw new Failure(fault.code, messageOf(fault));
  const id = crypto.randomUUID().replaceAll('-', '').slice(0, 24);
  let ack: Ack;
  try {
    ack = (await socket.timeout(ANSWER_MS).emitWithAck('command', { ...command, id })) as Ack;
  } catch {
    throw new Failure(
      'unanswered',
      'The server did not answer in time.',
      'Look at `crowd status` whether it arrived before you try again.',
    );
  }
  if (!ack.ok) throw new Failure(ack.rejection.code, ack.rejection.message, adviceOf(ack.rejection.code));
  return ack.about;
}
