// cut and qcut: numbers into intervals, as in pandas. Neither is in the package.

import { cellsOf, demandOptions, isSeries, seriesLike, seriesOf, shownName } from './build.ts';
import { numbersOf, shown } from './cells.ts';
import { onSeries } from './classes.ts';
import type { Cell, SeriesLike } from './frame-types.ts';
import { quantileOf } from './statistics.ts';

export interface CutOptions {
  /** A name for each interval; false: its number from 0. Default: the interval itself, '(0, 10]'. */
  readonly labels?: readonly Cell[] | false;
  /** Intervals hold their right edge (default), or their left one. */
  readonly right?: boolean;
  /** The first interval holds its left edge, too. */
  readonly includeLowest?: boolean;
  /** Digits of the edges in interval names. Default 3. */
  readonly precision?: number;
}

/**
 * The interval of each number, missing where it lies in none.
 * @param bins a number of equally wide intervals, or their edges, ascending
 * Throws RangeError for edges that do not ascend or labels of another count, TypeError for text.
 */
export function cut(
  values: SeriesLike | readonly Cell[],
  bins: number | readonly number[],
  options: CutOptions = {},
): SeriesLike {
  demandOptions('cut()', options, ['labels', 'right', 'includeLowest', 'precision']);
  const { numbers, like } = read(values, 'cut()');
  const right = options.right ?? true;
  const known = numbers.filter(Number.isFinite);
  const edges = typeof bins === 'number' ? equalEdges(known, bins, right) : listed(bins);
  edges.forEach((edge, i) => {
    if (typeof edge === 'number' && !Number.isNaN(edge) && (i === 0 || edge > edges[i - 1]!)) return;
    throw new RangeError(
      `cut(): the edges must be numbers that ascend, but ${shown(edge)} is edge ${i + 1} of ${edges.length}`,
    );
  });
  return like(placed(numbers, edges, { right, lowest: options.includeLowest ?? false, options, name: 'cut()' }));
}

/**
 * Intervals that hold about equally many numbers each: `qcut(df.G3, 4)` are the quartiles.
 * @param q how many, or the quantiles themselves, [0, 0.5, 1]
 * Throws RangeError where two edges are the same number, unless `duplicates` is 'drop'.
 */
export function qcut(
  values: SeriesLike | readonly Cell[],
  q: number | readonly number[],
  options: Pick<CutOptions, 'labels' | 'precision'> & { duplicates?: 'raise' | 'drop' } = {},
): SeriesLike {
  demandOptions('qcut()', options, ['labels', 'precision', 'duplicates']);
  const { numbers, like } = read(values, 'qcut()');
  if (typeof q === 'number') demandCount(q, 'qcut()');
  const shares = typeof q === 'number' ? Array.from({ length: q + 1 }, (_, i) => i / q) : listed(q);
  const known = numbers.filter((value) => !Number.isNaN(value));
  const quantiles = shares.map((share) => quantileOf(known, share));
  const edges = quantiles.filter((edge, i) => edge !== quantiles[i - 1]);
  if (edges.length < quantiles.length && options.duplicates !== 'drop') {
    throw new RangeError(
      `qcut(): so many values are equal that two edges are the same: [${quantiles.join(', ')}]. Ask for fewer intervals, or write { duplicates: 'drop' }`,
    );
  }
  return like(placed(numbers, edges, { right: true, lowest: true, options, name: 'qcut()' }));
}

function read(values: SeriesLike | readonly Cell[], doing: string) {
  const cells = cellsOf(values);
  if (cells === undefined) throw new TypeError(`${doing}: give a Series such as df.age, or a list of numbers`);
  const numbers = numbersOf(cells, doing, isSeries(values) ? shownName(values) : '');
  return { numbers, like: (made: Cell[]) => (isSeries(values) ? seriesLike(values, made) : seriesOf(made)) };
}

function demandCount(bins: number, doing: string): void {
  if (Number.isInteger(bins) && bins >= 1) return;
  throw new RangeError(`${doing}: ${shown(bins)} is no count of intervals: give a whole number of at least 1`);
}

