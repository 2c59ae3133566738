// A clock that stands still until a test moves it; timers fire in order, and what they set off is awaited.

export interface FakeClock {
  readonly now: () => number;
  readonly after: (ms: number, call: () => void) => () => void;
  /** Fires everything due on the way. */
  advance(ms: number): Promise<void>;
  /** Moves the clock without any timer noticing, as when somebody sets it. */
  set(at: number): void;
  readonly waiting: () => number;
}

/** Lets promises and storage answers come through. */
export async function settle(turns = 8): Promise<void> {
  for (let i = 0; i < turns; i += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

export function createFakeClock(start = 1_800_000_000_000): FakeClock {
  let now = start;
  let elapsed = 0;
  let timers: { readonly due: number; readonly call: () => void }[] = [];
  return {
    now: () => now,
    after(ms, call) {
      const timer = { due: elapsed + Math.max(0, ms), call };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advance(ms) {
      const end = elapsed + ms;
      await settle();
      for (;;) {
        const next = timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
        if (!next) break;
        timers = timers.filter((other) => other !== next);
        now += Math.max(0, next.due - elapsed);
        elapsed = Math.max(elapsed, next.due);
        next.call();
        await settle();
      }
      now += end - elapsed;
      elapsed = end;
      await settle();
    },
    set(at) {
      now = at;
    },
    waiting: () => timers.length,
  };
}
