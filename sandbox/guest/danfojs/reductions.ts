// mean, sum, quantile, describe ... of frames and Series: missing values are left out, as in pandas.
// The package counts null as 0, answers NaN or undefined, or reduces rows where a table's mean is that of its columns.

import { columnsOf, demandOptions, frameOf, seriesOf, shownName } from './build.ts';
import { isMissing, known, numbersOf } from './cells.ts';
import { onFrames, onSeries } from './classes.ts';
import type { Cell, FrameLike, SeriesLike } from './frame-types.ts';
import {
  countsOf,
  demandQuantile,
  meanOf,
  modesOf,
  NUMERIC,
  quantileOf,
  STATISTICS,
  varianceOf,
} from './statistics.ts';

interface ReduceOptions {
  readonly axis?: 0 | 1;
  /** Leaves columns of text out. */
  readonly numericOnly?: boolean;
}

const QUARTILES = [0.25, 0.5, 0.75];

/** Each column with its name, or each row (axis 1) with its number; text is refused or left out. */
function lines(frame: FrameLike, method: string, options: ReduceOptions | undefined) {
  demandOptions(`${method}()`, options, ['axis', 'numericOnly']);
  const { axis = 0, numericOnly = false } = options ?? {};
  if (axis !== 0 && axis !== 1)
    throw new RangeError(`${method}(): axis is ${String(axis)}, but must be 0 (columns) or 1 (rows)`);
  const kept = frame.columns.map((_, c) => c).filter((c) => !numericOnly || frame.dtypes[c] !== 'string');
  if (NUMERIC.has(method) || axis === 1) demandNumbers(frame, kept, method);
  const columns = columnsOf(frame);
  if (axis === 0) {
    return { labels: kept.map((c) => frame.columns[c]!), lists: kept.map((c) => columns[c]!) };
  }
  return { labels: frame.index, lists: frame.$data.map((row) => kept.map((c) => row[c])) };
}

function demandNumbers(frame: FrameLike, places: readonly number[], method: string): void {
  if (method === 'count' || method === 'nUnique' || method === 'size') return;
  const text = places.filter((c) => frame.dtypes[c] === 'string').map((c) => frame.columns[c]!);
  if (text.length === 0) return;
  const named = text.slice(0, 5).join(', ') + (text.length > 5 ? ' …' : '');
  throw new TypeError(
    `${method}() needs numbers, but ${named} ${text.length === 1 ? 'is' : 'are'} text: drop or encode first, or leave text out by ${method}({ numericOnly: true })`,
  );
}

for (const method of ['mean', 'sum', 'median', 'std', 'var', 'min', 'max', 'count', 'prod']) {
  const statistic = STATISTICS[method]!;
  onFrames({
    [method](this: FrameLike, options?: ReduceOptions) {
      const { labels, lists } = lines(this, method, options);
      const values = lists.map((cells, i) => statistic(cells, options?.axis === 1 ? '' : String(labels[i])));
      return seriesOf(values, labels);
    },
  });
  onSeries({
    [method](this: SeriesLike, options?: ReduceOptions) {
      demandOptions(`${method}()`, options, ['axis', 'numericOnly']);
      return statistic(this.values, shownName(this));
    },
  });
}

onFrames({
  nUnique(this: FrameLike, axis: 0 | 1 | ReduceOptions = 0) {
    const options = typeof axis === 'object' ? axis : { axis };
    const { labels, lists } = lines(this, 'nUnique', options);
    return seriesOf(
      lists.map((cells) => countsOf(cells).size),
      labels,
    );
  },
  mode(this: FrameLike, options?: ReduceOptions & { keep?: number }) {
    const { keep = 0, ...rest } = options ?? {};
    const { labels, lists } = lines(this, 'mode', rest);
    return seriesOf(
      lists.map((cells) => modesOf(cells)[keep] ?? Number.NaN),
      labels,
    );
  },
  quantile(this: FrameLike, q: number | readonly number[] = 0.5, options?: ReduceOptions) {
    const { labels, lists } = lines(this, 'quantile', { numericOnly: true, ...options });
    const shares = Array.isArray(q) ? (q as number[]) : [q as number];
    const numbers = lists.map((cells, i) => finite(cells, String(labels[i])));
    for (const share of shares) demandQuantile(share);
    const table = numbers.map((column) => shares.map((share) => quantileOf(column, share)));
    if (Array.isArray(q)) return frameOf(labels.map(String), table, shares);
    return seriesOf(
      table.map(([value]) => value),
      labels,
    );
  },
  describe(this: FrameLike) {
    const columns = columnsOf(this);
    const numeric = columns.map((_, c) => c).filter((c) => this.dtypes[c] === 'int32' || this.dtypes[c] === 'float32');
    const names = (numeric.length > 0 ? numeric : columns.map((_, c) => c)).map((c) => this.columns[c]!);
    const described = (numeric.length > 0 ? numeric : columns.map((_, c) => c)).map((c) =>
      numeric.length > 0 ? numbersDescribed(columns[c]!, this.columns[c]!) : textDescribed(columns[c]!),
    );
    return frameOf(names, described, numeric.length > 0 ? NUMBER_ROWS : TEXT_ROWS);
  },
  corr(this: FrameLike, method: unknown = 'pearson') {
    demandPearson(method);
    return ofPairs(this, 'corr()', correlation);
  },
  cov(this: FrameLike) {
    return ofPairs(this, 'cov()', covariance);
  },
});

