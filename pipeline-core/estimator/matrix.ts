// From tables to the numbers that models take.
import { PipelineError } from '../core/errors.ts';
import type { Table } from '../table/table.ts';
import { eachColumn, rowMajor } from './by-column.ts';
import type { Matrix } from './model.ts';
import { describe } from './params.ts';

/**
 * The named number columns (default: all) as a row-major matrix; NaN where a value is missing.
 * Throws PipelineError 'unknown-column', 'wrong-kind' for a column that is not yet numbers.
 */
export function matrixFromTable(table: Table, columns: readonly string[] = table.names): Matrix {
  const rows = table.rowCount;
  const data = rowMajor(
    columns.map((name) => table.numbers(name)),
    rows,
  );
  return { data, rows, cols: columns.length, names: [...columns] };
}

/**
 * Features as a matrix, each with a number for every row.
 * @param names the columns: those of the matrix that a model was fitted on; one that is not among the features is 0, other
 * features are left out. Default: all, in their order.
 * Throws PipelineError 'length-mismatch', 'wrong-kind' for a value that is not a number, 'bad-param' for a name given twice.
 */
export function matrixFromColumns(
  features: ReadonlyMap<string, ArrayLike<number>>,
  names: readonly string[] = namesOf(features),
): Matrix {
  demandDifferent(names);
  const rows = features.values().next().value?.length ?? 0;
  for (const [name, values] of features) {
    if (values.length !== rows) {
      const message = `\`${name}\` has ${values.length} values, but the features before it have ${rows}.`;
      throw new PipelineError('length-mismatch', message, { column: name });
    }
    if (Array.isArray(values)) for (const [i, value] of values.entries()) demandFeature(value, i, name);
  }
  const none = names.every((name) => features.has(name)) ? null : new Float64Array(rows);
  const data = rowMajor(
    names.map((name) => features.get(name) ?? none!),
    rows,
  );
  return { data, rows, cols: names.length, names: [...names] };
}

function namesOf(features: ReadonlyMap<string, unknown>): string[] {
  if (typeof features?.keys === 'function') return [...features.keys()];
  const message = `Features must be a Map of name and values, but they are ${describe(features)}: of an object write new Map(Object.entries(features)).`;
  throw new PipelineError('wrong-kind', message);
}

/** Of two columns of one name a value could only be in one. */
function demandDifferent(names: readonly string[]): void {
  if (new Set(names).size === names.length) return;
  const twice = names.find((name, j) => names.indexOf(name) !== j)!;
  throw new PipelineError('bad-param', `The name \`${twice}\` is there twice: each column has a name of its own.`, {
    column: twice,
  });
}

/** What is no plain record has no names of its own, and would be a row of zeros. */
function demandRecord(record: unknown, row: number): void {
  const isList = Array.isArray(record) || ArrayBuffer.isView(record);
  const isOther = isList || record instanceof Map || record instanceof Set;
  if (typeof record === 'object' && record !== null && !isOther) return;
  const hint = record instanceof Map ? ': write Object.fromEntries(map)' : isList ? ': write matrixFromRows(rows)' : '';
  const message = `The features of row ${row + 1} must be names and numbers such as { age: 17 }, but they are ${describe(record)}${hint}.`;
  throw new PipelineError('wrong-kind', message, { row: row + 1 });
}

function demandFeature(value: unknown, row: number, name: string): void {
  if (typeof value === 'number') return;
  const message = `Row ${row + 1}: \`${name}\` is ${String(value)}, but every feature must be a number.`;
  throw new PipelineError('wrong-kind', message, { row: row + 1, column: name });
}

/** Plain rows of numbers as a matrix. Throws PipelineError 'ragged-rows', 'length-mismatch' for names of another count. */
export function matrixFromRows(rows: readonly ArrayLike<number>[], names: readonly string[] = []): Matrix {
  const cols = rows[0]?.length ?? names.length;
  if (names.length > 0 && names.length !== cols) {
    const message = `There are ${names.length} names for ${cols} columns.`;
    throw new PipelineError('length-mismatch', message, { names: names.length, cols });
  }
  const data = new Float64Array(rows.length * cols);
  rows.forEach((row, i) => {
    if (row.length !== cols) {
      const message = `Row ${i + 1} has ${row.length} values, but the rows before it have ${cols}.`;
      throw new PipelineError('ragged-rows', message, { row: i + 1, values: row.length });
    }
    data.set(row, i * cols);
  });
  return { data, rows: rows.length, cols, names: [...names] };
}

/**
 * Rows of named numbers as a matrix, each value in the column of its name; a name that a row lacks is 0 there
 * (as scikit-learn's DictVectorizer does).
 * @param names the columns: those of the matrix that a model was fitted on. Default: every name, in the order first seen.
 * Throws PipelineError 'wrong-kind' for a value that is not a number.
 */
export function matrixFromRecords(
  records: readonly Readonly<Record<string, number>>[],
  names?: readonly string[],
): Matrix {
  return matrixFromItems(records, (record: Readonly<Record<string, number>>) => record, names);
}

/**
 * The same of records that are made one at a time: those of a large table would not all fit into the memory. `features`
 * is called for each item, and again where a later one has a name that the first has not. It may fill and return the
 * record it is given, whose names are there already with the value 0.
 */
