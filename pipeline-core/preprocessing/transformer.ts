// What every preparation step is to the rest: fitted on training rows, applied anywhere, saved as JSON.
// Invariant: fit alone learns from data; transform never does, so test rows and tomorrow's rows cannot leak into it.

import { PipelineError } from '../core/errors.ts';
import type { LabelVector } from '../estimator/classifier.ts';
import { passToParts } from '../estimator/estimator.ts';
import { isFrame, type Vector } from '../estimator/frames.ts';
import { matrixFromTable } from '../estimator/matrix.ts';
import type { Matrix, MatrixLike } from '../estimator/model.ts';
import { describe, notAList } from '../estimator/params.ts';
import { type CategoryColumn, type Cell, cellOf } from '../table/column.ts';
import { fromDanfo } from '../table/danfo.ts';
import { Table } from '../table/table.ts';

/** A table, a matrix, plain rows of cells, or a danfojs frame. */
export type TransformInput = Table | MatrixLike | readonly (readonly Cell[])[];

/** Whatever has the shape of a table is one. */
type Plain = Table | Matrix | readonly (readonly Cell[])[];

/** What a step may learn from beside the inputs: the target of the training rows. */
export type StepTarget = Vector | LabelVector;

export interface TransformerJson {
  /** Name of the class, in scikit-learn's words. */
  readonly kind: string;
  readonly version: 1;
  readonly params: Readonly<Record<string, unknown>>;
  /** null before fit. */
  readonly state: unknown;
}

export interface Transformer {
  readonly kind: string;
  /** Learns from training rows; few steps look at the target. Returns itself. */
  fit(input: TransformInput, y?: StepTarget): this;
  /** Numbers, one row a row. Throws PipelineError 'not-fitted', 'unknown-column', 'other-columns'. */
  transform(input: TransformInput): Matrix;
  fitTransform(input: TransformInput, y?: StepTarget): Matrix;
  /** A new one with the same parameters, not fitted. */
  clone(): Transformer;
  toJSON(): TransformerJson;
}

/** The part that all steps share; `S` is what fit learned, plain JSON. */
export abstract class FittedStep<S extends { readonly names: readonly string[] }> implements Transformer {
  abstract readonly kind: string;
  abstract fit(input: TransformInput, y?: StepTarget): this;
  abstract transform(input: TransformInput): Matrix;
  abstract clone(): Transformer;
  abstract toJSON(): TransformerJson;
  protected state: S | null = null;

  fitTransform(input: TransformInput, y?: StepTarget): Matrix {
    return this.fit(input, y).transform(input);
  }

  getParams(): Record<string, unknown> {
    return { ...(this as { readonly params?: object }).params };
  }

  /** Changes parameters; what was fitted before stays until `fit` is called again. Throws PipelineError 'unknown-param' | 'bad-param'. */
  setParams(given: Readonly<Record<string, unknown>>): this {
    const own = passToParts(this.kind, given, []);
    if (Object.keys(own).length === 0) return this;
    const Class = this.constructor as new (params: object) => { readonly params: object };
    return Object.assign(this, { params: new Class({ ...this.getParams(), ...own }).params });
  }

  /** What fit learned. Throws PipelineError 'not-fitted'. */
  protected demandFitted(): S {
    if (this.state !== null) return this.state;
    throw new PipelineError('not-fitted', `This ${this.kind} has not been fitted yet: call fit(trainingRows) first.`, {
      kind: this.kind,
    });
  }
}

/** Cells by column, whatever came in. */
export interface CellColumns {
  readonly names: readonly string[];
  readonly rows: number;
  /** null is missing. */
  cell(row: number, column: number): Cell;
  /** The column itself where its cells are codes into levels: few words, however many rows. */
  category(column: number): CategoryColumn | null;
}

/** @param names the columns of the fit; absent while fitting. Throws PipelineError 'unknown-column', 'other-columns'. */
export function cellInput(given: TransformInput, names?: readonly string[]): CellColumns {
  const input = fromFrame(given);
  demandInput(input, names === undefined);
  if (input instanceof Table) {
    const columns = names === undefined ? input.columns : names.map((name) => input.column(name));
    return {
      names: columns.map((c) => c.name),
      rows: input.rowCount,
      cell: (row, j) => cellOf(columns[j]!, row),
      category: (j) => {
        const column = columns[j]!;
        return column.kind === 'category' ? column : null;
      },
    };
  }
  if (isRows(input)) {
    const cols = input[0]?.length ?? names?.length ?? 0;
    const own = demandColumns({ names: [], cols }, names);
    for (let row = 0; row < input.length; row++) demandWidth(input[row]!, row, cols);
    return { names: own, rows: input.length, cell: (row, j) => known(input[row]![j]), category: () => null };
  }
  const own = demandColumns(input, names);
  const cell = (row: number, j: number): Cell => known(input.data[row * input.cols + j]);
  return { names: own, rows: input.rows, cell, category: () => null };
}

