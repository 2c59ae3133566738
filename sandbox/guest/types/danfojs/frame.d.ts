/** A table of rows and named columns in the manner of pandas, and its groups. */

import type {
  AnyCell,
  AnyFrame,
  Cell,
  DuplicateOptions,
  FrameOptions,
  GroupOperation,
  Label,
  RankOptions,
  ReduceOptions,
  Rolling,
  Row,
  SortOptions,
  Statistic,
} from './options.d.ts';
import type { Series } from './series.d.ts';

/** A table of rows and named columns. A column is also a property: `df.age`, `df['G1']`. */
export class DataFrame {
  /**
   * From rows, an array of objects (a key that one lacks is missing there), or an object of columns, whose lists must
   * be equally long; a single value stands for all rows.
   */
  constructor(data: readonly object[] | readonly (readonly unknown[])[] | object, options?: FrameOptions);
  /** Every column is a property, read and assigned: `df.total = df.G1.add(df.G2)`. */
  // biome-ignore lint/suspicious/noExplicitAny: a column cannot be distinguished from a misspelt name before it runs
  [column: string]: any;
  readonly shape: [rows: number, columns: number];
  /** Their names; `df.columns = [...]` renames all. */
  columns: string[];
  readonly index: Label[];
  /** 'int32', 'float32' (any number with decimals), 'string', 'boolean', one for each column. */
  readonly dtypes: string[];
  /** The rows. */
  readonly values: Cell[][];
  readonly size: number;
  /** Rows and columns exchanged. */
  readonly T: DataFrame;
  column(name: string): Series;
  /** Below zero: all but so many at the end. */
  head(rows?: number): DataFrame;
  tail(rows?: number): DataFrame;
  /** By labels: rows by index labels or a mask, columns by name. Throws for a name or label that is not there. */
  loc(at: { rows?: readonly Label[] | Series | readonly boolean[]; columns?: readonly string[] }): DataFrame;
  /** By positions (-1 is the last), a mask, or slices such as '0:5'. */
  iloc(at: { rows?: readonly (number | string)[]; columns?: readonly (number | string)[] }): DataFrame;
  at(row: Label, column: string): Cell;
  iat(row: number, column: number): Cell;
  /**
   * The rows for which a condition holds: a text in the manner of pandas, a mask with a value for each row, or a
   * function of a row. The text knows `== != < <= > >=`, chains (`15 < age <= 17`), `in ['GP']`, `not in`, `and`, `or`,
   * `not`, `+ - * / % **`, brackets, and `odd names` in backticks. A missing value fulfils only `!=`.
   * Throws for an unknown column, for text compared with a number by size, and for a mask of another length.
   * @example
   * df.query('age > 17 and sex == "F"')
   * df.query(df.age.gt(17).and(df.sex.eq('F')))
   * df.query((row) => row.age > 17)
   */
  query(
    condition: string | Series | readonly boolean[] | ((row: AnyCell, position: number) => unknown),
    options?: { inplace?: boolean },
  ): DataFrame;
  /** `num` rows drawn at random from all rows; the same seed draws the same. */
  sample(num?: number, options?: { seed?: number }): DataFrame;
  /** A frame with one more column, or that column replaced; `inplace` changes this one. */
  addColumn(
    name: string,
    values: Series | readonly Cell[],
    options?: { inplace?: boolean; atIndex?: number | string },
  ): DataFrame;
  /** Without columns, or without rows by their labels. Throws for what is not there. */
  drop(
    what:
      | string
      | readonly string[]
      | { columns?: string | readonly string[]; index?: Label | readonly Label[]; inplace?: boolean },
  ): DataFrame;
  /**
   * With more columns, each a Series, a list, one value for all rows, or a function of the frame so far.
   * @example
   * df.assign({ total: (d) => d.G1.add(d.G2), source: 'school' })
   */
  assign(
    columns: Readonly<
      Record<string, Series | readonly Cell[] | Cell | ((frame: AnyFrame) => Series | readonly Cell[] | Cell)>
    >,
  ): DataFrame;
  /** `{ old: 'new' }`, or as pandas has it `{ columns: { old: 'new' } }`, or a function of a name. */
  rename(
    names:
      | Readonly<Record<string, string>>
      | ((name: string) => string)
      | { columns?: Readonly<Record<string, string>> | ((name: string) => string) },
    options?: { axis?: 0 | 1; inplace?: boolean },
  ): DataFrame;
  /**
   * By one column or several, the first one first. Equal rows keep their order; missing values come last unless
   * `naPosition` is 'first'. Throws where a column mixes numbers and text.
   */
  sortValues(by: string | readonly string[], options?: SortOptions): DataFrame;
  /** The `n` rows with the largest values of a column, largest first. */
  nLargest(n: number, by: string): DataFrame;
  /** The `n` rows with the smallest values of a column, smallest first. */
  nSmallest(n: number, by: string): DataFrame;
  sortIndex(options?: { ascending?: boolean; inplace?: boolean }): DataFrame;
  /** Labels must differ: throws where two are the same. */
  setIndex(
    options: string | { column?: string; index?: readonly Label[]; drop?: boolean; inplace?: boolean },
  ): DataFrame;
  resetIndex(options?: { inplace?: boolean }): DataFrame;
  /** One value by another, or several by an object or a Map: `df.replace({ GP: 'A', MS: 'B' })`. */
  replace(old: Cell, fresh: Cell, options?: { columns?: readonly string[]; inplace?: boolean }): DataFrame;
  replace(
    values: Readonly<Record<string, Cell>> | ReadonlyMap<Cell, Cell>,
    options?: { columns?: readonly string[]; inplace?: boolean },
  ): DataFrame;
  /** Throws for text that is no number; missing values stay missing. */
  asType(column: string, dtype: 'int32' | 'float32' | 'string' | 'boolean', options?: { inplace?: boolean }): DataFrame;
  /** Columns of these types; 'number' stands for 'int32' and 'float32'. */
  selectDtypes(dtypes: string | readonly string[]): DataFrame;
  /** A copy that shares nothing with this frame. */
  copy(): DataFrame;
  /** true where a value is NaN, null or undefined. */
  isNa(): DataFrame;
  notNa(): DataFrame;
  /** One value for all, a value for each of `columns`, or an object of columns: `df.fillNa({ age: df.age.median() })`. */
  fillNa(
    values: Cell | readonly Cell[] | Readonly<Record<string, Cell>>,
    options?: { columns?: readonly string[]; inplace?: boolean },
  ): DataFrame;
  /** Values where the mask is false become `other`, by default missing; `mask` does so where it is true. */
  where(
    mask: DataFrame | Series | readonly boolean[] | ((frame: DataFrame) => DataFrame | Series),
    other?: Cell | DataFrame,
  ): DataFrame;
  mask(
    mask: DataFrame | Series | readonly boolean[] | ((frame: DataFrame) => DataFrame | Series),
    other?: Cell | DataFrame,
  ): DataFrame;
  /** A missing value becomes the last one before it (`bfill`: the next one), over at most `limit` in a row. */
  ffill(options?: { limit?: number; inplace?: boolean }): DataFrame;
  bfill(options?: { limit?: number; inplace?: boolean }): DataFrame;
  /** Without rows that miss a value, in any column or in one of `subset`; or without such columns. */
  dropNa(options?: { axis?: 'rows' | 'columns'; subset?: string | readonly string[]; inplace?: boolean }): DataFrame;
  /** Without rows that were there before, looking at all columns or at `subset`; `keep: false` drops all of them. */
  dropDuplicates(options?: DuplicateOptions & { inplace?: boolean }): DataFrame;
  /** true for the rows that dropDuplicates() would drop. */
  duplicated(options?: DuplicateOptions): Series;
  /** Where a value is among these, or among those of its column: `df.isIn({ age: [15, 16] })`. */
  isIn(values: readonly Cell[] | Series | ReadonlySet<Cell> | Readonly<Record<string, readonly Cell[]>>): DataFrame;
  /** How many different values each column has (axis 1: each row); missing ones do not count. */
  nUnique(axis?: 0 | 1): Series;
  /** How often each combination of values occurs, most frequent first, as a column `count`. */
  valueCounts(options?: { subset?: string | readonly string[] }): DataFrame;
  /** count, mean, std, min, 25%, 50%, 75% and max of each column of numbers; without any, count, unique, top and freq. */
  describe(): DataFrame;
  /**
   * Of each column; `{ axis: 1 }`: of each row. Missing values are left out, as in pandas: the mean of none is NaN,
   * their sum 0. Throws where a column is text, unless `numericOnly` leaves such columns out.
   */
  mean(options?: ReduceOptions): Series;
  median(options?: ReduceOptions): Series;
  mode(options?: ReduceOptions & { keep?: number }): Series;
  /** Of the sample (n - 1); NaN for fewer than two values. */
  std(options?: ReduceOptions): Series;
  var(options?: ReduceOptions): Series;
  min(options?: ReduceOptions): Series;
  max(options?: ReduceOptions): Series;
  sum(options?: ReduceOptions): Series;
  prod(options?: ReduceOptions): Series;
  count(options?: ReduceOptions): Series;
  /** Of the columns of numbers, linear between neighbours; for a list of shares a frame with a row for each. */
  quantile(q?: number, options?: ReduceOptions): Series;
  quantile(q: readonly number[], options?: ReduceOptions): DataFrame;
  /** Pearson's correlation of every two columns of numbers. */
  corr(): DataFrame;
  /** Covariance of every two columns of numbers, of the sample (n - 1). */
  cov(): DataFrame;
  /** Down each column, or along each row; a missing value stays missing and is passed over. Throws for text. */
  cumSum(options?: { axis?: 0 | 1; inplace?: boolean }): DataFrame;
  cumProd(options?: { axis?: 0 | 1; inplace?: boolean }): DataFrame;
  cumMin(options?: { axis?: 0 | 1; inplace?: boolean }): DataFrame;
  cumMax(options?: { axis?: 0 | 1; inplace?: boolean }): DataFrame;
  /** 1 for the smallest of each column; equal values share their mean rank unless `method` says otherwise. */
  rank(options?: RankOptions & { numericOnly?: boolean }): DataFrame;
  /** Values `periods` rows further down (negative: up); what comes in is missing, or `fillValue`. */
  shift(periods?: number, options?: { fillValue?: Cell }): DataFrame;
  /** Statistics of each value with those before it: `rolling(3).mean()`; `minPeriods`: how many must be there, default all. */
  rolling(size: number, options?: { minPeriods?: number }): Rolling<DataFrame>;
  /** Each value less the one `periods` rows before. Throws for text. */
  diff(periods?: number): DataFrame;
  /** Values outside the bounds become the bounds; missing ones stay missing. Throws for text. */
  clip(lower?: number | { lower?: number; upper?: number }, upper?: number): DataFrame;
  /**
   * Columns below one another: a row for each row and value column, with the column's name and its value.
   * @example
   * df.melt({ idVars: 'school', valueVars: ['G1', 'G2'], varName: 'term', valueName: 'grade' })
   */
  melt(options?: {
    idVars?: string | readonly string[];
    valueVars?: string | readonly string[];
    varName?: string;
    valueName?: string;
  }): DataFrame;
  /**
   * A row for each value of `index`, a column for each value of `columns`, in each cell a statistic of `values`
   * (default: the mean). Rows whose key is missing are left out; a cell without rows is missing, or `fillValue`.
   * @example
   * df.pivotTable({ index: 'school', columns: 'sex', values: 'G3', aggFunc: 'median' })
   */
  pivotTable(options: {
    index: string | readonly string[];
    columns?: string | readonly string[];
    values?: string | readonly string[];
    aggFunc?: Statistic | ((values: Cell[]) => Cell);
    fillValue?: Cell;
  }): DataFrame;
  add(other: number | Series | DataFrame, options?: { axis?: 0 | 1; inplace?: boolean }): DataFrame;
  sub(other: number | Series | DataFrame, options?: { axis?: 0 | 1; inplace?: boolean }): DataFrame;
  mul(other: number | Series | DataFrame, options?: { axis?: 0 | 1; inplace?: boolean }): DataFrame;
  div(other: number | Series | DataFrame, options?: { axis?: 0 | 1; inplace?: boolean }): DataFrame;
  pow(other: number | Series | DataFrame, options?: { axis?: 0 | 1; inplace?: boolean }): DataFrame;
  mod(other: number | Series | DataFrame, options?: { axis?: 0 | 1; inplace?: boolean }): DataFrame;
  abs(options?: { inplace?: boolean }): DataFrame;
  round(digits?: number, options?: { inplace?: boolean }): DataFrame;
  gt(other: number | Series | DataFrame, options?: { axis?: 0 | 1 }): DataFrame;
  lt(other: number | Series | DataFrame, options?: { axis?: 0 | 1 }): DataFrame;
  ge(other: number | Series | DataFrame, options?: { axis?: 0 | 1 }): DataFrame;
  le(other: number | Series | DataFrame, options?: { axis?: 0 | 1 }): DataFrame;
  eq(other: Cell | Series | DataFrame, options?: { axis?: 0 | 1 }): DataFrame;
  ne(other: Cell | Series | DataFrame, options?: { axis?: 0 | 1 }): DataFrame;
  /** Calls back with each row (axis 1, the default; cells by place and by column name) or column (axis 0), nothing left out. */
  apply(callback: (cells: AnyCell) => unknown, options?: { axis?: 0 | 1 }): DataFrame & Series;
  applyMap(callback: (cell: AnyCell) => Cell, options?: { inplace?: boolean }): DataFrame;
  /** The groups of rows with equal values in these columns, in the order of the values; rows that miss one are left out. */
  groupby(columns: string | readonly string[]): Groupby;
  /** Writes the table to the log, as console.table(df) does. */
  print(): void;
  toString(): string;
  toCSV(options?: { filePath?: string }): string;
  toJSON(): Row[];
}

