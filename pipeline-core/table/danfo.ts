// Tables to and from danfojs frames. Frames are known by their shape alone: nothing of danfojs is imported here.
// Invariant: no surprise on the way. danfojs guesses a column's type from its first ten cells; here the type is always said,
// words stay words, missing stays missing, numbers keep all their digits.

import { PipelineError } from '../core/errors.ts';
import { type Column, cellOf, columnOf, MOST_LEVELS } from './column.ts';
import { Table } from './table.ts';

/** What of a danfojs DataFrame is read. */
export interface DanfoFrame {
  readonly columns: readonly string[];
  /** One array a row. */
  readonly values: unknown;
  readonly index?: readonly (string | number)[];
  /** danfojs' own names: int32, float32, string, boolean, datetime, undefined. */
  readonly dtypes?: readonly string[];
}

export interface FromDanfoOptions {
  /** Keep the frame's index as a first column of this name. Default: it is dropped. */
  readonly index?: string;
}

/** `new DataFrame(values, options)`. */
export interface DanfoInput {
  readonly values: (number | string | null)[][];
  readonly options: { readonly columns: string[]; readonly dtypes: string[]; readonly index: number[] };
}

// danfojs 1.2.0 puts every column on the frame as a property; one of these names ends in an endless call or an error.
const TAKEN = ['columns', 'shape', 'values', 'size', 'T', 'tensor'];

/**
 * Booleans become 1 and 0; undefined, null and NaN missing.
 * Throws PipelineError 'not-a-frame', 'mixed-column' (the frame says no type and cells differ), 'ragged-rows'.
 */
export function fromDanfo(frame: DanfoFrame, options: FromDanfoOptions = {}): Table {
  const { columns: names, values: rows, dtypes } = frame;
  if (!Array.isArray(names) || !Array.isArray(rows) || (rows.length > 0 && !Array.isArray(rows[0]))) {
    const message =
      'This is not a danfojs DataFrame: it needs `columns` and `values`, one array a row. For a Series use columnOf(name, series.values).';
    throw new PipelineError('not-a-frame', message);
  }
  rows.forEach((row: readonly unknown[], i) => {
    if (row.length === names.length) return;
    throw new PipelineError(
      'ragged-rows',
      `Row ${i + 1} of the frame has ${row.length} cells for ${names.length} columns.`,
      { row: i + 1 },
    );
  });
  const columns = names.map((name: string, j: number) => {
    const cells = rows.map((row: readonly unknown[]) => row[j]);
    return column(String(name), cells, dtypes?.[j]);
  });
  if (options.index === undefined) return new Table(columns);
  const index = frame.index ?? rows.map((_, i) => i);
  return new Table([columnOf(options.index, index), ...columns]);
}

/**
 * Values and options for `new DataFrame(values, options)`: missing numbers as NaN, missing words as null.
 * Throws PipelineError 'bad-column-name' for a name that would break the frame.
 */
export function toDanfo(table: Table): DanfoInput {
  for (const name of table.names) {
    if (!TAKEN.includes(name) && !name.startsWith('$')) continue;
    const message = `A danfojs frame cannot have a column called "${name}", which is a part of the frame itself: rename it first.`;
    throw new PipelineError('bad-column-name', message, { column: name });
  }
  const values = Array.from({ length: table.rowCount }, (_, row) =>
    table.columns.map((own) => (own.kind === 'number' ? own.values[row]! : cellOf(own, row))),
  );
  const index = Array.from({ length: table.rowCount }, (_, row) => row);
  return { values, options: { columns: table.names, dtypes: table.columns.map(dtypeOf), index } };
}

function column(name: string, cells: readonly unknown[], dtype: string | undefined): Column {
  if (dtype !== 'string') return columnOf(name, cells);
  const words = new Set(cells.filter((cell) => typeof cell === 'string'));
  return columnOf(name, cells, words.size > MOST_LEVELS ? 'text' : 'category');
}

function dtypeOf(own: Column): string {
  if (own.kind !== 'number') return 'string';
  return own.values.every((value) => Number.isInteger(value) && Math.abs(value) < 2147483648) ? 'int32' : 'float32';
}
