// One connection between the owner of a session and a worker: frames both ways, and a beat by which each knows that the other
// one lives. Invariant: an end that is silent, breaks the form or sends more than it may is cut off, and nothing more is read
// from it; how the line ended is reported once.
import type { Duplex } from 'node:stream';
import { encodeFrame, type Frame, type FrameLimits, readFrames } from './frames.ts';

const BEAT_MS = 500;
const LOOK_MS = 250;
/** Looks without a byte from the other end, 3 s. They are counted, for a loop that was held up looks less often. */
const SILENT_LOOKS = 12;
/** What beats take, and more than any honest end sends besides what it was granted. */
const BYTES_A_SECOND = 16 * 1024;

export interface Line {
  send(header: object, bodies?: readonly Uint8Array[]): void;
  /** The other end may send so many bytes more. */
  grant(bytes: number): void;
  close(): void;
}

export interface LineOptions {
  readonly limits: FrameLimits;
  /** Bytes that the other end may send at first; more by `grant`. */
  readonly allowance: number;
  readonly onFrame: (frame: Frame) => void;
  /** Not where this end closed it. @param why for the log */
  readonly onEnd: (why: string) => void;
}

/** @param head what came with the upgrade */
export function openLine(socket: Duplex, head: Buffer, options: LineOptions): Line {
  const { limits, onFrame, onEnd } = options;
  const began = performance.now();
  let { allowance } = options;
  let [silent, ended] = [0, false];
  const send = (parts: readonly Uint8Array[]) => {
    if (ended || socket.destroyed) return;
    socket.cork();
    for (const part of parts) if (part.length > 0) socket.write(part);
    socket.uncork();
  };
  const beating = setInterval(() => send(encodeFrame({ type: 'beat' })), BEAT_MS);
  const looking = setInterval(() => {
    silent += 1;
    if (silent >= SILENT_LOOKS) end('it was silent');
  }, LOOK_MS);
  function stop(): boolean {
    if (ended) return false;
    ended = true;
    clearInterval(beating);
    clearInterval(looking);
    socket.destroy();
    return true;
  }
  function end(why: string): void {
    if (stop()) onEnd(why);
  }
  // Before anybody listens, so that it is read in the next turn, when both ends are made.
  if (head.length > 0) socket.unshift(head);
  socket.on('error', () => socket.destroy());
  // A socket of an HTTP server stays half open when the other end closes it.
  for (const event of ['end', 'close']) socket.once(event, () => end('it was closed'));
  // Before anything is put together of it.
  socket.on('data', (chunk: Buffer) => {
    silent = 0;
    allowance -= chunk.length;
    if (allowance + ((performance.now() - began) / 1000) * BYTES_A_SECOND < 0) end('it sent more than it may');
  });
  readFrames(socket, limits, {
    onFrame: (frame) => {
      if (!ended && (frame.header as { type?: unknown } | null)?.type !== 'beat') onFrame(frame);
    },
    onBreach: (reason) => end(`it sent ${reason}`),
  });
  return {
    send: (header, bodies) => send(encodeFrame(header, bodies)),
    grant: (bytes) => {
      allowance += bytes;
    },
    close: () => void stop(),
  };
}
