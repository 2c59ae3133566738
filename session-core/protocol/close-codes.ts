// Why the server closes a socket: the codes, for the server that sends them, the client and the README that lists them.
// The sentences are in session-core/sentences. A WebSocket allows a reason of 123 bytes.
// Invariant: 4400 to 4499 are final, the client must not come back by itself; after every other code it does.

/** The numbers by name: `socket.close(CLOSE.ended, closeReason(CLOSE.ended))`, the reason from messages-for-programs.ts. */
export const CLOSE = {
  forbidden: 4403,
  notFound: 4404,
  tooLarge: 4409,
  ended: 4410,
  replaced: 4412,
  tooManyPieces: 4413,
  tooManyTabs: 4429,
  restart: 1012,
  unreadable: 1003,
  reload: 4500,
  tooManyViewers: 4503,
} as const;

export type CloseName = keyof typeof CLOSE;
const NAMES = new Map(Object.entries(CLOSE).map(([name, code]) => [code as number, name as CloseName]));

/** null for a code that is not one of ours. */
export const closeName = (code: number): CloseName | null => NAMES.get(code) ?? null;

/** Coming back would change nothing. */
export const isFinalClose = (code: number): boolean => code >= 4400 && code < 4500;

/** Over Socket.IO, which has no close codes of its own: event `closed`, sent before it closes with a final code. */
interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** null: not a message of this kind. Read without a schema: a phone connects before it loads any. */
export function readClosed(said: unknown): Closed | null {
  const { code, reason } = (said ?? {}) as { readonly code?: unknown; readonly reason?: unknown };
  return typeof code === 'number' && typeof reason === 'string' ? { code, reason } : null;
}
