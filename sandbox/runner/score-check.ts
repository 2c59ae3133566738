// Does the score that the code wrote follow from its own predictions, and were these made on folds that keep the groups
// of the task together?
// Invariant: what cannot be checked is not believed either.
import type { Predictions, RunFinding } from '#pipeline-core/core/report.ts';
import { CLASSIFICATION_MEASURES, REGRESSION_MEASURES, taskScore } from '#pipeline-core/metrics/task-score.ts';
import type { CheckedTask } from '../protocol/job.ts';
import { PREDICTIONS } from './read-predictions.ts';

/** @param classes of the task; none: it asks for numbers */
export function scoreCheck(
  predictions: Predictions | undefined,
  metrics: ReadonlyMap<string, number>,
  classes: readonly string[],
): RunFinding[] {
  const measures = classes.length > 0 ? CLASSIFICATION_MEASURES : REGRESSION_MEASURES;
  const written = measures.flatMap((measure) => {
    const metric = `cv.${measure}`;
    const value = metrics.get(metric);
    return value === undefined ? [] : [{ measure, metric, value }];
  });
  if (written.length === 0) return [];
  if (predictions === undefined || predictions.actual.length === 0) {
    const facts = { metric: written[0]!.metric, path: PREDICTIONS };
    return [{ code: 'metric-unproven', level: 'alarm', facts }];
  }
  return written.flatMap(({ measure, metric, value }): RunFinding[] => {
    const real = taskScore(measure, predictions);
    if (Number.isFinite(real) && Math.abs(value - real) <= 1e-6 * Math.max(1, Math.abs(real))) return [];
    const computed = Number.isFinite(real) ? real : null;
    return [{ code: 'metric-differs', level: 'alarm', facts: { metric, written: value, computed, path: PREDICTIONS } }];
  });
}

/** null: every group was tested in whole, in each of the folds that test it. */
export function groupCheck(
  { row, fold }: Predictions,
  { column, of }: NonNullable<CheckedTask['groups']>,
): RunFinding | null {
  const scored = new Map<string, Set<number>>();
  const tested = new Map<string, Map<number, Set<number>>>();
  row.forEach((own, i) => {
    const group = of[own];
    if (group === undefined) return;
    const rows = scored.get(group) ?? new Set();
    scored.set(group, rows.add(own));
    const folds = tested.get(group) ?? new Map<number, Set<number>>();
    tested.set(group, folds.set(fold[i]!, (folds.get(fold[i]!) ?? new Set()).add(own)));
  });
  for (const [group, folds] of tested) {
    const size = scored.get(group)!.size;
    if ([...folds.values()].every((rows) => rows.size === size)) continue;
    return { code: 'leak-group-split', level: 'alarm', facts: { column, group: group.slice(0, 60) } };
  }
  return null;
}
