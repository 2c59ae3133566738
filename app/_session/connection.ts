// The Socket.IO connection of a page: sends each command once, applies snapshots and patches, reconnects.
// Invariant: a missed patch is requested again, never guessed.

import { io, type Socket } from 'socket.io-client';
import { closeText, lateRejectionText, lateText } from '#app/_strings/rejection-text.ts';
import { appPath } from '#app/_ui/base-path.ts';
import { inTurn } from '#app/_ui/in-turn.ts';
import { withSameParts } from '#session-core/client/same-parts.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import { closeName, readClosed } from '#session-core/protocol/close-codes.ts';
import { tooLarge } from '#session-core/protocol/command-size.ts';
import type { Ack, PackedSnapshot, Snapshot, ViewPatch } from '#session-core/protocol/messages.ts';
import { type PackedPatch, unpackPatch } from '#session-core/protocol/patch-wire.ts';
import { newId } from './ids.ts';
import { watchNetwork } from './network.ts';
import { createOutbox } from './outbox.ts';
import type { ProgressMap } from './run-progress.ts';
import { tabToken } from './tokens.ts';
import { createArrivals } from './view/arrivals.ts';

/** `live`: every command was answered. `delayed`: slow, or just disconnected. `offline`: disconnected for a while. */
export type ConnectionStatus = 'live' | 'delayed' | 'offline';
export interface ConnectionState {
  readonly status: ConnectionStatus;
  /** When the connection was lost; null while connected. */
  readonly downSince: number | null;
}
/** Why the page will not connect again. */
export interface Final {
  readonly code: string;
  readonly message: string;
}
export interface Held {
  readonly logId: string;
  readonly lastSeq: number;
  readonly youSeq: number;
}
export interface Listener<V, Y> {
  snapshot(snapshot: Snapshot<V, Y>): void;
  /** Returns false if the patch does not follow the last one: the connection then requests the missing part. */
  patch(patch: ViewPatch): boolean;
  you(patch: ViewPatch): boolean;
  progress(after: (map: ProgressMap) => ProgressMap): void;
  connection(state: ConnectionState): void;
  final(final: Final): void;
  held(): Held | null;
  /** What is on the screen: whatever of it arrives again keeps its identity. */
  shown(): { readonly view: unknown; readonly you: unknown };
}
export interface Connection {
  /** @param since when it was asked for: now, by default */
  send(command: ClientCommand, since?: number): Promise<Ack>;
  /** Try now instead of waiting for the back-off. */
  retry(): void;
  close(): void;
}

const ANSWER_MS = 8_000;
const SLOW_MS = 2_000;
const OFFLINE_MS = 10_000;
/** A WebSocket that opens and then brings nothing for so long is one of a network that blocks them. */
const SILENT_MS = 8_000;
/** The close code of a WebSocket whose message was larger than the other end takes. */
const MESSAGE_TOO_BIG = 1009;
/** Codes after which connecting again is pointless. */
const FINAL_CODES = new Set([
  'not_found',
  'forbidden',
  'removed',
  'session_ended',
  'ended',
  'protocol',
  'too_many_viewers',
]);

type Progress = typeof import('./run-progress.ts');

/** Resolves in the order of its calls; null: its code did not arrive, and the next message asks for it again. */
let arriving: Promise<Progress | null> | null = null;
function progressCode(): Promise<Progress | null> {
  arriving ??= inTurn(() => import('./run-progress.ts')).catch((error: unknown) => {
    console.warn('the code that reads the progress of runs could not be loaded', error);
    arriving = null;
    return null;
  });
  return arriving;
}

