// A text socket without a network: what the server does for a frame can be counted to its end.
import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import type { LiveSession } from '#server/session/session-api.ts';

export interface FakeTextSocket {
  /** Gives the server a frame, unless it has paused or closed the socket: whether it was taken. */
  say(frame: Uint8Array): boolean;
  /** Frames of one read come even while the socket is paused. */
  sayAlthoughPaused(frame: Uint8Array): void;
  readonly closed: { readonly code: number; readonly sentence: string }[];
  /** Bytes that the server has written. */
  readonly written: Buffer[];
  isPaused(): boolean;
  /** The client goes away. */
  leave(): void;
}

export function joinWithFakeSocket(session: LiveSession, who: Parameters<LiveSession['joinText']>[1]): FakeTextSocket {
  const written: Buffer[] = [];
  const closed: { code: number; sentence: string }[] = [];
  const socket = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    isPaused: false,
    pause() {
      socket.isPaused = true;
    },
    resume() {
      socket.isPaused = false;
    },
    close(code: number, sentence = '') {
      closed.push({ code, sentence });
      socket.readyState = 2;
    },
    terminate() {
      socket.readyState = 3;
      socket.emit('close');
    },
    ping() {},
    _socket: { writableLength: 0, write: (bytes: Buffer) => written.push(bytes) },
  });
  const hear = (frame: Uint8Array) => {
    socket.emit('message', Buffer.from(frame), true);
  };
  session.joinText(socket as unknown as WebSocket, who);
  return {
    closed,
    written,
    isPaused: () => socket.isPaused,
    leave: () => socket.terminate(),
    say(frame) {
      if (socket.isPaused || socket.readyState !== 1) return false;
      hear(frame);
      return true;
    },
    sayAlthoughPaused: hear,
  };
}
