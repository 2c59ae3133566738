// Token buckets: how often a participant may do a thing. A token costs nothing, so there are buckets by address beside
// them, so large that everybody in one building can share one.
// Invariant: over the limit is an answer with the seconds left, never a disconnect.

import { type Pace, SUGGESTION_PACE } from '#session-core/model/limits.ts';

export const ALLOWANCES = {
  suggestion: SUGGESTION_PACE,
  vote: { burst: 5, perSecond: 5 },
  /** Per session, not per token. Presses in a row cost little: one run is queued beside the running one. */
  run: { burst: 10, perSecond: 1 / 2 },
  guess: { burst: 4, perSecond: 1 },
  preview: { burst: 6, perSecond: 1 / 2 },
  /** Everything a participant sends, so that refusals stay cheap too. */
  any: { burst: 60, perSecond: 20 },
  resync: { burst: 5, perSecond: 1 },
  /** All packets of one Socket.IO connection; beyond, it is closed. Higher than the limits that answer with a sentence. */
  packet: { burst: 240, perSecond: 40 },
} as const satisfies Record<string, Pace>;

/** Of one address in one session, beside those of each token: 300 people of one lecture hall stay below. */
export const OF_ADDRESS = {
  suggestion: { burst: 150, perSecond: 5 },
  vote: { burst: 400, perSecond: 25 },
  guess: { burst: 600, perSecond: 50 },
  /** Each is a run. */
  preview: { burst: 150, perSecond: 2 },
  any: { burst: 1_500, perSecond: 100 },
} as const satisfies Partial<Record<keyof typeof ALLOWANCES, Pace>>;

/** Of requests that are counted by token: an address does so many times what one person may. */
export const BUSY_PEOPLE_OF_ADDRESS = 25;

interface Bucket {
  level: number;
  at: number;
}

/** Tenths do not add up to a whole one in binary. */
const ROUNDING = 1e-9;
/** Most keys kept; the least recently used are dropped, whose buckets have most likely filled up again. */
const MOST = 50_000;

export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes one; 0 where it was allowed, else the whole seconds until the next one is. */
  take(key: string, allowance: Pace): number {
    const bucket = this.#filled(key, allowance);
    if (bucket.level >= 1 - ROUNDING) {
      bucket.level -= 1;
      return 0;
    }
    return Math.max(1, Math.ceil((1 - bucket.level) / allowance.perSecond - ROUNDING));
  }

  get size(): number {
    return this.#buckets.size;
  }

  #filled(key: string, { burst, perSecond }: Pace): Bucket {
    const now = this.#now();
    const bucket = this.#buckets.get(key) ?? { level: burst, at: now };
    // A clock that was set back must not empty anyone's bucket.
    const seconds = Math.max(0, now - bucket.at) / 1000;
    bucket.level = Math.min(burst, bucket.level + seconds * perSecond);
    bucket.at = now;
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > MOST) this.#buckets.delete(this.#buckets.keys().next().value ?? key);
    return bucket;
  }
}
