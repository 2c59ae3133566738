// Where the predictions of a run are wrong, and what changed from one run to another, from their reports and the visible
// table.
// Invariant: hold-out rows are not in that table; columns that no input may come from are not shown.
import type { RunReport, Task } from '#pipeline-core/core/report.ts';
import { type ClassErrors, classErrors } from '#pipeline-core/inspection/class-errors.ts';
import { type ErrorChanges, errorChanges } from '#pipeline-core/inspection/error-changes.ts';
import { type PredictionErrors, predictionErrors } from '#pipeline-core/inspection/prediction-errors.ts';
import { rowValues } from '#pipeline-core/inspection/row-groups.ts';
import { parseCsv } from '#pipeline-core/table/csv.ts';
import type { Table } from '#pipeline-core/table/table.ts';
import type { Job } from '../protocol/job.ts';

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

interface RunData {
  readonly tables: Job['data'];
  readonly forbidden: readonly string[];
  readonly task: Pick<Task, 'kind' | 'classes'>;
}

const NONE: RunErrors = { errors: null, classes: null };

type Predicted = Pick<RunReport, 'predictions'>;

export function errorsOfRun({ predictions }: Predicted, data: RunData): RunErrors {
  const table = visibleTable(data);
  if (predictions === undefined || table === null) return NONE;
  const { kind, classes } = data.task;
  if (kind === 'classification')
    return { errors: null, classes: classErrors(predictions, { table, labels: classes, hidden: data.forbidden }) };
  return { errors: predictionErrors(predictions, table, data.forbidden), classes: null };
}

/** In the order asked for; numbers that are no row of the table are left out. */
export function rowsOfRun({ predictions }: Predicted, data: RunData, numbers: readonly number[]): RowOfRun[] {
  const table = visibleTable(data);
  if (table === null) return [];
  const shown = table.columns.filter(({ name }) => !data.forbidden.includes(name));
  const named = (value: number) => (data.task.kind === 'classification' ? (data.task.classes[value] ?? value) : value);
  return numbers
    .filter((row) => row < table.rowCount)
    .map((row) => {
      const at = predictions?.row.indexOf(row) ?? -1;
      const values = rowValues(shown, row);
      if (predictions === undefined || at === -1) return { row, values };
      return { row, values, actual: named(predictions.actual[at]!), predicted: named(predictions.predicted[at]!) };
    });
}

/** The last one: all runs of a session are about one table. */
let parsed: { readonly csv: string; readonly table: Table } | null = null;

function visibleTable({ tables }: Pick<RunData, 'tables'>): Table | null {
  const path = Object.keys(tables).find((one) => one.endsWith('.csv'));
  if (path === undefined) return null;
  const csv = tables[path]!;
  if (parsed?.csv !== csv) parsed = { csv, table: parseCsv(csv) };
  return parsed.table;
}

/** null where the two did not predict the same rows of the table in the same folds. */
export function errorsBetween(
  before: RunReport,
  after: RunReport,
  data: { readonly tables: Job['data']; readonly forbidden: readonly string[]; readonly classes: readonly string[] },
): ErrorChanges | null {
  const table = visibleTable(data);
  if (before.predictions === undefined || after.predictions === undefined || table === null) return null;
  const { classes, forbidden: hidden } = data;
  return errorChanges(before.predictions, after.predictions, table, { classes, hidden });
}
