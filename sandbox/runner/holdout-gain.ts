// What a run gained on the hold-out rows, over no model at all and over the run the session started with.
// Invariant: paired over the same rows, with its interval; computed in the parent, which alone holds the hold-out labels.

import type { Comparison, Predictions, RunReport } from '#pipeline-core/core/report.ts';
import { compareRuns } from '#pipeline-core/workspace/compare-runs.ts';

export interface HoldoutGain {
  /** RMSE on the hold-out rows, in the target's unit. */
  readonly score: number;
  /** Against always answering the mean of the visible rows. */
  readonly overBaseline?: Comparison;
  /** Against the first successful run of the session. */
  readonly overStart?: Comparison;
}

/** null where the run was not scored on the hold-out rows. @param seed of the bootstrap */
export function holdoutGain(
  run: RunReport,
  {
    start,
    actual,
    seed,
  }: { readonly start: RunReport | null; readonly actual: readonly number[]; readonly seed: number },
): HoldoutGain | null {
  const answers = run.holdoutPredictions;
  if (run.holdout === undefined || answers?.predicted.length !== actual.length) return null;
  const asRun = (predicted: readonly number[]): Predictions => ({
    row: actual.map((_, row) => row),
    fold: actual.map(() => 0),
    actual,
    predicted,
  });
  const visible = run.predictions?.actual;
  const mean = visible && visible.length > 0 ? visible.reduce((sum, value) => sum + value, 0) / visible.length : null;
  const first = start?.holdoutPredictions;
  return {
    score: run.holdout,
    ...(mean === null
      ? {}
      : { overBaseline: compareRuns(asRun(actual.map(() => mean)), asRun(answers.predicted), { seed }) }),
    ...(first?.predicted.length === actual.length
      ? { overStart: compareRuns(asRun(first.predicted), asRun(answers.predicted), { seed }) }
      : {}),
  };
}
