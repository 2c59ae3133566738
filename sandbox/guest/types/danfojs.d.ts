/** Tables in the manner of pandas (danfojs 1.2.0), with the bugs mended that a workshop meets. */

export type Cell = string | number | boolean | null | undefined;
export type Label = string | number;

export interface FrameOptions {
  readonly columns?: readonly string[];
  readonly index?: readonly Label[];
  readonly dtypes?: readonly string[];
}

/** A table of rows and named columns. A column is also a property: `df.age`, `df['G1']`. */
export class DataFrame {
  /** From rows, an array of objects, or an object of columns. */
  constructor(data: readonly object[] | readonly (readonly unknown[])[] | object, options?: FrameOptions);
  /** Every column is a property, read and assigned: `df.total = df.G1.add(df.G2)`. */
  // biome-ignore lint/suspicious/noExplicitAny: a column cannot be distinguished from a misspelt name before it runs
  [column: string]: any;
  readonly shape: [rows: number, columns: number];
  readonly columns: string[];
  readonly index: Label[];
  /** 'int32', 'float32' (any number with decimals), 'string', 'boolean', one for each column. */
  readonly dtypes: string[];
  /** The rows. */
  readonly values: Cell[][];
  readonly size: number;
  /** Rows and columns exchanged. */
  readonly T: DataFrame;
  column(name: string): Series;
  head(rows?: number): DataFrame;
  tail(rows?: number): DataFrame;
  /** By labels: rows by index labels or a mask, columns by name. */
  loc(at: { rows?: readonly Label[] | Series | readonly boolean[]; columns?: readonly string[] }): DataFrame;
  /** By positions, or slices such as '0:5'. */
  iloc(at: { rows?: readonly (number | string)[]; columns?: readonly (number | string)[] }): DataFrame;
  at(row: Label, column: string): Cell;
  iat(row: number, column: number): Cell;
  /** The rows for which the mask is true: `df.query(df.age.gt(17).and(df.sex.eq('F')))`. */
  query(mask: Series | readonly boolean[], options?: { inplace?: boolean }): DataFrame;
  /** `num` rows drawn at random from all rows; the same seed draws the same. */
  sample(num?: number, options?: { seed?: number }): Promise<DataFrame>;
  /** A frame with one more column, or that column replaced; `inplace` changes this one. */
  addColumn(
    name: string,
    values: Series | readonly Cell[],
    options?: { inplace?: boolean; atIndex?: number | string },
  ): DataFrame;
  drop(what: { columns?: string | readonly string[]; index?: readonly Label[]; inplace?: boolean }): DataFrame;
  rename(names: Readonly<Record<string, string>>, options?: { axis?: 0 | 1; inplace?: boolean }): DataFrame;
  sortValues(by: string, options?: { ascending?: boolean; inplace?: boolean }): DataFrame;
  sortIndex(options?: { ascending?: boolean; inplace?: boolean }): DataFrame;
  setIndex(options: { column?: string; index?: readonly Label[]; drop?: boolean; inplace?: boolean }): DataFrame;
  resetIndex(options?: { inplace?: boolean }): DataFrame;
  replace(old: Cell, fresh: Cell, options?: { columns?: readonly string[]; inplace?: boolean }): DataFrame;
  asType(column: string, dtype: 'int32' | 'float32' | 'string' | 'boolean', options?: { inplace?: boolean }): DataFrame;
  selectDtypes(dtypes: readonly string[]): DataFrame;
  /** A copy that shares nothing with this frame. */
  copy(): DataFrame;
  isNa(): DataFrame;
  fillNa(values: Cell | readonly Cell[], options?: { columns?: readonly string[]; inplace?: boolean }): DataFrame;
  /** axis 1: without rows that miss a value; axis 0: without such columns. */
  dropNa(options?: { axis?: 0 | 1; inplace?: boolean }): DataFrame;
  nUnique(axis?: 0 | 1): Series;
  /** count, mean, std, min, median, max and variance of each column of numbers. */
  describe(): DataFrame;
  /** Of each column; `{axis: 1}`: of each row. Throws where a column is text. */
  mean(options?: { axis?: 0 | 1 }): Series;
  median(options?: { axis?: 0 | 1 }): Series;
  mode(options?: { axis?: 0 | 1; keep?: number }): Series;
  std(options?: { axis?: 0 | 1 }): Series;
  var(options?: { axis?: 0 | 1 }): Series;
  min(options?: { axis?: 0 | 1 }): Series;
  max(options?: { axis?: 0 | 1 }): Series;
  sum(options?: { axis?: 0 | 1 }): Series;
  count(options?: { axis?: 0 | 1 }): Series;
  /** Pearson's correlation of every two columns of numbers. */
  corr(): DataFrame;
  cumSum(options?: { axis?: 0 | 1 }): DataFrame;
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
  /** Calls back with each row (axis 1, the default) or column (axis 0). */
  // biome-ignore lint/suspicious/noExplicitAny: the cells of a row have many types
  apply(callback: (cells: any[]) => unknown, options?: { axis?: 0 | 1 }): DataFrame & Series;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  applyMap(callback: (cell: any) => Cell, options?: { inplace?: boolean }): DataFrame;
  groupby(columns: readonly string[]): Groupby;
  /** Writes the table to the log, as console.table(df) does. */
  print(): void;
  toString(): string;
  toCSV(options?: { filePath?: string }): string;
  toJSON(): Row[];
}

