// How one run stands against another, from their reports alone.
// Invariant: computed in the parent from what it checked itself; a change of the evaluation is never shown as a gain.

import type { Comparison, RunReport } from '#pipeline-core/core/report.ts';
import { compareRuns } from '#pipeline-core/workspace/compare-runs.ts';

/** @param seed of the bootstrap: the same runs and seed give the same interval */
export function compareReports(before: RunReport, after: RunReport, seed: number): Comparison {
  if (before.status !== 'succeeded' || after.status !== 'succeeded') {
    return { verdict: 'not-comparable', reason: { code: 'not_succeeded' } };
  }
  if (before.outsKey !== undefined && before.outsKey === after.outsKey) {
    return { verdict: 'same-result', change: 0, reason: { code: 'same_outs' } };
  }
  if (before.measureKey !== after.measureKey) {
    return { verdict: 'measure-changed', reason: { code: 'protocol_changed' } };
  }
  if (before.predictions === undefined || after.predictions === undefined) {
    return { verdict: 'not-comparable', reason: { code: 'no_predictions' } };
  }
  return compareRuns(before.predictions, after.predictions, { seed });
}
