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
  /** What somebody says of themselves: a raised hand, the pace, their name. Each is kept, and shown to everybody. */
  oneself: { burst: 6, perSecond: 1 },
  preview: { burst: 6, perSecond: 1 / 2 },
  /** Everything a participant sends, so that refusals stay cheap too. */
  any: { burst: 60, perSecond: 20 },
  resync: { burst: 5, perSecond: 1 },
  /** All packets of one Socket.IO connection; beyond, it is closed. Higher than the limits that answer with a sentence. */
  packet: { burst: 240, perSecond: 40 },
} as const satisfies Record<string, Pace>;

/** Who may share an address and be asked to do something at the same moment: a lecture hall behind one router. */
const HALL = 300;

/**
 * Of one address in one session, beside those of each token. A hall in which everybody does all of this in the same second
 * stays below: one suggestion, one preview, three votes, a guess, an answer, a raised hand, the pace and a name.
 */
const OF_HALL = {
  suggestion: { burst: HALL, perSecond: 5 },
  vote: { burst: 3 * HALL, perSecond: 50 },
  guess: { burst: 2 * HALL, perSecond: 50 },
  oneself: { burst: 4 * HALL, perSecond: 50 },
  /** Each is a run. */
  preview: { burst: HALL, perSecond: 2 },
  any: { burst: 10 * HALL, perSecond: 150 },
} as const satisfies Partial<Record<keyof typeof ALLOWANCES, Pace>>;

/** Of requests that are counted by token: an address does at a time what so many people may, and one of each person. */
const BUSY_PEOPLE_OF_ADDRESS = 25;

/** @param people joins of one address, by the settings: whoever lets more in from there lets them do as much each */
export function paceOfAddress(limit: keyof typeof OF_HALL, people: number): Pace {
  const { burst, perSecond } = OF_HALL[limit];
  const times = Math.max(1, people / HALL);
  return { burst: burst * times, perSecond: perSecond * times };
}

/** The same for requests with a limit for each token. */
export function requestsOfAddress({ burst, perSecond }: Pace, people: number): Pace {
  return {
    burst: Math.max(burst * BUSY_PEOPLE_OF_ADDRESS, HALL, people),
    perSecond: perSecond * BUSY_PEOPLE_OF_ADDRESS,
  };
}

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
