// The statistics of one list of cells, missing values left out, as pandas computes them (skipna=True, ddof=1).
// One table serves Series, frames, groups and pivot tables.
import { compare, demandOrder, isMissing, known, numbersOf } from './cells.ts';
import type { Cell } from './frame-types.ts';

/** @param column for the sentence where text cannot be reduced */
export type Statistic = (cells: readonly Cell[], column: string) => Cell;

function numeric(name: string, of: (numbers: Float64Array) => number): Statistic {
  return (cells, column) => of(numbersOf(cells, `${name}()`, column).filter((value) => !Number.isNaN(value)));
}

export function sumOf(numbers: Float64Array): number {
  let sum = 0;
  for (const value of numbers) sum += value;
  return sum;
}

/** NaN for no numbers. */
export function meanOf(numbers: Float64Array): number {
  return sumOf(numbers) / numbers.length;
}

/** Of the sample (n - 1), in two passes; NaN for fewer than two numbers. */
export function varianceOf(numbers: Float64Array): number {
  if (numbers.length < 2) return Number.NaN;
  const centre = meanOf(numbers);
  let sum = 0;
  for (const value of numbers) sum += (value - centre) ** 2;
  return sum / (numbers.length - 1);
}

/** Linear between the two nearest (Hyndman and Fan's type 7, numpy's and pandas' default); NaN for no numbers. */
export function quantileOf(numbers: Float64Array, q: number): number {
  if (numbers.length === 0) return Number.NaN;
  const sorted = Float64Array.from(numbers).sort();
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  const high = Math.ceil(at);
  return sorted[low]! + (sorted[high]! - sorted[low]!) * (at - low);
}

/** All values that occur most often, ascending. */
export function modesOf(cells: readonly Cell[]): Cell[] {
  const counts = countsOf(cells);
  const most = Math.max(0, ...counts.values());
  const often = [...counts].filter(([, count]) => count === most).map(([value]) => value);
  return often.sort((a, b) => (typeof a === typeof b ? compare(a, b) : compare(typeof a, typeof b)));
}

/** Value -> how often, in the order they are first seen; missing ones left out. */
export function countsOf(cells: readonly Cell[]): Map<Cell, number> {
  const counts = new Map<Cell, number>();
  for (const cell of cells) if (!isMissing(cell)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return counts;
}

function extreme(name: string, beats: number): Statistic {
  return (cells, column) => {
    const values = known(cells);
    if (values.length === 0) return Number.NaN;
    demandOrder(cells, `${name}()`, column);
    return values.reduce((best, value) => (compare(value, best) === beats ? value : best));
  };
}

/** Demands a share. Throws RangeError. */
export function demandQuantile(q: unknown): asserts q is number {
  if (typeof q === 'number' && q >= 0 && q <= 1) return;
  throw new RangeError(`quantile(q): q is ${String(q)}, but must be a share from 0 to 1, such as 0.25`);
}

/** Name -> statistic. Those in NUMERIC refuse text. */
export const STATISTICS: Readonly<Record<string, Statistic>> = {
  mean: numeric('mean', meanOf),
  sum: numeric('sum', sumOf),
  prod: numeric('prod', (numbers) => numbers.reduce((product, value) => product * value, 1)),
  median: numeric('median', (numbers) => quantileOf(numbers, 0.5)),
  std: numeric('std', (numbers) => Math.sqrt(varianceOf(numbers))),
  var: numeric('var', varianceOf),
  min: extreme('min', -1),
  max: extreme('max', 1),
  count: (cells) => known(cells).length,
  size: (cells) => cells.length,
  nUnique: (cells) => countsOf(cells).size,
  mode: (cells) => modesOf(cells)[0] ?? Number.NaN,
  first: (cells) => known(cells)[0] ?? Number.NaN,
  last: (cells) => known(cells).at(-1) ?? Number.NaN,
};

/** Statistics of numbers only: where no column is named, columns of text are left out. */
export const NUMERIC = new Set(['mean', 'sum', 'prod', 'median', 'std', 'var']);
