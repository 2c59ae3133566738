// One text socket: reads and writes frames, limits its rate, and closes it when it is dead or too far behind.
// Invariant: what a frame may do is decided by the session, message by message; here is only who sent it and how fast.
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Id } from '#session-core/model/types.ts';
import { CLOSE } from '#session-core/protocol/close-codes.ts';
import { closeReason } from '#session-core/protocol/messages-for-programs.ts';
import { SIZES } from '#session-core/protocol/sizes.ts';
import type { After, Now } from '../platform/clock.ts';
import { socketBytes } from '../platform/socket-frame.ts';
import { type AwarenessEntry, FrameError, readFrame } from './doc-protocol.ts';

/**
 * What a socket may send, and cost, at once and per second. Who may not type sends little: awareness, a sync request
 * after each reconnect, and what it holds when it is asked.
 */
const RATES = {
  driver: {
    frames: { burst: 300, perSecond: 300 },
    bytes: { burst: 1024 * 1024, perSecond: 1024 * 1024 },
    steps: { burst: 500_000, perSecond: 200_000 },
  },
  reader: {
    frames: { burst: 60, perSecond: 5 },
    bytes: { burst: 512 * 1024, perSecond: 64 * 1024 },
    steps: { burst: 50_000, perSecond: 1_000 },
  },
} as const;
type Spent = Record<keyof typeof RATES.reader, number>;
/** Bytes waiting in a socket: more than the first for too long, or than the second at all, and it is dropped. */
const BEHIND_BYTES = 256 * 1024;
const LOST_BYTES = 2 * 1024 * 1024;
const BEHIND_MS = 15_000;
/** A driver who is gone must not be shown as driving for long. */
const PING_MS = { driver: 2_500, reader: 10_000 };
const DEAD_MS = { driver: 7_500, reader: 20_000 };
const QUIET_MS = 15_000;

export interface ConnectionHandlers {
  text(connection: DocConnection, update: Uint8Array): void;
  sync(connection: DocConnection, stateVector: Uint8Array): void;
  awareness(connection: DocConnection, entries: readonly AwarenessEntry[]): void;
  askAwareness(connection: DocConnection): void;
  closed(connection: DocConnection): void;
}

/** Who opened a text socket. */
export interface TextClient {
  readonly participant: Id | null;
  readonly tab: string;
  /** It opened with `?v=1` and understands our own frames. */
  readonly own: boolean;
  /** With `?empty=1`: its copy holds nothing, and it gets the text without asking. */
  readonly empty?: boolean;
}

export interface DocConnection {
  readonly participant: Id | null;
  readonly tab: string;
  /** It opened with `?v=1` and understands our own frames. */
  readonly own: boolean;
  /** The Yjs client this connection speaks for: the first it named. */
  clientId: number | null;
  /** By the committed state; set by the session. */
  mayType: boolean;
  /** It got a `refused` frame; what it sends afterwards builds on the refused edit. */
  refused: boolean;
  /** It has answered our SyncStep1. Before that, later keys may come ahead of earlier ones it typed while offline. */
  synced: boolean;
  /** How often in a row it was asked again for all it holds, after an edit of it was refused. */
  resyncs: number;
  /** Several frames in one socket write. */
  send(...frames: readonly Uint8Array[]): void;
  /** Bytes made by `socketBytes`, shared by many peers. */
  write(bytes: Buffer): void;
  /** Stops reading for a while; what was sent waits. */
  pause(ms: number): void;
  /** A frame of it cost so many steps; reading pauses while it is over its rate. */
  charge(steps: number): void;
  /** Called every few seconds. `quiet`: it was sent nothing for 15 s, and the provider would soon give it up as dead. */
  check(): { readonly quiet: boolean };
  close(code: number, sentence?: string): void;
}

interface Message {
  readonly data: Buffer;
  readonly isBinary: boolean;
}

export interface ConnectionOptions extends TextClient {
  readonly mayType: boolean;
  readonly now: Now;
  readonly after: After;
  readonly handlers: ConnectionHandlers;
}

