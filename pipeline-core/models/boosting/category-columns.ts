// What boosting is given, as numbers: words and other categories become codes, what is missing stays NaN.
// Invariant: a category that was not there at the fit counts as missing, as in scikit-learn.

import { nearNames, PipelineError } from '../../core/errors.ts';
import { type ColumnLevels, type FittedColumns, predictionInput, toMatrix } from '../../estimator/input.ts';
import type { Matrix, MatrixLike } from '../../estimator/model.ts';
import { refuse } from '../../estimator/params.ts';
import { categoriesOf, codesOf } from '../../preprocessing/categories.ts';
import { type CellColumns, cellInput, fromFrame, type TransformInput } from '../../preprocessing/transformer.ts';
import { Table } from '../../table/table.ts';

/** Columns by name or by number from 0; 'from_dtype': those that hold words; null: none. */
export type CategoricalFeatures = 'from_dtype' | readonly (string | number)[] | null;

export interface EncodedInput {
  readonly x: Matrix;
  /** null where all columns are numbers. */
  readonly levels: ColumnLevels | null;
}

/** Throws PipelineError 'bad-param'. */
export function checkCategoricalFeatures(value: unknown): void {
  if (value === null || value === 'from_dtype') return;
  const expected = "'from_dtype', null, or a list of columns such as ['school', 'Mjob'] or [0, 3]";
  if (!Array.isArray(value)) refuse('categoricalFeatures', value, expected);
  for (const column of value) {
    const known = typeof column === 'string' || (typeof column === 'number' && Number.isInteger(column) && column >= 0);
    if (!known) refuse('categoricalFeatures', value, expected);
  }
}

/**
 * Learns the categories of the columns wanted.
 * @param most categories a column
 * Throws PipelineError 'unknown-column', 'too-many-categories', 'wrong-kind', 'not-finite' (naming row and column).
 */
export function learnInput(given: TransformInput, wanted: CategoricalFeatures, most: number): EncodedInput {
  const input = fromFrame(given);
  const listed = wanted === null || wanted === 'from_dtype' ? [] : wanted;
  if (listed.length === 0 && (wanted === null || !holdsWords(input))) {
    return { x: toMatrix(input as MatrixLike, true), levels: null };
  }
  const columns = cellInput(input);
  const chosen = wanted === 'from_dtype' ? wordColumns(columns) : new Set(listed.map((one) => placeOf(one, columns)));
  const levels = columns.names.map((name, j) => {
    if (!chosen.has(j)) return null;
    const found = categoriesOf(columns, j).filter((cell) => cell !== null);
    if (found.length <= most) return found;
    const message = `Column "${name}" holds ${found.length} different categories, and boosting takes at most ${most} a column: leave it out, or encode it first (TargetEncoder, OrdinalEncoder).`;
    throw new PipelineError('too-many-categories', message, { column: name, categories: found.length });
  });
  return { x: encode(columns, levels, namesOf(input)), levels };
}

/** Rows to predict, in the codes of the fit. Throws as predictionInput. */
export function applyInput(kind: string, given: TransformInput, fitted: FittedColumns | null): Matrix {
  if (fitted === null || !fitted.levels) return predictionInput(kind, given as MatrixLike, fitted, true);
  const input = fromFrame(given);
  const { names, levels, cols } = fitted;
  if (Array.isArray(input) && input.length === 0) return { data: new Float64Array(0), rows: 0, cols, names };
  const columns = cellInput(input, names.length > 0 ? names : undefined);
  if (columns.names.length === cols) return encode(columns, levels, names);
  const message = `${kind} was fitted on ${cols} columns but is asked about ${columns.names.length}: give the same columns in the same order.`;
  throw new PipelineError('other-columns', message, { fitted: cols, given: columns.names.length });
}

function encode(columns: CellColumns, levels: ColumnLevels, names: readonly string[]): Matrix {
  const { rows } = columns;
  const cols = levels.length;
  const data = new Float64Array(rows * cols);
  levels.forEach((own, j) => {
    if (own === null) {
      for (let i = 0; i < rows; i++) data[i * cols + j] = numberAt(columns, i, j);
      return;
    }
    codesOf(columns, j, own).forEach((code, i) => {
      data[i * cols + j] = code < 0 ? Number.NaN : code;
    });
  });
  return { data, rows, cols, names };
}

function numberAt(columns: CellColumns, row: number, j: number): number {
  const cell = columns.cell(row, j);
  if (cell === null) return Number.NaN;
  if (typeof cell === 'number' && Number.isFinite(cell)) return cell;
  const name = columns.names[j]!;
  const message = `Row ${row + 1}, column "${name}", is ${JSON.stringify(cell)}, but the other rows hold numbers there: name it in categoricalFeatures: ['${name}'], or make it a number.`;
  throw new PipelineError('not-finite', message, { row: row + 1, column: name });
}

function holdsWords(input: ReturnType<typeof fromFrame>): boolean {
  if (input instanceof Table) return input.columns.some(({ kind }) => kind !== 'number');
  return (
    Array.isArray(input) && input.some((row) => Array.isArray(row) && row.some((cell) => typeof cell === 'string'))
  );
}

// A column with at least one word; numbers among them are found by row and column when it is encoded.
function wordColumns(columns: CellColumns): Set<number> {
  const found = columns.names.map((_, j) => {
    if (columns.category(j) !== null) return true;
    let [words, numbers] = [0, 0];
    for (let i = 0; i < columns.rows; i++) {
      const cell = columns.cell(i, j);
      if (typeof cell === 'string') words++;
      else if (cell !== null) numbers++;
    }
    return words > 0 && numbers === 0;
  });
  return new Set(found.flatMap((words, j) => (words ? [j] : [])));
}

function placeOf(column: string | number, { names }: CellColumns): number {
  const place = typeof column === 'number' ? column : names.indexOf(column);
  if (place >= 0 && place < names.length) return place;
  const near = nearNames(String(column), names);
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `There are ${names.join(', ')}.`;
  const message = `categoricalFeatures names the column ${JSON.stringify(column)}, which is not there. ${hint}`;
  throw new PipelineError('unknown-column', message, { column: String(column) });
}

function namesOf(input: ReturnType<typeof fromFrame>): readonly string[] {
  return Array.isArray(input) ? [] : (input as Table | Matrix).names;
}
