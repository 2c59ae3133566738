// Commands on their way. Invariant: each is sent with one id until it is answered, so that the server takes it once; what only
// makes sense now (a run, the seat) is given up after a while offline, what people wrote or voted is kept.
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import type { Ack, CommandMessage } from '#session-core/protocol/messages.ts';

export const NOT_SENT: Ack = {
  ok: false,
  rejection: { code: 'not_sent', message: 'You are offline, so this was not sent; try again when you are back.' },
};
export const GONE: Ack = {
  ok: false,
  rejection: { code: 'session_ended', message: 'This session is closed on the server.' },
};

/** Milliseconds a command that is not kept may wait for a connection. */
const PATIENCE_MS = 15_000;
const KEPT = /^(suggestion\.(add|edit|withdraw|upvote|unvote)|hand\.|pulse\.|guess\.|participant\.rename)/;

interface Waiting {
  readonly message: CommandMessage;
  readonly since: number;
  readonly answer: (ack: Ack) => void;
  inFlight: boolean;
}

export interface Outbox {
  /** Resolves with the server's ack, or with a refusal of our own where it was given up. */
  put(command: ClientCommand, now: number): Promise<Ack>;
  /** Hands every message that is not in flight to `emit`, oldest first. */
  flush(emit: (message: CommandMessage, answered: (ack: Ack | null) => void) => void): void;
  /** The connection broke: nothing is in flight any more. */
  interrupted(): void;
  /** Gives up what has waited too long to still be meant. */
  expire(now: number): void;
  /** The session is closed: everything is refused. */
  close(): void;
  /** Since when the oldest one waits; null where nothing does. */
  oldest(): number | null;
  size(): number;
}

export function createOutbox(newCommandId: () => string): Outbox {
  const waiting = new Map<string, Waiting>();
  const settle = (id: string, ack: Ack): void => {
    const entry = waiting.get(id);
    waiting.delete(id);
    entry?.answer(ack);
  };
  return {
    put: (command, now) =>
      new Promise((answer) => {
        const message: CommandMessage = { ...command, id: newCommandId() };
        waiting.set(message.id, { message, since: now, answer, inFlight: false });
      }),
    flush(emit) {
      for (const [id, entry] of waiting) {
        if (entry.inFlight) continue;
        entry.inFlight = true;
        emit(entry.message, (ack) => {
          // null: no answer in time. It goes again with the same id.
          if (ack === null) entry.inFlight = false;
          else settle(id, ack);
        });
      }
    },
    interrupted() {
      for (const entry of waiting.values()) entry.inFlight = false;
    },
    expire(now) {
      for (const [id, entry] of waiting) {
        if (!entry.inFlight && now - entry.since > PATIENCE_MS && !KEPT.test(entry.message.type)) settle(id, NOT_SENT);
      }
    },
    close() {
      for (const id of [...waiting.keys()]) settle(id, GONE);
    },
    oldest: () => waiting.values().next().value?.since ?? null,
    size: () => waiting.size,
  };
}