export function matrixFromItems<T>(
  items: readonly T[],
  features: (item: T, record: Record<string, number>) => Readonly<Record<string, number>>,
  names?: readonly string[],
): Matrix {
  if (names !== undefined) demandDifferent(names);
  const known = names ?? (items.length === 0 ? [] : firstNames(features(items[0]!, {})));
  const found = filled(items, features, known);
  if (names !== undefined || found.others.size === 0) return found.matrix;
  return filled(items, features, [...known, ...found.others]).matrix;
}

function firstNames(record: Readonly<Record<string, number>>): string[] {
  demandRecord(record, 0);
  return Object.keys(record);
}

/** `others`: names that are not among those given, in the order in which they come. */
function filled<T>(
  items: readonly T[],
  features: (item: T, record: Record<string, number>) => Readonly<Record<string, number>>,
  names: readonly string[],
): { readonly matrix: Matrix; readonly others: ReadonlySet<string> } {
  const at = new Map(names.map((name, j) => [name, j]));
  const others = new Set<string>();
  const cols = names.length;
  const data = new Float64Array(items.length * cols);
  // A record that has its names from the start is filled ten times as fast as one that grows.
  const blank = JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, 0])))) as Record<
    string,
    number
  >;
  items.forEach((item, i) => {
    const record = features(item, { ...blank });
    demandRecord(record, i);
    const found = Object.keys(record);
    // All at once: to look each up by its name would take longer than all else here.
    const values = Object.values(record);
    // Records of one function have their names in one order, as a rule.
    if (found.length === cols && putInOrder({ data, offset: i * cols, names }, found, values)) return;
    for (let k = 0; k < found.length; k++) {
      const name = found[k]!;
      const value: unknown = values[k];
      demandFeature(value, i, name);
      const j = at.get(name);
      if (j === undefined) others.add(name);
      else data[i * cols + j] = value as number;
    }
  });
  return { matrix: { data, rows: items.length, cols, names: [...names] }, others };
}

interface RowPlace {
  readonly data: Float64Array;
  readonly offset: number;
  readonly names: readonly string[];
}

// Beside the loop over the rows, so that it is made fast by itself. false: they are not these names in this order, or not
// all numbers.
function putInOrder({ data, offset, names }: RowPlace, found: readonly string[], values: readonly unknown[]): boolean {
  for (let k = 0; k < names.length; k++) {
    const value = values[k];
    if (typeof value !== 'number' || found[k] !== names[k]) return false;
    data[offset + k] = value;
  }
  return true;
}

export interface FeatureRange {
  /** The name of the column, or its number from 0. */
  readonly name: string;
  /** Smallest, largest and mean value over all rows that have one; NaN where none has. */
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

/** The range of each column: a feature with `min === max` says nothing about any row. */
export function featureRanges(x: Matrix): FeatureRange[] {
  const ranges: FeatureRange[] = [];
  eachColumn(x, (column, j) => {
    let min = Infinity;
    let max = -Infinity;
    let sum = 0;
    let count = 0;
    for (let i = 0; i < column.length; i++) {
      const value = column[i]!;
      if (Number.isNaN(value)) continue;
      // Not Math.min, which looks at the sign of each 0.
      if (value < min) min = value;
      if (value > max) max = value;
      sum += value;
      count++;
    }
    const found = count > 0;
    ranges.push({ name: x.names[j] ?? String(j), min: found ? min : NaN, max: found ? max : NaN, mean: sum / count });
  });
  return ranges;
}

/**
 * Inputs as they can be written and looked at: each row with its number in the raw table as `row` (an input of that name is
 * `row_input`). Of more than `most` rows, every second, third ... Throws PipelineError 'length-mismatch'.
 */
export function inputSample(
  { data, rows, cols, names }: Matrix,
  numbers: ArrayLike<number>,
  most = 2_000,
): Record<string, number>[] {
  if (numbers.length !== rows) {
    throw new PipelineError('length-mismatch', `There are ${numbers.length} row numbers for ${rows} rows.`, { rows });
  }
  const step = Math.max(1, Math.ceil(rows / most));
  return Array.from({ length: Math.ceil(rows / step) }, (_, k) => {
    const i = k * step;
    const nameOf = (j: number) => (names[j] === 'row' ? 'row_input' : (names[j] ?? String(j)));
    const cells = Array.from({ length: cols }, (_, j) => [nameOf(j), data[i * cols + j]!] as const);
    return { row: numbers[i]!, ...Object.fromEntries(cells) };
  });
}

/** Matrices of the same rows side by side; columns without names get their place as one, beside those with names. Throws PipelineError 'length-mismatch'. */
export function joinColumns(parts: readonly Matrix[]): Matrix {
  const rows = parts[0]?.rows ?? 0;
  const cols = parts.reduce((sum, part) => sum + part.cols, 0);
  const data = new Float64Array(rows * cols);
  const isNamed = parts.some(({ names }) => names.length > 0);
  const joined: string[] = [];
  let offset = 0;
  for (const part of parts) {
    if (part.rows !== rows) {
      const message = `Matrices of ${rows} and ${part.rows} rows cannot be put side by side.`;
      throw new PipelineError('length-mismatch', message, { rows, other: part.rows });
    }
    for (let i = 0, k = 0; i < rows; i++) {
      const at = i * cols + offset;
      for (let j = 0; j < part.cols; j++, k++) data[at + j] = part.data[k]!;
    }
    if (isNamed) for (let j = 0; j < part.cols; j++) joined.push(part.names[j] ?? `x${offset + j}`);
    offset += part.cols;
  }
  return { data, rows, cols, names: joined };
}
