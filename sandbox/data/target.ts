// What is predicted, for each row of a table: a column, or the mean of several; of a classification the index of a class.
import { type Column, PipelineError, type Table } from '#pipeline-core';

export interface TargetRule {
  /** One: the column itself. */
  readonly columns: readonly string[];
  /** Two classes: below this number, and from it on. */
  readonly atLeast?: number;
  /** Of a classification, as they are in the table unless `atLeast` says which row is of which. */
  readonly classes?: readonly string[];
}

/** Throws PipelineError 'bad-data' for a row of another class. */
export function targetsOf(table: Table, { columns, atLeast, classes }: TargetRule): number[] {
  if (classes !== undefined && atLeast === undefined) return classIndices(table, columns[0]!, classes);
  const parts = columns.map((column) => table.numbers(column));
  const values = Array.from(
    { length: table.rowCount },
    (_, i) => parts.reduce((sum, part) => sum + part[i]!, 0) / parts.length,
  );
  return atLeast === undefined ? values : values.map((value) => (value >= atLeast ? 1 : 0));
}

function classIndices(table: Table, name: string, classes: readonly string[]): number[] {
  const column: Column = table.column(name);
  return table.cells(column.name).map((cell, i) => {
    const index = classes.indexOf(String(cell));
    if (index !== -1) return index;
    const message = `Row ${i + 1} has "${cell}" in ${name}, which is none of the classes ${classes.join(', ')}.`;
    throw new PipelineError('bad-data', message, { row: i + 1, column: name });
  });
}
