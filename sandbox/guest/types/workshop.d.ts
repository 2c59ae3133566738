/// <reference path="./globals.d.ts" />
import type { Table } from 'pipeline-core';

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

/**
 * A CSV table column by column, as 'pipeline-core' has it: for tables so long that an object for each row takes its time.
 * @example
 * const flats = readTable('data/raw/flats.csv');
 * const rooms = flats.numbers('rooms');
 */
export function readTable(path: string): Table;

/** Writes an array of objects, a Table or a DataFrame as CSV. The first row's keys are the columns. */
export function writeCsv(
  path: string,
  rows:
    | readonly object[]
    | Table
    | { readonly columns: readonly string[]; readonly values: readonly (readonly unknown[])[] },
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

/**
 * A test of this stage, which writes what came of its tests to `reports/tests.json`, one of its outs. They run one after
 * another when the file has run to its end. A failing one is shown beside the score and does not change it.
 * @example
 * test('nobody is younger than 15', () => {
 *   for (const { age } of readCsv<{ age: number }>('data/processed/students.csv')) expect(age).toBeGreaterThanOrEqual(15);
 * });
 */
export function test(name: string, body: () => unknown): void;

/**
 * Says what a value must be; where it is something else, the test fails with both values.
 * @example
 * expect(1 + 2).toBe(3);
 * expect([0.1 + 0.2]).not.toContain(0.3);
 */
export function expect(value: unknown): Matchers & { readonly not: Matchers };

export interface Matchers {
  /** The same value, or the same object. */
  toBe(wanted: unknown): void;
  /** Equal in structure: lists, objects, maps, sets, dates. */
  toEqual(wanted: unknown): void;
  /** Equal to so many decimal places, 2 unless given. */
  toBeCloseTo(wanted: number, digits?: number): void;
  toBeGreaterThan(bound: number): void;
  toBeGreaterThanOrEqual(bound: number): void;
  toBeLessThan(bound: number): void;
  toBeLessThanOrEqual(bound: number): void;
  toBeTruthy(): void;
  toBeFalsy(): void;
  toBeDefined(): void;
  toBeUndefined(): void;
  toBeNull(): void;
  toBeNaN(): void;
  /** A list or a set has the item, a text the part. */
  toContain(item: unknown): void;
  toHaveLength(length: number): void;
  toMatch(pattern: RegExp | string): void;
  /** The value is a function: it throws, with this in its message. */
  toThrow(message?: RegExp | string): void;
}
