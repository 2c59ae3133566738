// The entrance of every model: what comes in is checked and turned into typed arrays once, here, so that no model ever
// trains on a missing value or answers for columns it was not fitted on. Messages count rows and columns from 1.

import { PipelineError } from '../core/errors.ts';
import { rowMajor } from './by-column.ts';
import { type FrameLike, isFrame, isSeries, isTable, type NumberTable, type Vector, vectorOf } from './frames.ts';
import type { FitOptions, Matrix, MatrixLike, ModelJson } from './model.ts';
import { describe, notAList } from './params.ts';
import { weightsOf } from './weights.ts';

/** A checked training set: `x.rows === y.length >= 1`, every number finite. */
export interface TrainingSet {
  readonly x: Matrix;
  readonly y: Float64Array;
  /** One a row; null: all count alike. */
  readonly weight: Float64Array | null;
}

/**
 * Checks x and y together.
 * Throws PipelineError 'empty', 'length-mismatch', 'ragged-rows' or 'not-finite' (naming row and column).
 */
export function trainingSet(x: MatrixLike, y: Vector, options?: FitOptions, missing = false): TrainingSet {
  const matrix = toMatrix(x, missing);
  if (matrix.rows === 0) throw new PipelineError('empty', 'There are no rows to fit a model on.');
  if (matrix.cols === 0) throw new PipelineError('empty', 'There are no columns to fit a model on: switch one on.');
  return { x: matrix, y: toTarget(y, matrix.rows), weight: weightsOf(options, matrix.rows) };
}

/**
 * Any MatrixLike as a Matrix; a Matrix comes back as it is, once checked.
 * @param missing whether NaN (in plain rows also null) may stay: it is a missing value
 * Throws PipelineError 'ragged-rows', 'length-mismatch' or 'not-finite'.
 */
export function toMatrix(x: MatrixLike, missing = false): Matrix {
  demandMatrixLike(x);
  const matrix = isTable(x)
    ? fromTable(x, x.names)
    : isFrame(x)
      ? fromFrame(x, missing)
      : isMatrix(x)
        ? x
        : fromRows(x, [], missing);
  if (matrix.data.length !== matrix.rows * matrix.cols) {
    const message = `A matrix of ${matrix.rows} rows x ${matrix.cols} columns needs ${matrix.rows * matrix.cols} numbers, but it has ${matrix.data.length}.`;
    throw new PipelineError('length-mismatch', message, { rows: matrix.rows, cols: matrix.cols });
  }
  const { data } = matrix;
  // 0 times a number is 0, of what is none it is NaN: one sum looks at all of a large matrix.
  let none = 0;
  for (let k = 0; k < data.length; k++) none += data[k]! * 0;
  for (let k = 0; none !== 0 && k < data.length; k++) {
    if (!Number.isFinite(data[k]!) && !(missing && Number.isNaN(data[k]!))) refuseCell(matrix, k);
  }
  return matrix;
}

/** Throws PipelineError 'length-mismatch' or 'not-finite' (naming the row). */
export function toTarget(given: Vector, rows: number): Float64Array {
  const y = vectorOf(given);
  if (typeof (y as Partial<ArrayLike<number>> | null | undefined)?.length !== 'number' || typeof y === 'string') {
    const message = `The target must be a list of numbers, one for each of the ${rows} rows, but it is ${describe(y)}.`;
    throw new PipelineError('not-a-target', message, { rows });
  }
  if (y.length !== rows) {
    const message = `There are ${rows} rows of inputs but ${y.length} target values: they must be as many.`;
    throw new PipelineError('length-mismatch', message, { rows, targets: y.length });
  }
  const target = Float64Array.from(y);
  for (let i = 0; i < rows; i++) {
    if (!Number.isFinite(target[i]!) || typeof y[i] !== 'number') {
      const message = `The target of row ${i + 1} is ${String(y[i])}: a target must be a finite number.`;
      throw new PipelineError('not-finite', message, { row: i + 1 });
    }
  }
  return target;
}

/** The columns a model was fitted on. */
export interface FittedColumns {
  readonly cols: number;
  readonly names: readonly string[];
  /** Of columns of categories: what each code stands for; null: numbers. Absent: all are numbers. */
  readonly levels?: ColumnLevels | null;
}

/** One entry a column. */
export type ColumnLevels = readonly (readonly (string | number)[] | null)[];

/**
 * The rows to predict, refused where their columns are not those of the fit.
 * Names are compared only where both sides have them; of a Table the columns of the fit are taken by name.
 */
