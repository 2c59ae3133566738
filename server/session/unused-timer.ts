// Notices that nobody has used a session for a while: no connection, no request of somebody who joined, no run.
import type { After } from '../platform/clock.ts';

export interface UnusedTimer {
  /** It was used now: the time begins again. */
  restart(): void;
  stop(): void;
}

export function createUnusedTimer(options: {
  readonly after: After;
  readonly ms: number;
  readonly isBusy: () => boolean;
  unused(): void;
}): UnusedTimer {
  let cancel = () => {};
  let stopped = false;
  function restart(): void {
    cancel();
    if (stopped) return;
    cancel = options.after(options.ms, () => {
      if (options.isBusy()) restart();
      else options.unused();
    });
  }
  return {
    restart,
    stop() {
      stopped = true;
      cancel();
    },
  };
}
