// The end of the score scale.
import { expect, it } from 'vitest';
import { goalOf } from '#session-core/client/scores.ts';

it('stays the same while scores get better, and moves on once it is reached', () => {
  const lower = (best?: number) => goalOf({ direction: 'lower' }, 2, best);
  expect([lower(), lower(1.9), lower(1.71)].map((goal) => goal.toFixed(3))).toEqual(['1.700', '1.700', '1.700']);
  expect(lower(1.7)).toBeCloseTo(1.4);
  expect(lower(0)).toBe(0);
});

it('is above the baseline where higher is better', () => {
  const higher = (best: number) => goalOf({ direction: 'higher' }, 0.5, best);
  expect(higher(0.55)).toBeCloseTo(0.575);
  expect(higher(0.58)).toBeCloseTo(0.65);
  expect(higher(1)).toBe(1);
});