export function predictionInput(kind: string, x: MatrixLike, fitted: FittedColumns | null, missing = false): Matrix {
  if (fitted === null) {
    throw new PipelineError('not-fitted', `This ${kind} has not been fitted yet: call fit(x, y) first.`, { kind });
  }
  const matrix =
    isTable(x) && fitted.names.length > 0 ? toMatrix(fromTable(x, fitted.names), missing) : toMatrix(x, missing);
  // No rows carry no columns: an empty plain array is an empty answer, not an error.
  if (matrix.rows === 0) return matrix;
  if (matrix.cols !== fitted.cols) {
    const own = fitted.names.length > 0 ? ` (${fitted.names.join(', ')})` : '';
    const message = `${kind} was fitted on ${fitted.cols} columns${own} but is asked about ${matrix.cols}: give the same columns in the same order.`;
    throw new PipelineError('other-columns', message, { fitted: fitted.cols, given: matrix.cols });
  }
  if (matrix.names.length === 0 || fitted.names.length === 0) return matrix;
  for (let j = 0; j < matrix.cols; j++) {
    if (matrix.names[j] !== fitted.names[j]) {
      const message = `Column ${j + 1} is "${matrix.names[j]}", but ${kind} was fitted with "${fitted.names[j]}" there: give the same columns in the same order.`;
      throw new PipelineError('other-columns', message, { column: j + 1 });
    }
  }
  return matrix;
}

/** A new Matrix of the given rows, in the given order. */
export function takeRows(x: Matrix, rows: ArrayLike<number>): Matrix {
  const { cols } = x;
  const data = new Float64Array(rows.length * cols);
  // By hand: a view a row would cost more than what it copies.
  for (let i = 0, k = 0; i < rows.length; i++) {
    const at = rows[i]! * cols;
    for (let j = 0; j < cols; j++, k++) data[k] = x.data[at + j]!;
  }
  return { data, rows: rows.length, cols, names: x.names };
}

/** Throws PipelineError 'bad-model' unless `json` is a saved model of this kind and version. */
export function demandKind(json: ModelJson, kind: string): void {
  if (json.kind !== kind || json.version !== 1) {
    const message = `This is a saved ${String(json.kind)} of version ${String(json.version)}, not a ${kind} of version 1.`;
    throw new PipelineError('bad-model', message, { kind: String(json.kind) });
  }
}

// What the compiler says to those who have one, this says to the others.
function demandMatrixLike(x: unknown): void {
  if (Array.isArray(x) || isFrame(x) || isTable(x)) return;
  if (isSeries(x)) {
    const message =
      'Inputs must be rows of numbers, but this is a Series: write series.values.map((value) => [value]), or frame.loc({ columns: [name] }).';
    throw new PipelineError('not-a-matrix', message);
  }
  if ((x as Partial<Matrix> | null | undefined)?.data instanceof Float64Array) return;
  const message = `Inputs must be rows of numbers such as [[1, 2], [3, 4]], a Matrix or a Table, but they are ${describe(x)}.`;
  throw new PipelineError('not-a-matrix', message);
}

function isMatrix(x: Matrix | readonly (readonly number[])[]): x is Matrix {
  return !Array.isArray(x);
}

function fromTable(table: NumberTable, names: readonly string[]): Matrix {
  const rows = table.rowCount;
  const data = rowMajor(
    names.map((name) => table.numbers(name)),
    rows,
  );
  return { data, rows, cols: names.length, names: [...names] };
}

function fromFrame(frame: FrameLike, missing: boolean): Matrix {
  const rows = fromRows(frame.values as readonly (readonly number[])[], frame.columns, missing);
  return { ...rows, names: [...frame.columns] };
}

function fromRows(x: readonly (readonly number[])[], names: readonly string[], missing: boolean): Matrix {
  const cols = x[0]?.length ?? names.length;
  const data = new Float64Array(x.length * cols);
  for (let i = 0; i < x.length; i++) {
    const row: unknown = x[i];
    if (!isRow(row)) {
      throw new PipelineError('ragged-rows', notAList(row, i), { row: i + 1 });
    }
    if (row.length !== cols) {
      const message = `Row ${i + 1} has ${row.length} values, but the rows before it have ${cols}.`;
      throw new PipelineError('ragged-rows', message, { row: i + 1, values: row.length });
    }
    for (let j = 0; j < cols; j++) {
      const value = row[j];
      // Float64Array would turn '3', null and true into numbers without a word.
      const absent = value === null || value === undefined;
      if (typeof value !== 'number' && !(missing && absent)) throw unfitCell(i, names[j] ?? `number ${j + 1}`, value);
      data[i * cols + j] = absent ? Number.NaN : (value as number);
    }
  }
  return { data, rows: x.length, cols, names: [] };
}

function refuseCell(matrix: Matrix, k: number): never {
  const row = Math.floor(k / matrix.cols) + 1;
  const column = k % matrix.cols;
  const name = matrix.names[column] ?? `number ${column + 1}`;
  throw unfitCell(row - 1, name, matrix.data[k]);
}

function unfitCell(row: number, column: string, value: unknown): PipelineError {
  const shown = typeof value === 'number' ? String(value) : describe(value);
  const message = `Row ${row + 1}, column ${column}, is ${shown}, not a finite number: fill in missing values and encode text before fitting.`;
  return new PipelineError('not-finite', message, { row: row + 1, column });
}

function isRow(row: unknown): row is ArrayLike<unknown> {
  return Array.isArray(row) || ArrayBuffer.isView(row);
}
