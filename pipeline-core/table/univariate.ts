// How much of a target one column explains alone: the share of its variance, 0..1.
// Numbers: the larger of the squared Pearson correlation and the share that lies between the groups of equal values;
// words: the latter alone. The share between groups is corrected for their number (epsilon squared, Kelley 1935), so
// that a column of many values does not look wise by chance.

import { square } from '../math/deterministic-math.ts';
import { type Column, cellOf, lengthOf } from './column.ts';

/** @param target one finite number a row; rows where the column is missing do not count. Constants explain 0. */
export function explainedShare(column: Column, target: ArrayLike<number>): number {
  const rows = Array.from({ length: lengthOf(column) }, (_, row) => row).filter((row) => cellOf(column, row) !== null);
  const y = rows.map((row) => target[row]!);
  const between = betweenGroups(
    rows.map((row) => cellOf(column, row)!),
    y,
  );
  if (column.kind !== 'number') return between;
  return Math.max(
    between,
    square(
      correlation(
        rows.map((row) => column.values[row]!),
        y,
      ),
    ),
  );
}

/** Pearson's r; 0 where either side is constant. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < n; i++) {
    const da = a[i]! - meanA;
    const db = b[i]! - meanB;
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}

function betweenGroups(values: readonly (number | string)[], y: readonly number[]): number {
  const n = y.length;
  const groups = new Map<number | string, { n: number; sum: number }>();
  values.forEach((value, i) => {
    const group = groups.get(value) ?? { n: 0, sum: 0 };
    groups.set(value, { n: group.n + 1, sum: group.sum + y[i]! });
  });
  const mean = meanOf(y);
  const total = y.reduce((sum, value) => sum + square(value - mean), 0);
  // With a group for every other row there is nothing to compare groups by.
  if (groups.size < 2 || groups.size > n / 2 || total === 0) return 0;
  const between = [...groups.values()].reduce((sum, group) => sum + group.n * square(group.sum / group.n - mean), 0);
  return Math.max(0, 1 - ((1 - between / total) * (n - 1)) / (n - groups.size));
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return values.length === 0 ? 0 : sum / values.length;
}
