// Rows with a column shuffled, or filled with one value: what a model is asked to explain it. A matrix, or, where columns
// hold words, a Table, which a model takes as it was given them at the fit.

import { nearNames, PipelineError } from '../core/errors.ts';
import { isFrame, isTable } from '../estimator/frames.ts';
import { toMatrix } from '../estimator/input.ts';
import { type Matrix, type MatrixLike, mayMiss } from '../estimator/model.ts';
import { type Cell, takeCells } from '../table/column.ts';
import { fromDanfo } from '../table/danfo.ts';
import { Table } from '../table/table.ts';

/** What explains takes: rows that a model answers. */
export interface AskedModel {
  predict(x: Matrix): ArrayLike<number>;
}

export interface ChangedRows {
  readonly rows: number;
  readonly cols: number;
  /** 'column 3' where it has none. */
  nameOf(column: number): string;
  readonly asTheyAre: Matrix;
  /** @param order which row's cells each row gets in these columns */
  shuffled(columns: readonly number[], order: ArrayLike<number>): Matrix;
  filled(column: number, value: number | string): Matrix;
  cells(column: number): Cell[];
}

/** Throws PipelineError as the model's entrance. */
export function changedRows(model: AskedModel, given: MatrixLike): ChangedRows {
  const x = isFrame(given) ? fromDanfo(given) : given;
  if (x instanceof Table && x.columns.some(({ kind }) => kind !== 'number')) return changedTable(x);
  return changedMatrix(toMatrix(isTable(x) ? x : given, mayMiss(model)));
}

/** Throws PipelineError 'unknown-column'. */
export function columnNumber({ cols, nameOf }: ChangedRows, column: string | number): number {
  const names = Array.from({ length: cols }, (_, j) => nameOf(j));
  const j = typeof column === 'number' ? column : names.indexOf(column);
  if (Number.isInteger(j) && j >= 0 && j < cols) return j;
  const near = typeof column === 'string' ? nearNames(column, names) : [];
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
  throw new PipelineError('unknown-column', `There is no column ${column} among ${cols} (counted from 0).${hint}`);
}

function changedMatrix(x: Matrix): ChangedRows {
  const { rows, cols, names } = x;
  // One copy is changed and changed back.
  const data = x.data.slice();
  let touched: readonly number[] = [];
  const changed = (columns: readonly number[], value: (i: number, j: number) => number): Matrix => {
    for (const j of touched) for (let i = 0; i < rows; i++) data[i * cols + j] = x.data[i * cols + j]!;
    for (const j of columns) for (let i = 0; i < rows; i++) data[i * cols + j] = value(i, j);
    touched = columns;
    return { ...x, data };
  };
  return {
    rows,
    cols,
    nameOf: (j) => names[j] ?? `column ${j + 1}`,
    asTheyAre: x,
    shuffled: (columns, order) => changed(columns, (i, j) => x.data[order[i]! * cols + j]!),
    filled: (column, value) => changed([column], () => Number(value)),
    cells: (j) => Array.from({ length: rows }, (_, i) => x.data[i * cols + j]!),
  };
}

function changedTable(table: Table): ChangedRows {
  const { rowCount: rows, names } = table;
  const asked = (own: Table): Matrix => own as unknown as Matrix;
  return {
    rows,
    cols: names.length,
    nameOf: (j) => names[j]!,
    asTheyAre: asked(table),
    shuffled: (columns, order) =>
      asked(columns.reduce((own, j) => own.withColumn(takeCells(table.columns[j]!, order)), table)),
    filled: (column, value) => asked(table.withColumn(names[column]!, new Array(rows).fill(value))),
    cells: (j) => table.cells(names[j]!),
  };
}
