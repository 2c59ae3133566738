// Where the predictions of a run are wrong, and what changed from one run to another, over the visible table.
// Invariant: hold-out rows are not in that table; columns that no input may come from are not shown.
import type { Predictions } from '#pipeline-core/core/report.ts';
import { type ClassErrors, classErrors } from '#pipeline-core/inspection/class-errors.ts';
import { type ErrorChanges, errorChanges } from '#pipeline-core/inspection/error-changes.ts';
import { type PredictionErrors, predictionErrors } from '#pipeline-core/inspection/prediction-errors.ts';
import { rowValues } from '#pipeline-core/inspection/row-groups.ts';
import type { Table } from '#pipeline-core/table/table.ts';

export interface RunErrors {
  /** null where the task asks for classes, or the run predicted no rows of the table. */
  readonly errors: PredictionErrors | null;
  /** null where the task asks for a number. */
  readonly classes: ClassErrors | null;
}

export interface RowOfRun {
  readonly row: number;
  /** Absent where the run predicted no such row; of a classification, the names of the classes. */
  readonly actual?: number | string;
  readonly predicted?: number | string;
  readonly values: Readonly<Record<string, string | number>>;
}

export interface PredictedTable {
  readonly table: Table;
  /** Columns that nobody is shown beside a prediction. */
  readonly hidden: readonly string[];
  /** Of a classification; none: numbers. */
  readonly classes: readonly string[];
}

export const NO_ERRORS: RunErrors = { errors: null, classes: null };

export function errorsOfRun(predictions: Predictions, { table, hidden, classes }: PredictedTable): RunErrors {
  return classes.length > 0
    ? { errors: null, classes: classErrors(predictions, { table, labels: classes, hidden }) }
    : { errors: predictionErrors(predictions, table, hidden), classes: null };
}

/** In the order asked for; numbers that are no row of the table are left out. */
export function rowsOfRun(
  predictions: Predictions | undefined,
  { table, hidden, classes }: PredictedTable,
  numbers: readonly number[],
): RowOfRun[] {
  const shown = table.columns.filter(({ name }) => !hidden.includes(name));
  const named = (value: number) => (classes.length > 0 ? (classes[value] ?? value) : value);
  return numbers
    .filter((row) => row < table.rowCount)
    .map((row) => {
      const at = predictions?.row.indexOf(row) ?? -1;
      const values = rowValues(shown, row);
      if (predictions === undefined || at === -1) return { row, values };
      return { row, values, actual: named(predictions.actual[at]!), predicted: named(predictions.predicted[at]!) };
    });
}

/** null where the two did not predict the same rows of the table in the same folds. */
export const errorsBetween = (
  before: Predictions,
  after: Predictions,
  { table, hidden, classes }: PredictedTable,
): ErrorChanges | null => errorChanges(before, after, table, { classes, hidden });
