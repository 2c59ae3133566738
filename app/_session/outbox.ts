// Commands on their way to the server. Invariants: each has one id until it is answered, so that the server takes it
// once; how late it may still be sent is decided by its kind (see `delivery`).
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import type { Ack, CommandMessage } from '#session-core/protocol/messages.ts';
import { commandBytes } from '#session-core/protocol/sizes.ts';
import { deliveryOf, neverTaken, notSent, sessionClosed, unanswered } from './delivery.ts';

/** Milliseconds a `soon` command may wait for a connection. */
const SOON_MS = 15_000;

/** A message that was on its way so often when the connection was lost is what closes it. */
const MOST_LOSSES = 5;

interface Waiting {
  readonly message: CommandMessage;
  readonly since: number;
  readonly answer: (ack: Ack) => void;
  inFlight: boolean;
  /** How often the connection was lost while it was on its way. */
  losses: number;
}

export interface Outbox {
  /** Resolves with the server's ack, or with a refusal of our own where it is given up. */
  put(command: ClientCommand, now: number, connected: boolean): Promise<Ack>;
  /** Hands every message that is not in flight to `emit`, oldest first. */
  flush(emit: (message: CommandMessage, answered: (ack: Ack | null) => void) => void): void;
  /** The connection was lost: nothing is in flight any more. `tooLarge`: because of the size of a message. */
  interrupted(tooLarge?: boolean): void;
  /** Gives up commands that have waited too long. */
  expire(now: number): void;
  /** The session is closed: everything is refused. */
  close(): void;
  /** Since when the oldest command has been waiting; null if there is none. */
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
  /** It was not answered: send it again with the same id, or give it up. */
  const missed = (id: string, entry: Waiting): void => {
    if (!entry.inFlight) return;
    entry.inFlight = false;
    if (deliveryOf(entry.message) === 'now') settle(id, unanswered());
  };
  return {
    put: (command, now, connected) =>
      new Promise((answer) => {
        if (!connected && deliveryOf(command) === 'now') return answer(notSent(command));
        const message: CommandMessage = { ...command, id: newCommandId() };
        waiting.set(message.id, { message, since: now, answer, inFlight: false, losses: 0 });
      }),
    flush(emit) {
      for (const [id, entry] of waiting) {
        if (entry.inFlight) continue;
        entry.inFlight = true;
        emit(entry.message, (ack) => {
          if (ack === null) missed(id, entry);
          else settle(id, ack);
        });
      }
    },
    interrupted(tooLarge = false) {
      const flying = [...waiting].filter(([, entry]) => entry.inFlight);
      const bytes = flying.map(([, entry]) => commandBytes(entry.message));
      for (const [at, [id, entry]] of flying.entries()) {
        entry.losses += 1;
        // Whatever it is about such a message, sending it again would close the connection again.
        if (tooLarge && bytes[at] === Math.max(...bytes)) settle(id, neverTaken());
        else if (entry.losses >= MOST_LOSSES) settle(id, neverTaken());
        else missed(id, entry);
      }
    },
    expire(now) {
      for (const [id, entry] of waiting)
        if (!entry.inFlight && now - entry.since > SOON_MS && deliveryOf(entry.message) === 'soon')
          settle(id, notSent(entry.message));
    },
    close() {
      for (const id of [...waiting.keys()]) settle(id, sessionClosed());
    },
    oldest: () => waiting.values().next().value?.since ?? null,
    size: () => waiting.size,
  };
}
