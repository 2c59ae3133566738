/** Types that several classes of danfojs share. */

export type Cell = string | number | boolean | null | undefined;
export type Label = string | number;

export interface FrameOptions {
  readonly columns?: readonly string[];
  readonly index?: readonly Label[];
  readonly dtypes?: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: the data decides, which no compiler sees
export type AnyCell = any;
/** A frame whose columns only the data knows. */
export type AnyFrame = AnyCell;

export type Row = Record<string, Cell>;

export type Statistic =
  | 'mean'
  | 'sum'
  | 'prod'
  | 'median'
  | 'std'
  | 'var'
  | 'min'
  | 'max'
  | 'count'
  | 'size'
  | 'nUnique'
  | 'mode'
  | 'first'
  | 'last';

/** A statistic, one that runs ('cumSum' ...), pandas' spelling of it, or a function of a group's values. */
export type GroupOperation =
  | Statistic
  | 'cumSum'
  | 'cumProd'
  | 'cumMin'
  | 'cumMax'
  | (string & {})
  | ((values: AnyCell[]) => Cell);

export interface ReduceOptions {
  /** 0 (default): of each column; 1: of each row. */
  readonly axis?: 0 | 1;
  /** Leaves columns of text out. */
  readonly numericOnly?: boolean;
}

export interface SortOptions {
  /** Default true; for several columns a list. */
  readonly ascending?: boolean | readonly boolean[];
  /** Where missing values go. Default 'last'. */
  readonly naPosition?: 'first' | 'last';
  readonly inplace?: boolean;
}

export interface DuplicateOptions {
  /** The columns that are compared. Default: all. */
  readonly subset?: string | readonly string[];
  /** Which one of equal rows stays. Default 'first'. */
  readonly keep?: 'first' | 'last' | false;
}

export interface RankOptions {
  /** What equal values get. Default 'average'. */
  readonly method?: 'average' | 'min' | 'max' | 'first' | 'dense';
  readonly ascending?: boolean;
  /** Missing values: no rank ('keep', default), the first ranks, or the last ones. */
  readonly naOption?: 'keep' | 'top' | 'bottom';
  /** Ranks as shares. */
  readonly pct?: boolean;
}

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

export interface QcutOptions {
  readonly labels?: readonly Cell[] | false;
  readonly precision?: number;
  /** What equal edges do: throw (default), or become one. */
  readonly duplicates?: 'raise' | 'drop';
}

/** What `rolling(3)` answers: each row's value with those before it. `T`: a Series, or a frame with a column for each. */
export interface Rolling<T> {
  mean(): T;
  sum(): T;
  min(): T;
  max(): T;
  median(): T;
  /** Of the sample (n - 1). */
  std(): T;
  var(): T;
}
