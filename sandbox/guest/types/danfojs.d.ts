/**
 * Tables in the manner of pandas (danfojs 1.2.0): what it does otherwise than pandas is put right, what a workshop
 * needs is added. NaN, null and undefined are all "missing".
 */
import type { DataFrame } from './danfojs/frame.d.ts';
import type { Cell, CutOptions, QcutOptions } from './danfojs/options.d.ts';
import type { Dt, Series } from './danfojs/series.d.ts';

export { DataFrame, Groupby } from './danfojs/frame.d.ts';
export * from './danfojs/options.d.ts';
export { Dt, Series, Str } from './danfojs/series.d.ts';

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
 * One column of 0 and 1 for each level of a text column, levels in alphabetical order; where a value is missing all are 0.
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
export function concat(
  input: { dfList: readonly (DataFrame | Series)[]; axis?: 0 | 1 } | readonly (DataFrame | Series)[],
  options?: { axis?: 0 | 1 },
): DataFrame & Series;

/**
 * Rows of two frames with equal keys, each with each: first the keys, then the other columns of both; a name that both
 * have gets `_1` on the right one. Throws for a key that one of them lacks.
 */
export function merge(input: {
  left: DataFrame;
  right: DataFrame;
  on: string | readonly string[];
  how?: 'inner' | 'left' | 'right' | 'outer';
}): DataFrame;

/**
 * The interval that each number lies in, missing where it lies in none.
 * @param bins how many equally wide intervals, or their edges, ascending
 * Throws for edges that do not ascend, for labels of another count, for text.
 * @example
 * cut(df.age, [0, 16, 18, 99], { labels: ['young', 'middle', 'old'] })
 */
export function cut(values: Series | readonly Cell[], bins: number | readonly number[], options?: CutOptions): Series;

/**
 * Intervals that hold about equally many numbers: `qcut(df.G3, 4)` are the quartiles.
 * @param q how many, or the shares at the edges, `[0, 0.5, 1]`
 * Throws where two edges are the same number, unless `duplicates` is 'drop'.
 */
export function qcut(values: Series | readonly Cell[], q: number | readonly number[], options?: QcutOptions): Series;

/**
 * How often each value of `rows` occurs beside each of `columns`: one row a value, one column a value. Missing values
 * count nowhere.
 */
export function crosstab(rows: Series, columns: Series): DataFrame;

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
