/// <reference path="./globals.d.ts" />
/** How a stage reads its deps, writes its outs and gets its params. Paths are those of the workspace. */

/** One row of a table: column -> value. A missing value is null. */
export type Row = Record<string, string | number>;

/** The values of params.yaml that this stage declares. Filled in from the workspace's own file. */
// biome-ignore lint/suspicious/noEmptyInterface: the workspace's own params.yaml fills it in
export interface Params {}

/** The text of a file in the stage's `deps`. */
export function readText(path: string): string;

/** Writes a file of the stage's `outs`, `metrics` or `plots`. */
export function writeText(path: string, text: string): void;

/**
 * A CSV table as an array of objects; columns of numbers become numbers.
 * @example
 * const flats = readCsv<{ rooms: number; city: string }>('data/raw/flats.csv');
 */
export function readCsv<T = Row>(path: string): T[];

/** Writes an array of objects, or a DataFrame, as CSV. The first row's keys are the columns. */
export function writeCsv(
  path: string,
  rows: readonly object[] | { readonly columns: readonly string[]; readonly values: readonly (readonly unknown[])[] },
): void;

/** The value in a JSON file. */
export function readJson<T = unknown>(path: string): T;

/**
 * Writes a value as JSON. NaN and Infinity are refused, for JSON cannot hold them.
 * @example
 * writeJson('reports/metrics.json', { cv: { rmse: 2.31 } });
 */
export function writeJson(path: string, value: unknown): void;

/**
 * The values of params.yaml that the stage declares under `params` in dvc.yaml, and no others.
 * @example
 * const { trees, seed } = params<{ trees: number; seed: number }>();
 */
export function params<T = Params>(): T;

/** How far the stage is, 0 to 1: everyone sees it. */
export function progress(share: number): void;
