// One text socket: frames in and out, its pace, and whether it is still alive.
// Law: what a frame may do is decided by the session, message by message; here is only who sent it and how fast.
// RUNS IN server
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Id } from '#session-core/model/types.ts';
import type { After, Now } from '../platform/clock.ts';
import { type AwarenessEntry, FrameError, readFrame, socketBytes } from './doc-protocol.ts';

const FRAME_BYTES = 256 * 1024;
const AWARENESS_BYTES = 4 * 1024;
const FRAMES_PER_SECOND = 300;
const BYTES_PER_SECOND = 1024 * 1024;
/** Bytes waiting in a socket: more than the first for too long, or than the second at all, and it is dropped. */
const BEHIND_BYTES = 256 * 1024;
const LOST_BYTES = 2 * 1024 * 1024;
const BEHIND_MS = 15_000;
const PING_MS = 10_000;
const DEAD_MS = 20_000;
const QUIET_MS = 15_000;

export interface PeerHandlers {
  text(peer: DocPeer, update: Uint8Array): void;
  sync(peer: DocPeer, stateVector: Uint8Array): void;
  awareness(peer: DocPeer, entries: readonly AwarenessEntry[]): void;
  askAwareness(peer: DocPeer): void;
  closed(peer: DocPeer): void;
}

export interface DocPeer {
  readonly participant: Id | null;
  readonly tab: string;
  /** It opened with `?v=1` and understands our own frames. */
  readonly own: boolean;
  /** The Yjs client this connection speaks for: the first it named. */
  clientId: number | null;
  /** It was told that an edit was refused; what it sends afterwards builds on that edit. */
  refused: boolean;
  /** It has answered our SyncStep1. Before that, later keys may come ahead of earlier ones it typed while offline. */
  synced: boolean;
  /** How often in a row it was asked again for all it holds, after an edit of it was refused. */
  asks: number;
  /** Several frames in one socket write. */
  send(...frames: readonly Uint8Array[]): void;
  /** Bytes made by `socketBytes`, shared by many peers. */
  write(bytes: Buffer): void;
  /** Stops reading for a while; what was sent waits in the socket. */
  pause(ms: number): void;
  /** Once every few seconds. `quiet`: it got nothing for 15 s and wants a sign of life. */
  check(): { readonly quiet: boolean };
  close(code: number, sentence?: string): void;
}

export interface PeerOptions {
  readonly participant: Id | null;
  readonly tab: string;
  readonly own: boolean;
  readonly now: Now;
  readonly after: After;
  readonly handlers: PeerHandlers;
}

export function createDocPeer(socket: WebSocket, options: PeerOptions): DocPeer {
  const { now, after, handlers } = options;
  // Whole frames are written to the socket below ws: one write per tick and watcher instead of one per frame.
  const raw = (socket as unknown as { readonly _socket: Socket })._socket;
  let heardAt = now();
  let sentAt = now();
  let pingedAt = now();
  let behindSince: number | null = null;
  let frames = FRAMES_PER_SECOND;
  let bytes = BYTES_PER_SECOND;
  let refilledAt = now();
  let pausedUntil = 0;
  let open = true;

  const peer: DocPeer = {
    participant: options.participant,
    tab: options.tab,
    own: options.own,
    clientId: null,
    refused: false,
    synced: false,
    asks: 0,
    send: (...list) => write(list.length === 1 ? socketBytes(list[0]!) : Buffer.concat(list.map(socketBytes))),
    write,
    pause,
    check,
    close(code, sentence) {
      socket.close(code, sentence);
      // A peer that does not answer the close keeps nothing open.
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
    // A peer that is being closed must be read on, or its answer to the close would wait.
    if (socket.isPaused || socket.readyState !== socket.OPEN) return;
    socket.pause();
    const resume = () => {
      const left = pausedUntil - now();
      if (left > 0) after(Math.min(left, 5_000), resume);
      else socket.resume();
    };
    after(ms, resume);
  }

  /** The driver's frames are never dropped, since later ones build on them: the socket waits instead. */
  function pace(length: number): void {
    const seconds = Math.max(0, Math.min(1, (now() - refilledAt) / 1000));
    refilledAt = now();
    frames = Math.min(FRAMES_PER_SECOND, frames + seconds * FRAMES_PER_SECOND) - 1;
    bytes = Math.min(BYTES_PER_SECOND, bytes + seconds * BYTES_PER_SECOND) - length;
    if (frames < 0 || bytes < 0) pause(1000 * Math.max(-frames / FRAMES_PER_SECOND, -bytes / BYTES_PER_SECOND, 0.01));
  }

  function check(): { quiet: boolean } {
    const at = now();
    const behind = raw.writableLength > BEHIND_BYTES;
    if (!behind) behindSince = null;
    else if (behindSince === null) behindSince = at;
    else if (at - behindSince > BEHIND_MS) socket.terminate();
    if (socket.isPaused) heardAt = at;
    if (at - heardAt > DEAD_MS) socket.terminate();
    else if (at - pingedAt >= PING_MS && socket.readyState === socket.OPEN) {
      pingedAt = at;
      socket.ping();
    }
    return { quiet: at - sentAt >= QUIET_MS };
  }

  function read(data: Buffer, isBinary: boolean): void {
    heardAt = now();
    pace(data.length);
    if (!isBinary || data.length > FRAME_BYTES) throw new FrameError('not a frame of this protocol');
    const frame = readFrame(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    switch (frame.kind) {
      case 'text':
        if (frame.answer) peer.synced = true;
        handlers.text(peer, frame.update);
        return;
      case 'sync':
        handlers.sync(peer, frame.stateVector);
        return;
      case 'awareness':
        if (frame.bytes > AWARENESS_BYTES) return;
        handlers.awareness(peer, frame.entries);
        return;
      case 'askAwareness':
        handlers.askAwareness(peer);
        return;
      case 'ignored':
        return;
    }
  }

  socket.on('message', (data: Buffer, isBinary: boolean) => {
    // What was on its way when the socket was closed is not worth a look.
    if (socket.readyState !== socket.OPEN) return;
    try {
      read(data, isBinary);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      socket.close(1003, 'unreadable frame');
    }
  });
  socket.on('pong', () => {
    heardAt = now();
  });
  // ws reports a broken connection as an error and then closes; the close is all we need.
  socket.on('error', () => {});
  socket.on('close', () => {
    open = false;
    handlers.closed(peer);
  });
  return peer;
}