/** A matrix of numbers, NaN where missing. Throws also PipelineError 'wrong-kind', 'not-a-number', 'ragged-rows'. */
export function numberInput(given: TransformInput, names?: readonly string[]): Matrix {
  const input = fromFrame(given);
  demandInput(input, false);
  if (input instanceof Table) return matrixFromTable(input, names ?? input.names);
  if (!isRows(input)) return { ...input, names: demandColumns(input, names) };
  const cols = input[0]?.length ?? names?.length ?? 0;
  const own = demandColumns({ names: [], cols }, names);
  const data = new Float64Array(input.length * cols);
  input.forEach((row, i) => {
    demandWidth(row, i, cols);
    row.forEach((cell, j) => {
      if (typeof cell === 'string') {
        const message = `Row ${i + 1}, column ${j + 1}: "${cell}" is not a number. Encode words first (OneHotEncoder, OrdinalEncoder).`;
        throw new PipelineError('not-a-number', message, { row: i + 1, column: j + 1 });
      }
      data[i * cols + j] = cell ?? Number.NaN;
    });
  });
  return { data, rows: input.length, cols, names: own };
}

/** A new matrix, each cell from `change(value, column)`. */
export function mapCells(matrix: Matrix, change: (value: number, column: number) => number): Matrix {
  const { rows, cols } = matrix;
  const data = new Float64Array(rows * cols);
  for (let i = 0, k = 0; i < rows; i++) for (let j = 0; j < cols; j++, k++) data[k] = change(matrix.data[k]!, j);
  return { ...matrix, data };
}

/** JSON writes NaN as null: this reads it back. */
export function orNaN(value: number | null): number {
  return value ?? Number.NaN;
}

/** Throws PipelineError 'bad-transformer' unless `json` is a saved step of this kind. */
export function demandStep(json: TransformerJson, kind: string): void {
  const state = json.state as { readonly names?: unknown; readonly parts?: unknown } | null | undefined;
  if (state !== null && !Array.isArray(state?.names) && !Array.isArray(state?.parts)) {
    const message = `This saved ${String(json.kind)} lacks what it learned: save it again with toJSON().`;
    throw new PipelineError('bad-transformer', message, { kind: String(json.kind) });
  }
  if (json.kind === kind && json.version === 1) return;
  const message = `This is a saved ${String(json.kind)} of version ${String(json.version)}, not a ${kind} of version 1.`;
  throw new PipelineError('bad-transformer', message, { kind: String(json.kind) });
}

/** @param fitting whether rows are needed to learn from */
export function demandInput(given: TransformInput, fitting: boolean): void {
  const input = fromFrame(given);
  demandPlainInput(input, fitting);
}

/** A danfojs frame is a table, by the names of its columns. Throws PipelineError 'mixed-column'. */
export function fromFrame(input: TransformInput): Plain {
  return isFrame(input) ? fromDanfo(input) : (input as Plain);
}

function demandPlainInput(input: Plain, fitting: boolean): void {
  const given = input as Partial<Matrix> | null | undefined;
  if (!(input instanceof Table) && !Array.isArray(input) && !(given?.data instanceof Float64Array)) {
    const message = `Inputs must be a Table, a Matrix or rows of cells such as [['GP', 17], ['MS', 16]], but they are ${describe(input)}.`;
    throw new PipelineError('not-a-table', message);
  }
  const { length } = input as { readonly length?: number };
  const rows = input instanceof Table ? input.rowCount : (length ?? given?.rows);
  if (fitting && rows === 0)
    throw new PipelineError('empty', 'There are no rows to learn from: fit needs at least one.');
}

function demandWidth(row: readonly Cell[], i: number, cols: number): void {
  if (Array.isArray(row) && row.length === cols) return;
  const message = Array.isArray(row)
    ? `Row ${i + 1} has ${row.length} values, but the rows before it have ${cols}.`
    : notAList(row, i);
  throw new PipelineError('ragged-rows', message, { row: i + 1 });
}

function isRows(input: Matrix | readonly (readonly Cell[])[]): input is readonly (readonly Cell[])[] {
  return Array.isArray(input);
}

function known(cell: Cell | undefined): Cell {
  return cell === undefined || (typeof cell === 'number' && Number.isNaN(cell)) ? null : cell;
}

// Columns without names are called x0, x1 ... as scikit-learn does.
function demandColumns(
  given: Pick<Matrix, 'cols' | 'names'>,
  fitted: readonly string[] | undefined,
): readonly string[] {
  if (fitted === undefined) {
    return given.names.length > 0 ? given.names : Array.from({ length: given.cols }, (_, j) => `x${j}`);
  }
  if (given.cols !== fitted.length) {
    const message = `It was fitted on ${fitted.length} columns (${fitted.join(', ')}), but is given ${given.cols}.`;
    throw new PipelineError('other-columns', message, { fitted: fitted.length, given: given.cols });
  }
  const other = given.names.findIndex((name, j) => name !== fitted[j]);
  if (other >= 0) {
    const message = `Column ${other + 1} is "${given.names[other]}", but it was fitted with "${fitted[other]}" there: give the same columns in the same order.`;
    throw new PipelineError('other-columns', message, { column: given.names[other]! });
  }
  return fitted;
}
