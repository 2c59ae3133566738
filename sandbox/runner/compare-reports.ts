// How one run stands against another, from their reports alone.
// Invariant: computed in the parent from what it checked itself; a change of the evaluation is never shown as a gain.

import type { Comparison, RunReport } from '#pipeline-core/core/report.ts';
import { compareRuns } from '#pipeline-core/workspace/compare-runs.ts';

/** @param seed of the bootstrap: the same runs and seed give the same interval */
export function compareReports(before: RunReport, after: RunReport, seed: number): Comparison {
  if (before.status !== 'succeeded' || after.status !== 'succeeded') {
    return { verdict: 'not-comparable', reason: 'only runs that succeeded can be compared' };
  }
  if (before.outsKey !== undefined && before.outsKey === after.outsKey) {
    return { verdict: 'same-result', change: 0, reason: 'refactor: every out is the same to the last bit' };
  }
  if (before.measureKey !== after.measureKey) {
    return { verdict: 'measure-changed', reason: 'this changes how we measure: a new series begins' };
  }
  if (before.predictions === undefined || after.predictions === undefined) {
    return { verdict: 'not-comparable', reason: 'one of the runs wrote no predictions to compare by' };
  }
  return compareRuns(before.predictions, after.predictions, { seed });
}
