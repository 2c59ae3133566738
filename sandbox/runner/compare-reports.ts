// How one run compares with another, from their reports alone.
// Invariant: computed in the parent from what it checked itself; a change of the evaluation is never shown as a gain. Where
// every prediction is the same, so is the result, whatever else the code computes or draws.

import type { Comparison, RunReport, ScoreMeasure } from '#pipeline-core/core/report.ts';
import { compareInSteps, samePredictions } from '#pipeline-core/workspace/compare-in-steps.ts';

export interface CompareReportsOptions {
  /** That of their task. */
  readonly measure: ScoreMeasure;
  /** Of the bootstrap: the same runs and seed give the same interval. */
  readonly seed: number;
  /** Their evaluation protocols are known to be the same, though their keys differ. */
  readonly sameProtocol?: boolean;
}

export function compareReports(before: RunReport, after: RunReport, options: CompareReportsOptions): Comparison {
  const steps = compareReportsInSteps(before, after, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same in pieces of a few milliseconds. */
export function* compareReportsInSteps(
  before: RunReport,
  after: RunReport,
  options: CompareReportsOptions,
): Generator<void, Comparison> {
  if (before.status !== 'succeeded' || after.status !== 'succeeded') {
    return { verdict: 'not-comparable', reason: { code: 'not_succeeded' } };
  }
  if (before.outsKey !== undefined && before.outsKey === after.outsKey) {
    return { verdict: 'same-result', change: 0, reason: { code: 'same_outs' } };
  }
  const both = before.predictions && after.predictions ? ([before.predictions, after.predictions] as const) : null;
  if (both && samePredictions(...both)) {
    return { verdict: 'same-result', change: 0, reason: { code: 'same_predictions' } };
  }
  if (before.measureKey !== after.measureKey && options.sameProtocol !== true) {
    return { verdict: 'measure-changed', reason: { code: 'protocol_changed' } };
  }
  if (!both) return { verdict: 'not-comparable', reason: { code: 'no_predictions' } };
  const { measure, seed } = options;
  return yield* compareInSteps(...both, { measure, seed });
}