/** One column. */
export class Series {
  constructor(values: readonly Cell[], options?: { index?: readonly Label[]; columns?: readonly string[] });
  readonly values: Cell[];
  readonly index: Label[];
  readonly shape: [rows: number, columns: 1];
  readonly dtypes: string[];
  readonly size: number;
  /** Methods for text: `s.str.toUpperCase()`. */
  readonly str: Str;
  /** Methods for dates: `s.dt.year()`. */
  readonly dt: Dt;
  head(rows?: number): Series;
  tail(rows?: number): Series;
  iloc(positions: readonly (number | string)[]): Series;
  loc(labels: readonly Label[] | readonly boolean[]): Series;
  at(label: Label): Cell;
  sample(num?: number, options?: { seed?: number }): Promise<Series>;
  add(other: number | Series, options?: { inplace?: boolean }): Series;
  sub(other: number | Series, options?: { inplace?: boolean }): Series;
  mul(other: number | Series, options?: { inplace?: boolean }): Series;
  div(other: number | Series, options?: { inplace?: boolean }): Series;
  pow(other: number | Series, options?: { inplace?: boolean }): Series;
  mod(other: number | Series, options?: { inplace?: boolean }): Series;
  abs(options?: { inplace?: boolean }): Series;
  round(digits?: number, options?: { inplace?: boolean }): Series;
  mean(): number;
  median(): number;
  mode(): number[];
  std(): number;
  var(): number;
  min(): number;
  max(): number;
  sum(): number;
  count(): number;
  argMax(): number;
  argMin(): number;
  cumSum(options?: { inplace?: boolean }): Series;
  describe(): Series;
  gt(other: number | Series | readonly number[]): Series;
  lt(other: number | Series | readonly number[]): Series;
  ge(other: number | Series | readonly number[]): Series;
  le(other: number | Series | readonly number[]): Series;
  eq(other: Cell | Series): Series;
  ne(other: Cell | Series): Series;
  and(other: Series | readonly boolean[] | boolean): Series;
  or(other: Series | readonly boolean[] | boolean): Series;
  unique(): Series;
  nUnique(): number;
  /** How often each value occurs; the values are the index. */
  valueCounts(): Series;
  // biome-ignore lint/suspicious/noExplicitAny: a cell has many types
  map(how: Readonly<Record<string, Cell>> | ((value: any) => Cell), options?: { inplace?: boolean }): Series;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  apply(callback: (value: any) => Cell, options?: { inplace?: boolean }): Series;
  replace(old: Cell, fresh: Cell, options?: { inplace?: boolean }): Series;
  isNa(): Series;
  fillNa(value: Cell, options?: { inplace?: boolean }): Series;
  dropNa(options?: { inplace?: boolean }): Series;
  sortValues(options?: { ascending?: boolean; inplace?: boolean }): Series;
  asType(dtype: 'int32' | 'float32' | 'string' | 'boolean', options?: { inplace?: boolean }): Series;
  copy(): Series;
  print(): void;
  toString(): string;
}

export type Row = Record<string, Cell>;