export function connect<V, Y>(
  where: { readonly sessionId: string; readonly tab: string; readonly viewer: boolean },
  listener: Listener<V, Y>,
  /** Since when the page has been waiting for it. */
  began = Date.now(),
): Connection {
  const outbox = createOutbox(newId);
  let downSince: number | null = began;
  let status: ConnectionStatus = 'delayed';
  let asked = 0;
  let closed = false;
  /** The browser reports no network, and a request agreed. */
  let noNetwork = false;
  let again: ReturnType<typeof setTimeout> | undefined;

  const socket: Socket = io({
    path: appPath('/socket'),
    // Where several nodes share the sessions, the address alone says which one is asked for.
    query: { session: where.sessionId },
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    timeout: SILENT_MS,
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    randomizationFactor: 0.5,
    auth: (give) =>
      give({
        sessionId: where.sessionId,
        tab: where.tab,
        ...(where.viewer ? { viewer: true } : tokenOf(where.sessionId)),
        ...(isNarrow() ? { narrow: true } : {}),
        ...(arrivals.canUnpack() ? { packed: true } : {}),
        ...(listener.held() ?? {}),
      }),
  });

  const arrivals = createArrivals(() => void socket.disconnect().connect());

  const flush = (): void => {
    if (!socket.connected) return;
    outbox.flush((message, answered) => {
      socket.timeout(ANSWER_MS).emit('command', message, (error: Error | null, ack: Ack) => {
        // Behind the patch that shows what it answers.
        arrivals.other(() => {
          answered(error ? null : ack);
          if (error) flush();
          report();
        });
      });
    });
  };
  const report = (): void => {
    const now = Date.now();
    const oldest = outbox.oldest();
    const slow = oldest !== null && now - oldest > SLOW_MS;
    const next =
      downSince === null
        ? slow
          ? 'delayed'
          : 'live'
        : noNetwork || now - downSince > OFFLINE_MS
          ? 'offline'
          : 'delayed';
    if (next !== status || downSince !== reportedDownSince) {
      status = next;
      reportedDownSince = downSince;
      listener.connection({ status, downSince });
    }
  };
  let reportedDownSince: number | null | undefined;
  const resync = (): void => {
    const held = listener.held();
    // One request at a time: a burst of patches after a gap asks once.
    if (Date.now() - asked < 1000) return;
    asked = Date.now();
    socket.emit('resync', { seq: held?.lastSeq ?? 0, youSeq: held?.youSeq ?? 0 });
  };
  const down = (tooLarge = false): void => {
    downSince ??= Date.now();
    outbox.interrupted(tooLarge);
    report();
  };
  const end = (code: string, message: Promise<string>): void => {
    closed = true;
    socket.disconnect();
    outbox.close();
    void message.then((said) => listener.final({ code, message: said }));
  };

  let connected = false;
  socket.on('connect', () => {
    connected = true;
    downSince = null;
    noNetwork = false;
    asked = 0;
    report();
    flush();
  });
  socket.on('disconnect', (reason, details) => {
    down(closeCodeOf(details) === MESSAGE_TOO_BIG);
    // Socket.IO does not reconnect after the server closed it. If that was final, the next attempt is refused with a code.
    if (reason === 'io server disconnect' && !closed)
      again = setTimeout(() => socket.connect(), 500 + Math.random() * 500);
  });
  socket.on('connect_error', (error: Error & { data?: Partial<Final> }) => {
    down();
    // The other transport is tried by itself only where the first one fails at once.
    if (error.message === 'timeout' && !connected) socket.io.opts.transports = ['polling', 'websocket'];
    const code = error.data?.code ?? error.message;
    if (FINAL_CODES.has(code)) {
      end(code, lateRejectionText({ ...error.data, code, message: error.data?.message ?? error.message }));
    } else if (!socket.active && !closed) {
      again = setTimeout(() => socket.connect(), 2_000 + Math.random() * 3_000);
    }
  });
  // The server sends the reason before it closes for good.
  socket.on('closed', (said: unknown) => {
    const { code, reason } = readClosed(said) ?? { code: 0, reason: '' };
    end(
      String(code),
      lateText(() => closeText(closeName(code), reason), reason),
    );
  });
  socket.on('snapshot', (said: Snapshot<V, Y> | PackedSnapshot<Y>) =>
    arrivals.snapshot(said, (snapshot) => {
      asked = 0;
      const { view, you } = listener.shown();
      listener.snapshot({
        ...snapshot,
        view: withSameParts(view, snapshot.view),
        you: withSameParts(you, snapshot.you),
      });
    }),
  );
  for (const chain of ['patch', 'you'] as const)
    socket.on(chain, (packed: PackedPatch) =>
      arrivals.other(() => {
        if (!listener[chain](unpackPatch(packed))) resync();
      }),
    );
  socket.on('progress', (said: unknown) => {
    // Its schemas load with the first one: no phone waits for them to connect.
    void progressCode().then((code) => {
      if (code !== null && !closed) listener.progress((map) => code.withSaid(map, said));
    });
  });

  const watch = setInterval(() => {
    outbox.expire(Date.now());
    report();
  }, 1_000);
  /** While Socket.IO waits between two attempts, `connect` alone does nothing. */
  const wake = (): void => {
    if (closed || socket.connected) return;
    clearTimeout(again);
    socket.disconnect();
    socket.connect();
  };
  const stopWatching = watchNetwork({
    lost() {
      noNetwork = true;
      if (socket.connected) socket.io.engine.close();
      report();
    },
    back(first) {
      noNetwork = false;
      if (first || socket.io._readyState === 'closed') wake();
      report();
    },
  });

  return {
    async send(command, since = Date.now()) {
      const fault = tooLarge(command);
      if (fault) {
        const said = { ...fault.facts, code: fault.code, message: '' };
        return { ok: false, rejection: { ...said, message: await lateRejectionText(said) } };
      }
      const answer = outbox.put(command, since, socket.connected && !closed);
      flush();
      return answer;
    },
    retry: wake,
    close() {
      closed = true;
      clearInterval(watch);
      clearTimeout(again);
      stopWatching();
      socket.disconnect();
    },
  };
}

const tokenOf = (sessionId: string) => {
  const token = tabToken(sessionId);
  return token === null ? {} : { token };
};

/** Too narrow for the editor; asked anew for each connection, since windows and phones are turned. */
const isNarrow = (): boolean => globalThis.matchMedia?.('(max-width: 699px)').matches === true;

/** The code of the WebSocket's close event, if that is how the connection was lost. */
function closeCodeOf(details: unknown): number | null {
  const { context } = (details ?? {}) as { context?: { code?: unknown } };
  return typeof context?.code === 'number' ? context.code : null;
}
