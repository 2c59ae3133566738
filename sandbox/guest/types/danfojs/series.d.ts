/** One column of values, in the manner of pandas. */
import type { AnyCell, Cell, CutOptions, Label, QcutOptions, RankOptions, Rolling, SortOptions } from './options.d.ts';

/** One column. */
export class Series {
  constructor(values: readonly Cell[], options?: { index?: readonly Label[]; columns?: readonly string[] });
  readonly values: Cell[];
  readonly index: Label[];
  readonly shape: [rows: number];
  /** `for (const value of series)` */
  [Symbol.iterator](): IterableIterator<Cell>;
  readonly dtypes: string[];
  readonly size: number;
  /** Methods for text: `s.str.toUpperCase()`. */
  readonly str: Str;
  /** Methods for dates: `s.dt.year()`. */
  readonly dt: Dt;
  /** Below zero: all but so many at the end. */
  head(rows?: number): Series;
  tail(rows?: number): Series;
  iloc(positions: readonly (number | string)[]): Series;
  loc(labels: readonly Label[] | readonly boolean[]): Series;
  at(label: Label): Cell;
  sample(num?: number, options?: { seed?: number }): Series;
  add(other: number | Series, options?: { inplace?: boolean }): Series;
  sub(other: number | Series, options?: { inplace?: boolean }): Series;
  mul(other: number | Series, options?: { inplace?: boolean }): Series;
  div(other: number | Series, options?: { inplace?: boolean }): Series;
  pow(other: number | Series, options?: { inplace?: boolean }): Series;
  mod(other: number | Series, options?: { inplace?: boolean }): Series;
  abs(options?: { inplace?: boolean }): Series;
  round(digits?: number, options?: { inplace?: boolean }): Series;
  /** Missing values are left out, as in pandas: the mean of none is NaN, their sum 0. Throws for text. */
  mean(): number;
  median(): number;
  /** All values that occur most often, ascending. */
  mode(): AnyCell[];
  /** Of the sample (n - 1); NaN for fewer than two values. */
  std(): number;
  var(): number;
  /** Of numbers or of text; NaN for none. */
  min(): AnyCell;
  max(): AnyCell;
  sum(): number;
  prod(): number;
  /** Of the values that are not missing. */
  count(): number;
  /** Linear between neighbours; for a list of shares a Series with a value for each. Throws unless 0 <= q <= 1. */
  quantile(q?: number): number;
  quantile(q: readonly number[]): Series;
  /** Pearson's, over the rows where both have a number. Throws for another length. */
  corr(other: Series): number;
  /** Of the sample (n - 1), over the rows where both have a number. Throws for another length. */
  cov(other: Series): number;
  /** The position of the first largest value; -1 where there is none. */
  argMax(): number;
  argMin(): number;
  /** The positions in the order of the values. */
  argSort(options?: SortOptions): Series;
  /** A missing value stays missing and is passed over. Throws for text. */
  cumSum(options?: { inplace?: boolean }): Series;
  cumProd(options?: { inplace?: boolean }): Series;
  cumMin(options?: { inplace?: boolean }): Series;
  cumMax(options?: { inplace?: boolean }): Series;
  /** 1 for the smallest; equal values share their mean rank unless `method` says otherwise; missing stays missing. */
  rank(options?: RankOptions): Series;
  /** Values `periods` rows further down (negative: up); what comes in is missing, or `fillValue`. */
  shift(periods?: number, options?: { fillValue?: Cell }): Series;
  /**
   * Statistics of each value with the `size - 1` before it: `rolling(3).mean()`. Missing where fewer than `minPeriods` of
   * them are there, by default all. Throws for text.
   */
  rolling(size: number, options?: { minPeriods?: number }): Rolling<Series>;
  /** Each value less the one `periods` rows before. */
  diff(periods?: number): Series;
  /** Each value over the one `periods` rows before, less 1. */
  pctChange(periods?: number): Series;
  /** Values outside the bounds become the bounds; missing ones stay missing. */
  clip(lower?: number | { lower?: number; upper?: number }, upper?: number): Series;
  /** As `cut` of danfojs. */
  cut(bins: number | readonly number[], options?: CutOptions): Series;
  /** As `qcut` of danfojs. */
  qcut(q: number | readonly number[], options?: QcutOptions): Series;
  /** count, mean, std, min, 25%, 50%, 75% and max; of text count, unique, top and freq. */
  describe(): Series;
  /** A missing value lies on no side of anything. Throws where text meets numbers. */
  gt(other: number | string | Series | readonly Cell[]): Series;
  lt(other: number | string | Series | readonly Cell[]): Series;
  ge(other: number | string | Series | readonly Cell[]): Series;
  le(other: number | string | Series | readonly Cell[]): Series;
  eq(other: Cell | Series): Series;
  ne(other: Cell | Series): Series;
  and(other: Series | readonly boolean[] | boolean): Series;
  or(other: Series | readonly boolean[] | boolean): Series;
  not(): Series;
  /** Where a value lies from `low` to `high`, both included unless `inclusive` says otherwise. */
  between(low: Cell, high: Cell, inclusive?: 'both' | 'neither' | 'left' | 'right'): Series;
  /** Where a value is among these. */
  isIn(values: readonly Cell[] | Series | ReadonlySet<Cell>): Series;
  /** The different values in the order they are first seen; a missing one once. */
  unique(): Series;
  /** How many different values there are; missing ones do not count. */
  nUnique(): number;
  /** How often each value occurs, most frequent first; the values are the index. `normalize`: as shares. */
  valueCounts(options?: { normalize?: boolean; sort?: boolean; ascending?: boolean }): Series;
  /** Without values that were there before; `keep: false` drops all of them. */
  dropDuplicates(options?: { keep?: 'first' | 'last' | false; inplace?: boolean }): Series;
  /** true for the values that dropDuplicates() would drop. */
  duplicated(options?: { keep?: 'first' | 'last' | false }): Series;
  /** By an object, a Map or a function; a value that the object lacks becomes missing, as in pandas (replace() keeps it). */
  map(
    how: Readonly<Record<string, Cell>> | ReadonlyMap<Cell, Cell> | ((value: AnyCell) => Cell),
    options?: { inplace?: boolean },
  ): Series;
  apply(callback: (value: AnyCell) => Cell, options?: { inplace?: boolean }): Series;
  /** One value by another, or several by an object or a Map; all others stay. */
  replace(old: Cell, fresh: Cell, options?: { inplace?: boolean }): Series;
  replace(values: Readonly<Record<string, Cell>> | ReadonlyMap<Cell, Cell>, options?: { inplace?: boolean }): Series;
  /** true where a value is NaN, null or undefined. */
  isNa(): Series;
  notNa(): Series;
  /** Values where the mask is false become `other`, by default missing; `mask` does so where it is true. */
  where(
    mask: Series | readonly boolean[] | ((values: Series) => Series),
    other?: Cell | Series | readonly Cell[],
  ): Series;
  mask(
    mask: Series | readonly boolean[] | ((values: Series) => Series),
    other?: Cell | Series | readonly Cell[],
  ): Series;
  /** A missing value becomes the last one before it (`bfill`: the next one), over at most `limit` in a row. */
  ffill(options?: { limit?: number; inplace?: boolean }): Series;
  bfill(options?: { limit?: number; inplace?: boolean }): Series;
  fillNa(value: Cell, options?: { inplace?: boolean }): Series;
  dropNa(options?: { inplace?: boolean }): Series;
  /** Equal values keep their order; missing ones come last unless `naPosition` is 'first'. */
  sortValues(options?: SortOptions): Series;
  sortIndex(options?: SortOptions): Series;
  /** Throws for text that is no number; missing values stay missing. */
  asType(dtype: 'int32' | 'float32' | 'string' | 'boolean', options?: { inplace?: boolean }): Series;
  copy(): Series;
  print(): void;
  toString(): string;
}

export class Str {
  toLowerCase(): Series;
  toUpperCase(): Series;
  capitalize(): Series;
  includes(part: string): Series;
  startsWith(part: string): Series;
  endsWith(part: string): Series;
  replace(part: string, fresh: string): Series;
  trim(): Series;
  len(): Series;
}
export class Dt {
  year(): Series;
  /** 1 to 12. */
  month(): Series;
  dayOfMonth(): Series;
  /** Monday is 0. */
  dayOfWeek(): Series;
  monthName(): Series;
  dayOfWeekName(): Series;
  /** As `2020-01-31`. */
  date(): Series;
  hours(): Series;
  minutes(): Series;
  seconds(): Series;
  /** Itself, as in pandas. */
  readonly dt: Dt;
}
