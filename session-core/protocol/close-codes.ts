// Why the server closes a socket: code and reason together, for the server that sends them, the client that shows them
// and the README that lists them. A WebSocket allows a reason of 123 bytes.
// Invariant: 4400 to 4499 are final, the client must not come back by itself; after every other code it does.
import * as v from 'valibot';
import { parseWire, type Wire } from './wire.ts';

interface CloseCode {
  readonly code: number;
  /** One sentence for people. */
  readonly reason: string;
}

const CODES = {
  forbidden: { code: 4403, reason: 'The facilitator removed you from this session.' },
  notFound: { code: 4404, reason: 'This session does not exist (any more).' },
  ended: { code: 4410, reason: 'This session has ended. Thank you for being part of it.' },
  tooManyPieces: { code: 4413, reason: 'This edit has too many pieces; open a new document.' },
  tooManyTabs: { code: 4429, reason: 'You opened this session in too many tabs; this one was closed.' },
  restart: { code: 1012, reason: 'The server is restarting; connect again.' },
  unreadable: { code: 1003, reason: 'A message could not be read.' },
  reload: { code: 4500, reason: 'The session is loaded again; connect again.' },
  tooManyViewers: { code: 4503, reason: 'Too many people watch without having joined; join, or try again later.' },
} as const satisfies Record<string, CloseCode>;

type CloseName = keyof typeof CODES;

/** The numbers by name: `socket.close(CLOSE.ended, closeReason(CLOSE.ended))`. */
export const CLOSE = Object.fromEntries(Object.entries(CODES).map(([name, { code }]) => [name, code])) as {
  readonly [Name in CloseName]: (typeof CODES)[Name]['code'];
};

export const CLOSE_CODES: readonly CloseCode[] = Object.values(CODES);

/** Empty for a code that is not one of ours. */
export const closeReason = (code: number): string => CLOSE_CODES.find((one) => one.code === code)?.reason ?? '';

/** Coming back would change nothing. */
export const isFinalClose = (code: number): boolean => code >= 4400 && code < 4500;

/** Over Socket.IO, which has no close codes of its own: event `closed`, sent before it closes with a final code. */
const closedSchema = v.object({ code: v.number(), reason: v.string() });

/** null: not a message of this kind. */
export const readClosed = (said: unknown): Wire<typeof closedSchema> | null => parseWire(closedSchema, said);
