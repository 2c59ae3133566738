// Is run b better than run a, or is it chance? A seeded paired bootstrap over rows (Efron & Tibshirani 1993, ch. 10): the
// same rows are drawn for both runs, so what is hard about a row cancels out. Where the score is a mean over rows, its
// draws are means of what the rows add; any other score is worked out anew on each draw.

import type { Comparison, Predictions } from '../core/report.ts';
import { type CompareOptions, compareInSteps } from './compare-in-steps.ts';

export { type CompareOptions, samePredictions } from './compare-in-steps.ts';

/**
 * `change` is the score of `after` less that of `before`, `interval` its 95 % percentile interval.
 * 'same-result': every prediction has the same bits. 'not-comparable': other rows, folds or actual values.
 * 'within-noise': the interval holds 0. The order of the rows does not matter.
 * Throws PipelineError 'length-mismatch' where the columns of one run differ in length.
 */
export function compareRuns(before: Predictions, after: Predictions, options: CompareOptions = {}): Comparison {
  const steps = compareInSteps(before, after, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
