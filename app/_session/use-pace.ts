// How many more may be sent now, as far as this page knows: said before the server has to refuse.
import { useReducer } from 'react';
import type { Pace } from '#session-core/model/limits.ts';
import { serverNow, useNow } from './clock.ts';

interface Bucket {
  readonly level: number;
  readonly at: number;
}
const buckets = new Map<string, Bucket>();

const levelOf = (key: string, { burst, perSecond }: Pace, now: number): number => {
  const bucket = buckets.get(key);
  return bucket === undefined
    ? burst
    : Math.min(burst, bucket.level + (Math.max(0, now - bucket.at) / 1000) * perSecond);
};

/** Fractions of a second do not add up to a whole one in binary. */
const ROUNDING = 1e-6;

export function usePace(key: string, pace: Pace) {
  const [, changed] = useReducer((n: number) => n + 1, 0);
  useNow(1_000, levelOf(key, pace, serverNow()) < pace.burst);
  const level = levelOf(key, pace, serverNow());
  return {
    /** How many can be sent at once. */
    left: Math.floor(level + ROUNDING),
    /** Seconds until the next one can be sent; 0: now. */
    wait: level + ROUNDING >= 1 ? 0 : Math.ceil((1 - level) / pace.perSecond - ROUNDING),
    sent: () => {
      const now = serverNow();
      buckets.set(key, { level: Math.max(0, levelOf(key, pace, now) - 1), at: now });
      changed();
    },
  };
}
