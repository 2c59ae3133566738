// When views leave: at once after a pause, then every 50 ms; acks right behind the flush that holds their change.
// Invariant: an ack never arrives before the patch it speaks of was queued to every socket.

import type { After, Now } from '../platform/clock.ts';
import { unionOf } from './affected-participants.ts';
import type { Affected } from './views.ts';

const FLUSH_MS = 50;

export interface ViewFlusher {
  /** Something changed; `then` is called right after the flush that shows it. */
  changed(affected: Affected, then?: () => void): void;
  /** Calls after whatever is waiting to be shown; at once where nothing is. */
  afterFlush(call: () => void): void;
  flushNow(): void;
  /** Shows nothing any more; what was stored is acknowledged all the same. */
  stop(): void;
}

export function createViewFlusher(options: {
  readonly now: Now;
  readonly after: After;
  flush(affected: Affected): void;
  /** A flush that threw. */
  fault(error: unknown): void;
}): ViewFlusher {
  const { now, after, flush, fault } = options;
  let affected: Affected = new Set();
  let dirty = false;
  let waiting: (() => void)[] = [];
  let flushedAt = Number.NEGATIVE_INFINITY;
  let timer: (() => void) | null = null;

  const flushNow = () => {
    timer?.();
    timer = null;
    flushedAt = now();
    const calls = waiting;
    const whose = affected;
    waiting = [];
    affected = new Set();
    if (dirty) {
      dirty = false;
      try {
        flush(whose);
      } catch (error) {
        fault(error);
      }
    }
    for (const call of calls) call();
  };
  return {
    changed(whose, then) {
      dirty = true;
      affected = unionOf(affected, whose);
      if (then) waiting.push(then);
      if (timer) return;
      // A clock that was set back must not hold a flush for an hour.
      const wait = FLUSH_MS - Math.max(0, now() - flushedAt);
      if (wait <= 0) flushNow();
      else timer = after(wait, flushNow);
    },
    afterFlush(call) {
      if (dirty) waiting.push(call);
      else call();
    },
    flushNow,
    stop() {
      dirty = false;
      flushNow();
    },
  };
}
