// How large a message may be, in bytes: what may be said in it, and what its transport takes.
// Invariant: a transport takes more than what may be said, so that too much is answered with a sentence. A transport can
// only close the connection, and whoever does not know why would send the same again.
import type { ClientCommand } from '../model/client-commands.ts';
import { LIMITS } from '../model/limits.ts';

export const SIZES = {
  /** A command as JSON. */
  command: 64_000,
  /** A packet of Socket.IO. */
  packet: 2 * 64_000,
  /** The body of an HTTP request. */
  body: 64 * 1024,
  /** A frame of the text socket: an edit of as much text as fits into the workspace, and what describes it. */
  textFrame: LIMITS.documentBytes + 64_000,
  /** What its transport takes. A larger frame than this closes it with 1009. */
  textMessage: 1024 * 1024,
  /** The cursor and what else a text client says about itself. */
  awareness: 4 * 1024,
} as const;

/** Yjs numbers its clients with 32 bits. A clock that counts 30 changes a second reaches the limit after two years. */
export const MOST_AWARENESS = { clientId: 2 ** 32 - 1, clock: 2 ** 31 } as const;

/** How many bytes the text has as UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    // Half of a pair is two bytes of the four that the pair takes; a lone half is replaced by three.
    const low = text.charCodeAt(at + 1);
    if (unit >= 0xd800 && unit < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
      bytes += 2;
      at += 1;
    } else bytes += unit < 0x800 ? 1 : 2;
  }
  return bytes;
}

export const commandBytes = (command: ClientCommand): number => utf8Bytes(JSON.stringify(command));