/**
 * The groups of a frame, in the order of their keys. Without `col` every column of numbers counts. Missing values are
 * left out of every statistic. A result has the keys as columns, and `G3_mean` for the mean of G3.
 * @example
 * df.groupby('school').col('G3').median()
 * df.groupby(['school', 'sex']).agg({ G3: ['mean', 'count'], age: 'max' })
 */
export class Groupby {
  /** A column of the frame is `.col(name)`: `df.groupby('school').G3.mean()`. */
  // biome-ignore lint/suspicious/noExplicitAny: a column cannot be distinguished from a misspelt name before it runs
  [column: string]: any;
  col(columns: string | readonly string[]): Groupby;
  /** `for (const [school, students] of df.groupby('school'))`; several keys are a list. */
  [Symbol.iterator](): IterableIterator<[AnyCell, DataFrame]>;
  mean(): DataFrame;
  sum(): DataFrame;
  prod(): DataFrame;
  median(): DataFrame;
  /** Of the sample (n - 1); NaN for fewer than two values. */
  std(): DataFrame;
  var(): DataFrame;
  quantile(q?: number): DataFrame;
  min(): DataFrame;
  max(): DataFrame;
  /** Of the values that are not missing. */
  count(): DataFrame;
  nUnique(): DataFrame;
  mode(): DataFrame;
  /** The first value that is not missing. */
  first(): DataFrame;
  last(): DataFrame;
  /** The rows of each group, as a column `size`. */
  size(): DataFrame;
  /** Within each group; a row for each row. */
  cumSum(): DataFrame;
  cumProd(): DataFrame;
  cumMin(): DataFrame;
  cumMax(): DataFrame;
  readonly ngroups: number;
  /** Key -> labels of its rows. */
  readonly groups: Record<string, Label[]>;
  /** The rows of one group. Throws, naming the groups, where there is none. */
  getGroup(keys: Cell | readonly Cell[]): DataFrame;
  /** One operation for all, or `{ G3: 'mean', age: ['min', (values) => values.length] }`. */
  agg(
    operations:
      | GroupOperation
      | readonly GroupOperation[]
      | Readonly<Record<string, GroupOperation | readonly GroupOperation[]>>,
  ): DataFrame;
  /** Each group's statistic at its rows: a Series after `.col('G3')`, else a frame. */
  transform(operation: GroupOperation): DataFrame & Series;
  /** A frame, a Series or one value for each group, below one another. */
  apply(callback: (group: DataFrame) => DataFrame | Series | Cell): DataFrame;
}