onSeries({
  nUnique(this: SeriesLike) {
    return countsOf(this.values).size;
  },
  unique(this: SeriesLike) {
    const values: Cell[] = [];
    const seen = new Set<Cell>();
    for (const value of this.values) {
      const own = isMissing(value) ? Number.NaN : value;
      if (!seen.has(own)) values.push(own);
      seen.add(own);
    }
    return seriesOf(values);
  },
  mode(this: SeriesLike) {
    return modesOf(this.values);
  },
  quantile(this: SeriesLike, q: number | readonly number[] = 0.5) {
    const numbers = finite(this.values, shownName(this));
    const shares = Array.isArray(q) ? (q as number[]) : [q as number];
    for (const share of shares) demandQuantile(share);
    const values = shares.map((share) => quantileOf(numbers, share));
    return Array.isArray(q) ? seriesOf(values, shares) : values[0];
  },
  describe(this: SeriesLike) {
    const numeric = this.dtypes[0] === 'int32' || this.dtypes[0] === 'float32';
    if (!numeric) return seriesOf(textDescribed(this.values), TEXT_ROWS);
    return seriesOf(numbersDescribed(this.values, shownName(this)), NUMBER_ROWS);
  },
  valueCounts(this: SeriesLike, options?: { normalize?: boolean; sort?: boolean; ascending?: boolean }) {
    demandOptions('valueCounts()', options, ['normalize', 'sort', 'ascending']);
    const counts = [...countsOf(this.values)];
    const sign = options?.ascending === true ? 1 : -1;
    if (options?.sort !== false) counts.sort(([, a], [, b]) => sign * (a - b));
    const all = options?.normalize === true ? known(this.values).length : 1;
    return seriesOf(
      counts.map(([, count]) => count / all),
      counts.map(([value]) => (typeof value === 'number' ? value : String(value))),
    );
  },
  corr(this: SeriesLike, other: SeriesLike, method: unknown = 'pearson') {
    demandPearson(method);
    return correlation(...beside(this, other, 'corr'));
  },
  cov(this: SeriesLike, other: SeriesLike) {
    return covariance(...beside(this, other, 'cov'));
  },
  argMax(this: SeriesLike) {
    return placeOfExtreme(this, 'max');
  },
  argMin(this: SeriesLike) {
    return placeOfExtreme(this, 'min');
  },
});

/** The position of the first largest or smallest value; -1 where there is none. */
function placeOfExtreme(series: SeriesLike, which: 'min' | 'max'): number {
  return series.values.indexOf(STATISTICS[which]!(series.values, shownName(series)));
}

const NUMBER_ROWS = ['count', 'mean', 'std', 'min', '25%', '50%', '75%', 'max'];
const TEXT_ROWS = ['count', 'unique', 'top', 'freq'];

function numbersDescribed(cells: readonly Cell[], column: string): Cell[] {
  const numbers = finite(cells, column);
  const quartiles = QUARTILES.map((q) => quantileOf(numbers, q));
  const [min, max] = [quantileOf(numbers, 0), quantileOf(numbers, 1)];
  return [numbers.length, meanOf(numbers), Math.sqrt(varianceOf(numbers)), min, ...quartiles, max];
}

function textDescribed(cells: readonly Cell[]): Cell[] {
  const counts = countsOf(cells);
  const [top, freq] = [...counts].reduce<[Cell, number]>(
    (best, own) => (own[1] > best[1] ? own : best),
    [Number.NaN, 0],
  );
  return [known(cells).length, counts.size, top, freq === 0 ? Number.NaN : freq];
}

function finite(cells: readonly Cell[], column: string): Float64Array {
  return numbersOf(cells, 'quantile()', column).filter((value) => !Number.isNaN(value));
}

function demandPearson(method: unknown): void {
  if (method === 'pearson') return;
  throw new TypeError("corr(): only Pearson's is here; Spearman's is df.rank().corr()");
}

/** Every two columns of numbers. */
function ofPairs(frame: FrameLike, doing: string, of: (a: Float64Array, b: Float64Array) => number): FrameLike {
  const columns = columnsOf(frame);
  const numeric = frame.columns.map((_, c) => c).filter((c) => frame.dtypes[c] !== 'string');
  const numbers = numeric.map((c) => numbersOf(columns[c]!, doing, frame.columns[c]!));
  const names = numeric.map((c) => frame.columns[c]!);
  return frameOf(
    names,
    numbers.map((a) => numbers.map((b) => of(a, b))),
    names,
  );
}

function beside(series: SeriesLike, other: SeriesLike, method: string): [Float64Array, Float64Array] {
  const own = numbersOf(series.values, `${method}()`, shownName(series));
  const given = numbersOf(other?.values ?? [], `${method}()`, '');
  if (given.length === own.length) return [own, given];
  throw new TypeError(`${method}(other): other must be a Series of ${own.length} values, row for row`);
}

/** Pearson's, over the rows where both are numbers; NaN for a constant column. */
function correlation(a: Float64Array, b: Float64Array): number {
  const { sumA, sumB, sumAB } = momentsOf(a, b);
  return sumAB / Math.sqrt(sumA * sumB);
}

/** Of the sample (n - 1), over the rows where both are numbers; NaN for fewer than two. */
function covariance(a: Float64Array, b: Float64Array): number {
  const { n, sumAB } = momentsOf(a, b);
  return n < 2 ? Number.NaN : sumAB / (n - 1);
}

/** Sums of squares and products around the means, over the rows where both are numbers. */
function momentsOf(a: Float64Array, b: Float64Array) {
  let n = 0;
  let [meanA, meanB, sumA, sumB, sumAB] = [0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]) || Number.isNaN(b[i])) continue;
    n++;
    // Welford's update, so that large means do not eat the digits.
    const [da, db] = [a[i]! - meanA, b[i]! - meanB];
    meanA += da / n;
    meanB += db / n;
    sumA += da * (a[i]! - meanA);
    sumB += db * (b[i]! - meanB);
    sumAB += da * (b[i]! - meanB);
  }
  return { n, sumA, sumB, sumAB };
}