/** The groups of a frame. Without `col` every column of numbers counts. */
export class Groupby {
  col(columns: readonly string[]): Groupby;
  mean(): DataFrame;
  sum(): DataFrame;
  count(): DataFrame;
  std(): DataFrame;
  var(): DataFrame;
  min(): DataFrame;
  max(): DataFrame;
  first(): DataFrame;
  last(): DataFrame;
  size(): DataFrame;
  readonly ngroups: number;
  getGroup(keys: readonly Cell[]): DataFrame;
  /** `{G3: 'mean', age: ['min', 'max']}` */
  agg(operations: Readonly<Record<string, string | readonly string[]>>): DataFrame;
  apply(callback: (group: DataFrame) => DataFrame | Series): DataFrame;
}

export class Str {
  toLowerCase(): Series;
  toUpperCase(): Series;
  capitalize(): Series;
  includes(part: string): Series;
  startsWith(part: string): Series;
  endsWith(part: string): Series;
  replace(part: string, fresh: string): Series;
  split(by?: string): Series;
  trim(): Series;
  len(): Series;
}
export class Dt {
  year(): Series;
  month(): Series;
  dayOfMonth(): Series;
  dayOfWeek(): Series;
  hours(): Series;
}

/** Texts to whole numbers, in the order they are first seen. */
export class LabelEncoder {
  fit(values: readonly Cell[] | Series): this;
  transform<T extends readonly Cell[] | Series>(values: T): T;
  fitTransform<T extends readonly Cell[] | Series>(values: T): T;
  inverseTransform<T extends readonly number[] | Series>(values: T): T;
}
export class OneHotEncoder {
  fit(values: readonly Cell[] | Series): this;
  transform(values: readonly Cell[]): number[][];
  transform(values: Series): DataFrame;
}
/** Mean 0 and deviation 1 for each column; a constant column becomes 0. */
export class StandardScaler {
  fit(data: DataFrame | Series | readonly number[][] | readonly number[]): this;
  transform<T extends DataFrame | Series | readonly number[][] | readonly number[]>(data: T): T;
  fitTransform<T extends DataFrame | Series | readonly number[][] | readonly number[]>(data: T): T;
  inverseTransform<T extends DataFrame | Series | readonly number[][] | readonly number[]>(data: T): T;
}
/** Each column into 0..1. */
export class MinMaxScaler {
  fit(data: DataFrame | Series | readonly number[][] | readonly number[]): this;
  transform<T extends DataFrame | Series | readonly number[][] | readonly number[]>(data: T): T;
  fitTransform<T extends DataFrame | Series | readonly number[][] | readonly number[]>(data: T): T;
  inverseTransform<T extends DataFrame | Series | readonly number[][] | readonly number[]>(data: T): T;
}

/**
 * One column of 0 and 1 for each level of a text column, levels in alphabetical order.
 * @example
 * getDummies(df, { columns: ['Mjob'], dropFirst: true })
 */
export function getDummies(
  data: DataFrame | Series,
  options?: {
    columns?: string | readonly string[];
    prefix?: string | readonly string[];
    prefixSeparator?: string | readonly string[];
    dropFirst?: boolean;
  },
): DataFrame;

/** Frames below one another (axis 0) or side by side (axis 1). */
export function concat(input: { dfList: readonly (DataFrame | Series)[]; axis?: 0 | 1 }): DataFrame & Series;

export function merge(input: {
  left: DataFrame;
  right: DataFrame;
  on: readonly string[];
  how: 'inner' | 'left' | 'right' | 'outer';
}): DataFrame;

/** A frame from a file of the workspace, or from CSV text. */
export function readCSV(pathOrText: string): Promise<DataFrame>;
/** CSV text; written to `filePath` if given. */
export function toCSV(frame: DataFrame, options?: { filePath?: string }): string;
/** An array of objects; `{format: 'row'}`: an object of columns. */
export function toJSON(frame: DataFrame, options?: { format?: 'column' | 'row' }): object;
export function toDateTime(dates: readonly string[] | Series): Dt;
export function dateRange(options: {
  start?: string;
  end?: string;
  period?: number;
  freq?: 'M' | 'D' | 's' | 'H' | 'm' | 'Y';
}): string[];
