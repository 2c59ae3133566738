// When views are sent: at once after a pause, then every 50 to 80 ms; acks follow the flush that holds their change.
// Invariant: an ack never leaves before the patch with its change was queued to every socket.

import type { After, Now } from '../../platform/clock.ts';
import { type Change, NO_CHANGE, together } from './affected-participants.ts';

/** A flush costs a write to everybody who listens, so that a larger crowd waits a little longer for its own votes. */
const FLUSH = { leastMs: 50, mostMs: 80, msPerListener: 0.08 };
export const flushMs = (listeners: number): number =>
  Math.min(FLUSH.mostMs, Math.max(FLUSH.leastMs, FLUSH.msPerListener * listeners));

export interface ViewFlusher {
  /** `then` is called right after the flush that shows the change. */
  changed(change: Change, then?: () => void): void;
  /** Calls after whatever is waiting to be shown; at once where nothing is. */
  afterFlush(call: () => void): void;
  flushNow(): void;
  /** Sends no views any more; what was stored is acknowledged all the same. */
  stop(): void;
}

export function createViewFlusher(options: {
  readonly now: Now;
  readonly after: After;
  /** People and viewers who are connected. */
  readonly listeners: () => number;
  flush(change: Change): void;
  /** A flush that threw. */
  crashed(error: unknown): void;
}): ViewFlusher {
  const { now, after, listeners, flush, crashed } = options;
  let change = NO_CHANGE;
  let dirty = false;
  let waiting: (() => void)[] = [];
  let flushedAt = Number.NEGATIVE_INFINITY;
  let timer: (() => void) | null = null;

  const flushNow = () => {
    timer?.();
    timer = null;
    flushedAt = now();
    const calls = waiting;
    const flushed = change;
    waiting = [];
    change = NO_CHANGE;
    if (dirty) {
      dirty = false;
      try {
        flush(flushed);
      } catch (error) {
        crashed(error);
      }
    }
    for (const call of calls) call();
  };
  return {
    changed(more, then) {
      dirty = true;
      change = together(change, more);
      if (then) waiting.push(then);
      if (timer) return;
      // A clock that was set back must not hold a flush for an hour.
      const wait = flushMs(listeners()) - Math.max(0, now() - flushedAt);
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