export function createDocConnection(socket: WebSocket, options: ConnectionOptions): DocConnection {
  const { now, after, handlers } = options;
  // Whole frames are written to the socket below ws: one write per tick and watcher instead of one per frame.
  const raw = (socket as unknown as { readonly _socket: Socket })._socket;
  let heardAt = now();
  let sentAt = now();
  let pingedAt = now();
  let behindSince: number | null = null;
  const budget: Spent = { frames: Infinity, bytes: Infinity, steps: Infinity };
  let refilledAt = now();
  let paused = false;
  let pausedUntil = 0;
  /** Messages that arrived with the one that paused the socket. */
  let waiting: Message[] = [];
  let open = true;

  const connection: DocConnection = {
    participant: options.participant,
    tab: options.tab,
    own: options.own,
    clientId: null,
    mayType: options.mayType,
    refused: false,
    synced: false,
    resyncs: 0,
    send: (...list) =>
      write(list.length === 1 ? socketBytes(list[0]!) : Buffer.concat(list.map((frame) => socketBytes(frame)))),
    write,
    pause,
    charge: (steps) => spend({ frames: 0, bytes: 0, steps }),
    check,
    close(code, sentence) {
      socket.close(code, sentence ?? closeReason(code));
      // A client that does not answer the close must not keep the socket open.
      after(2_000, () => socket.terminate());
    },
  };

  function write(data: Buffer): void {
    if (!open || socket.readyState !== socket.OPEN || data.length === 0) return;
    sentAt = now();
    raw.write(data);
    if (raw.writableLength > LOST_BYTES) socket.terminate();
  }

  function pause(ms: number): void {
    pausedUntil = Math.max(pausedUntil, now() + ms);
    // A socket that is being closed must be read, or its answer to the close would wait.
    if (paused || socket.readyState !== socket.OPEN) return;
    paused = true;
    socket.pause();
    const resume = () => {
      const rest = pausedUntil - now();
      if (rest > 0) after(Math.min(rest, 5_000), resume);
      else resumeReading();
    };
    after(ms, resume);
  }

  function resumeReading(): void {
    paused = false;
    let taken = 0;
    for (; taken < waiting.length && !paused; taken += 1) take(waiting[taken]!);
    waiting = waiting.slice(taken);
    if (!paused) socket.resume();
  }

  /** The driver's frames are never dropped, since later ones build on them: the socket waits instead. */
  function spend(spent: Spent): void {
    const limits = RATES[connection.mayType ? 'driver' : 'reader'];
    const seconds = Math.max(0, now() - refilledAt) / 1000;
    refilledAt = now();
    let wait = 0;
    for (const what of ['frames', 'bytes', 'steps'] as const) {
      const { burst, perSecond } = limits[what];
      budget[what] = Math.min(burst, budget[what] + seconds * perSecond) - spent[what];
      wait = Math.max(wait, -budget[what] / perSecond);
    }
    if (wait > 0) pause(Math.max(1_000 * wait, 10));
  }

  function check(): { quiet: boolean } {
    const at = now();
    const behind = raw.writableLength > BEHIND_BYTES;
    if (!behind) behindSince = null;
    else if (behindSince === null) behindSince = at;
    else if (at - behindSince > BEHIND_MS) socket.terminate();
    if (paused) heardAt = at;
    const who = connection.mayType ? 'driver' : 'reader';
    if (at - heardAt > DEAD_MS[who]) socket.terminate();
    else if (at - pingedAt >= PING_MS[who] && socket.readyState === socket.OPEN) {
      pingedAt = at;
      socket.ping();
    }
    return { quiet: at - sentAt >= QUIET_MS };
  }

  function take(message: Message): void {
    // What was on its way when the socket was closed is ignored.
    if (socket.readyState !== socket.OPEN) return;
    try {
      read(message);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      socket.close(CLOSE.unreadable, 'unreadable frame');
    }
  }

  function read({ data, isBinary }: Message): void {
    heardAt = now();
    spend({ frames: 1, bytes: data.length, steps: 0 });
    if (data.length > SIZES.textFrame) return void connection.close(CLOSE.tooLarge);
    if (!isBinary) throw new FrameError('not a frame of this protocol');
    const frame = readFrame(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    switch (frame.kind) {
      case 'text':
        if (frame.answer) connection.synced = true;
        handlers.text(connection, frame.update);
        return;
      case 'sync':
        handlers.sync(connection, frame.stateVector);
        return;
      case 'awareness':
        handlers.awareness(connection, frame.entries);
        return;
      case 'askAwareness':
        handlers.askAwareness(connection);
        return;
      case 'ignored':
        return;
    }
  }

  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (paused) waiting.push({ data, isBinary });
    else take({ data, isBinary });
  });
  // ws has sent the pong already.
  socket.on('ping', () => spend({ frames: 1, bytes: 0, steps: 0 }));
  socket.on('pong', () => {
    heardAt = now();
  });
  // ws reports a broken connection as an error and then closes; the close is all we need.
  socket.on('error', () => {});
  socket.on('close', () => {
    open = false;
    waiting = [];
    handlers.closed(connection);
  });
  return connection;
}
