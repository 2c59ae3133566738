// The English that travels beside codes, for programs and logs: the server adds it when it answers. Pages make their own
// sentence from the code and the facts, and do not load this.
import type { Rejection } from '../model/rejection.ts';
import { closeReasons } from '../sentences/en/close-reasons.ts';
import { messageOf } from '../sentences/message.ts';
import { CLOSE, type CloseName, closeName } from './close-codes.ts';
import type { Ack } from './messages.ts';

/** The refusal as it travels: facts beside code and message, as in HTTP answers. */
export function ackOfRejection(refused: Rejection): Ack {
  return { ok: false, rejection: { ...refused.facts, code: refused.code, message: messageOf(refused) } };
}

interface CloseCode {
  readonly code: number;
  /** One sentence for people. */
  readonly reason: string;
}

export const CLOSE_CODES: readonly CloseCode[] = Object.entries(CLOSE).map(([name, code]) => ({
  code,
  reason: closeReasons[name as CloseName],
}));

/** What is sent beside the code of a closed socket. Empty for a code that is not one of ours. */
export function closeReason(code: number): string {
  const name = closeName(code);
  return name === null ? '' : closeReasons[name];
}