function listed(edges: readonly number[]): number[] {
  const cells = cellsOf(edges) as number[] | undefined;
  if (cells !== undefined && cells.length >= 2) return cells;
  throw new RangeError('Give a count of intervals, or a list of at least two edges');
}

/** The outer edge on the open side lies a thousandth of the range further out, so that it holds the extreme (pandas). */
function equalEdges(known: Float64Array, count: number, right: boolean): number[] {
  demandCount(count, 'cut()');
  if (known.length === 0) throw new RangeError('cut(): there are no numbers to make intervals of: give their edges');
  let [low, high] = [quantileOf(known, 0), quantileOf(known, 1)];
  if (low === high) {
    const apart = low === 0 ? 0.001 : 0.001 * Math.abs(low);
    [low, high] = [low - apart, high + apart];
    return Array.from({ length: count + 1 }, (_, i) => low + ((high - low) * i) / count);
  }
  const edges = Array.from({ length: count + 1 }, (_, i) => (i === count ? high : low + ((high - low) / count) * i));
  const apart = (high - low) * 0.001;
  return right ? edges.with(0, low - apart) : edges.with(count, high + apart);
}

function placed(
  numbers: Float64Array,
  edges: readonly number[],
  how: { right: boolean; lowest: boolean; options: Pick<CutOptions, 'labels' | 'precision'>; name: string },
): Cell[] {
  const { labels, precision = 3 } = how.options;
  const count = edges.length - 1;
  if (Array.isArray(labels) && labels.length !== count) {
    throw new RangeError(`${how.name}: ${labels.length} labels for ${count} intervals: give as many`);
  }
  if (labels !== undefined && labels !== false && !Array.isArray(labels)) {
    throw new TypeError(`${how.name}: labels must be a list of names, or false for numbers, not ${shown(labels)}`);
  }
  const names = Array.isArray(labels) ? (labels as Cell[]) : intervals(edges, precision, how);
  return Array.from(numbers, (value) => {
    const at = intervalOf(value, edges, how);
    return at === -1 ? Number.NaN : labels === false ? at : names[at];
  });
}

function intervalOf(
  value: number,
  edges: readonly number[],
  { right, lowest }: { right: boolean; lowest: boolean },
): number {
  for (let i = 0; i + 1 < edges.length; i++) {
    const [low, high] = [edges[i]!, edges[i + 1]!];
    if (right ? value > low && value <= high : value >= low && value < high) return i;
  }
  if (!lowest) return -1;
  return right ? (value === edges[0] ? 0 : -1) : value === edges.at(-1) ? edges.length - 2 : -1;
}

/** '(0, 10]', with as many digits as tell the edges apart, and at least `precision` significant ones (pandas). */
function intervals(
  edges: readonly number[],
  precision: number,
  { right, lowest }: { right: boolean; lowest: boolean },
): string[] {
  let digits = precision;
  while (digits < 20 && new Set(edges.map((edge) => rounded(edge, digits))).size < edges.length) digits++;
  const shownEdges = edges.map((edge) => rounded(edge, digits));
  if (right && lowest) shownEdges[0] = rounded(shownEdges[0]! - 10 ** -digits, digits + 3);
  return shownEdges.slice(1).map((edge, i) => {
    const before = shownEdges[i]!;
    return right ? `(${before}, ${edge}]` : `[${before}, ${edge})`;
  });
}

function rounded(value: number, precision: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const digits = Math.trunc(value) === 0 ? -Math.floor(Math.log10(Math.abs(value))) - 1 + precision : precision;
  return Number(value.toFixed(Math.min(digits, 100)));
}

onSeries({
  cut(this: SeriesLike, bins: number | readonly number[], options?: CutOptions) {
    return cut(this, bins, options);
  },
  qcut(this: SeriesLike, q: number | readonly number[], options?: Parameters<typeof qcut>[2]) {
    return qcut(this, q, options);
  },
});
