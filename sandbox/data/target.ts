// What is predicted, for each row of a table: a column, or the mean of several.
import type { Table } from '#pipeline-core';

export interface TargetRule {
  /** One: the column itself. */
  readonly columns: readonly string[];
}

export function targetsOf(table: Table, { columns }: TargetRule): number[] {
  const parts = columns.map((column) => table.numbers(column));
  return Array.from(
    { length: table.rowCount },
    (_, i) => parts.reduce((sum, part) => sum + part[i]!, 0) / parts.length,
  );
}
