// How many more suggestions may be sent now, as far as this page knows: said before the server has to refuse.
import { type Pace, SUGGESTION_PACE } from '#session-core/model/limits.ts';
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

const ofSuggestions = (sessionId: string): string => `suggestion ${sessionId}`;

/** A suggestion was taken, wherever on the page it was made: typed, a patch, or a tap on a parameter. */
export function countSuggestion(sessionId: string): void {
  const key = ofSuggestions(sessionId);
  const now = serverNow();
  buckets.set(key, { level: Math.max(0, levelOf(key, SUGGESTION_PACE, now) - 1), at: now });
}

export function useSuggestionPace(sessionId: string) {
  const key = ofSuggestions(sessionId);
  useNow(1_000, levelOf(key, SUGGESTION_PACE, serverNow()) < SUGGESTION_PACE.burst);
  const level = levelOf(key, SUGGESTION_PACE, serverNow());
  return {
    /** How many can be sent at once. */
    left: Math.floor(level + ROUNDING),
    /** Seconds until the next one can be sent; 0: now. */
    wait: level + ROUNDING >= 1 ? 0 : Math.ceil((1 - level) / SUGGESTION_PACE.perSecond - ROUNDING),
  };
}
