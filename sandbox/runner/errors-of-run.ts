// Where the predictions of a run are wrong, and what changed from one run to another, from their reports and the visible
// table.
// Invariant: hold-out rows are not in that table; columns that no input may come from are not shown.
import type { RunReport } from '#pipeline-core/core/report.ts';
import { type ErrorChanges, errorChanges } from '#pipeline-core/inspection/error-changes.ts';
import { type PredictionErrors, predictionErrors } from '#pipeline-core/inspection/prediction-errors.ts';
import { parseCsv } from '#pipeline-core/table/csv.ts';
import type { Job } from '../protocol/job.ts';

/** null where the run has no predictions of rows of the table, or its task asks for classes. */
export function errorsOfRun(
  { predictions }: RunReport,
  data: {
    readonly tables: Job['data'];
    readonly forbidden: readonly string[];
    readonly kind: 'regression' | 'classification';
  },
): PredictionErrors | null {
  const path = Object.keys(data.tables).find((one) => one.endsWith('.csv'));
  if (predictions === undefined || path === undefined || data.kind !== 'regression') return null;
  return predictionErrors(predictions, parseCsv(data.tables[path]!), data.forbidden);
}

/** null where the two did not predict the same rows of the table in the same folds. */
export function errorsBetween(
  before: RunReport,
  after: RunReport,
  data: { readonly tables: Job['data']; readonly forbidden: readonly string[]; readonly classes: readonly string[] },
): ErrorChanges | null {
  const path = Object.keys(data.tables).find((one) => one.endsWith('.csv'));
  if (before.predictions === undefined || after.predictions === undefined || path === undefined) return null;
  const { classes, forbidden: hidden } = data;
  return errorChanges(before.predictions, after.predictions, parseCsv(data.tables[path]!), { classes, hidden });
}
