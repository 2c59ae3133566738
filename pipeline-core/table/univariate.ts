// How much of a target one column explains alone: the share of its variance, 0..1.
// Numbers: the larger of the squared Pearson correlation and the share that lies between the groups of equal values;
// words: the latter alone. The share between groups is corrected for their number (epsilon squared, Kelley 1935), so
// that a column of many values does not look wise by chance.

import { square } from '../math/deterministic-math.ts';
import { type Column, cellOf, lengthOf } from './column.ts';

/** @param target one finite number a row; rows where the column is missing do not count. Constants explain 0. */
export function explainedShare(column: Column, target: ArrayLike<number>): number {
  const between = betweenGroups(column, target);
  if (column.kind !== 'number' || between === 1) return between;
  const known = column.values.some(Number.isNaN)
    ? [...column.values.keys()].filter((row) => !Number.isNaN(column.values[row]!))
    : null;
  const of = (values: ArrayLike<number>) => (known === null ? values : known.map((row) => values[row]!));
  return Math.max(between, square(correlation(of(column.values), of(target))));
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

function betweenGroups(column: Column, target: ArrayLike<number>): number {
  const rows = lengthOf(column);
  const groupOf = grouped(column);
  // By group, in the order in which they come: rows and the sum of their targets.
  const counts: number[] = [];
  const sums: number[] = [];
  let [n, sum] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const group = groupOf(row);
    if (group < 0) continue;
    const value = target[row]!;
    counts[group] = (counts[group] ?? 0) + 1;
    sums[group] = (sums[group] ?? 0) + value;
    n++;
    sum += value;
    // With a group for every other row there is nothing to compare groups by.
    if (counts.length > rows / 2) return 0;
  }
  if (counts.length < 2 || counts.length > n / 2) return 0;
  const mean = sum / n;
  let total = 0;
  for (let row = 0; row < rows; row++) if (groupOf(row) >= 0) total += square(target[row]! - mean);
  if (total === 0) return 0;
  const between = counts.reduce((all, count, group) => all + count * square(sums[group]! / count - mean), 0);
  return Math.max(0, 1 - ((1 - between / total) * (n - 1)) / (n - counts.length));
}

/** The group of each row by its value, counted from 0 as they come; -1 where it is missing. */
function grouped(column: Column): (row: number) => number {
  const groups = new Map<number | string, number>();
  return (row) => {
    const cell = column.kind === 'category' ? column.codes[row]! : cellOf(column, row);
    if (cell === null || (column.kind === 'category' && cell === -1)) return -1;
    const known = groups.get(cell);
    if (known !== undefined) return known;
    groups.set(cell, groups.size);
    return groups.size - 1;
  };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return values.length === 0 ? 0 : sum / values.length;
}
