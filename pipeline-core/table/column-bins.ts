// The values of a column in a few groups that people can look at: single numbers, ranges of round width, or words.
// Invariant: every present cell is in exactly one bin, a missing one in none. Of whole numbers both ends of a range belong
// to it; of others the lower end, and to the last range both.
import { quantile } from '../math/distribution.ts';
import { type Column, cellOf, lengthOf } from './column.ts';

/** A single number where both ends are equal. */
export interface NumberBin {
  readonly from: number;
  readonly to: number;
}
export type ColumnBin =
  | { readonly level: string }
  /** Words too rare for a bin of their own: how many different ones. */
  | { readonly others: number }
  | NumberBin;

export interface BinnedColumn {
  readonly bins: readonly ColumnBin[];
  /** For each row the index of its bin; -1: the value is missing. */
  readonly codes: Int32Array;
}

/** Numbers with at most so many different values get a bin each, those between them none. */
const MOST_DISTINCT = 12;
/** More than these few whole numbers that span less than that get a bin each, as those between them do. */
const FEW = 6;
const MOST_SINGLE = 31;
const RANGES = 20;
const MOST_WORDS = 20;
/** Where the middle 98 % of the values span so much less than all, what lies beyond is one bin at each end. */
const LONG_TAIL = 2;

/** @param levels of words, in the order in which they are shown, those that no row has included */
export function binColumn(column: Column, levels?: readonly string[]): BinnedColumn {
  return column.kind === 'number' ? binNumbers(column.values) : binWords(column, levels);
}

/** Ranges of a round width that hold all of these numbers; few different ones by themselves. */
function rangesOf(values: ArrayLike<number>): readonly NumberBin[] {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return [];
  const distinct: number[] = [];
  for (const value of sorted) if (value !== distinct.at(-1)) distinct.push(value);
  const whole = distinct.every(Number.isSafeInteger);
  const [min, max] = [sorted[0]!, sorted.at(-1)!];
  if (whole && max - min < MOST_SINGLE && distinct.length > FEW) return wholeRanges(min, max, 1);
  if (distinct.length <= MOST_DISTINCT) return distinct.map((value) => ({ from: value, to: value }));
  const middle = [quantile(sorted, 0.01), quantile(sorted, 0.99)] as const;
  const tails = max - min > LONG_TAIL * (middle[1] - middle[0]) && middle[1] > middle[0];
  const [low, high] = tails ? middle : [min, max];
  const step = roundStep((high - low) / RANGES);
  // Next to nothing or next to everything that a number can be: no step can be taken.
  if (!(step > 0) || !Number.isFinite(step * RANGES)) return [{ from: min, to: max }];
  return whole
    ? withTails(wholeRanges(Math.floor(low), Math.floor(high), Math.max(1, step)), min, max, 1)
    : withTails(realRanges(low, high, step), min, max, 0);
}

/** NaN is missing. */
export function binNumbers(values: Float64Array): { readonly bins: readonly NumberBin[]; readonly codes: Int32Array } {
  const bins = rangesOf(values.filter((value) => !Number.isNaN(value)));
  const codes = Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : placeOf(bins, value)));
  return { bins, codes };
}

/** The last range that begins at or below a value. */
function placeOf(bins: readonly NumberBin[], value: number): number {
  let [low, high] = [0, bins.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (bins[middle]!.from <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

function wholeRanges(low: number, high: number, step: number) {
  const first = Math.floor(low / step);
  const bins = Math.floor(high / step) - first + 1;
  return Array.from({ length: bins }, (_, i) => ({ from: (first + i) * step, to: (first + i + 1) * step - 1 }));
}

function realRanges(low: number, high: number, step: number) {
  const first = Math.floor(low / step);
  const bins = Math.max(1, Math.ceil(high / step) - first);
  const edge = (i: number) => Number(((first + i) * step).toPrecision(15));
  const ranges = Array.from({ length: bins }, (_, i) => ({ from: edge(i), to: edge(i + 1) }));
  // Numbers that differ in their last digits only are too close for edges between them.
  return ranges.every(({ from, to }) => to > from) ? ranges : [{ from: low, to: high }];
}

/** @param gap between the end of a range and the beginning of the next */
function withTails(ranges: readonly NumberBin[], min: number, max: number, gap: number) {
  const [from, to] = [ranges[0]!.from, ranges.at(-1)!.to];
  return [
    ...(min < from ? [{ from: min, to: from - gap }] : []),
    ...ranges,
    ...(max > to ? [{ from: to + gap, to: max }] : []),
  ];
}

/** The smallest of 1, 2, 5 times a power of ten that is not below. */
function roundStep(least: number): number {
  // The power of ten as it is written: exact, where an engine's logarithm may be off by a digit.
  const power = Number(`1e${least.toExponential().split('e')[1]}`);
  return power * ([1, 2, 5].find((times) => times * power >= least) ?? 10);
}

function binWords(column: Column, levels?: readonly string[]): BinnedColumn {
  const rows = lengthOf(column);
  const counts = new Map<string, number>((levels ?? []).map((level) => [level, 0]));
  for (let row = 0; row < rows; row++) {
    const cell = cellOf(column, row);
    if (cell !== null) counts.set(String(cell), (counts.get(String(cell)) ?? 0) + 1);
  }
  const given = levels !== undefined && counts.size <= MOST_WORDS;
  const ordered = given
    ? [...counts.keys()]
    : [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([word]) => word);
  const shown = ordered.length <= MOST_WORDS ? ordered : ordered.slice(0, MOST_WORDS - 1);
  const others = ordered.length - shown.length;
  const at = new Map(shown.map((word, i) => [word, i]));
  const codes = Int32Array.from({ length: rows }, (_, row) => {
    const cell = cellOf(column, row);
    return cell === null ? -1 : (at.get(String(cell)) ?? shown.length);
  });
  return { bins: [...shown.map((level) => ({ level })), ...(others > 0 ? [{ others }] : [])], codes };
}
