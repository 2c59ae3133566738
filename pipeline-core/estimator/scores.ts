// What `score` answers: R2 of numbers, the share of classes that are right.

import { square } from '../math/deterministic-math.ts';

/** Coefficient of determination, weighted where weights are given. A constant target gives 1 where all is right, else 0. */
export function r2Of(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  weight: ArrayLike<number> | null = null,
): number {
  let mean = 0;
  let total = 0;
  // From the first value, so that the mean of a constant is that constant.
  for (let i = 0; i < actual.length; i++) {
    const w = weight?.[i] ?? 1;
    mean += w * (actual[i]! - actual[0]!);
    total += w;
  }
  mean = actual[0]! + mean / total;
  let residual = 0;
  let spread = 0;
  for (let i = 0; i < actual.length; i++) {
    const w = weight?.[i] ?? 1;
    residual += w * square(actual[i]! - predicted[i]!);
    spread += w * square(actual[i]! - mean);
  }
  if (spread === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / spread;
}

export function shareRight(
  actual: ArrayLike<unknown>,
  predicted: ArrayLike<unknown>,
  weight: ArrayLike<number> | null = null,
): number {
  let right = 0;
  let total = 0;
  for (let i = 0; i < actual.length; i++) {
    const w = weight?.[i] ?? 1;
    total += w;
    if (actual[i] === predicted[i]) right += w;
  }
  return right / total;
}
