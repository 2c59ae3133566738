// Schemas of how one run compares with another.
// Invariant: each agrees with its type in pipeline-core/core/comparison.ts; a test compares them.
import * as v from 'valibot';

const measureSchema = v.picklist([
  'rmse',
  'mae',
  'medianAbsoluteError',
  'r2',
  'logLoss',
  'brier',
  'accuracy',
  'balancedAccuracy',
  'f1',
  'rocAuc',
]);

const reasonSchema = v.variant('code', [
  v.object({
    code: v.picklist([
      'not_succeeded',
      'same_outs',
      'same_code',
      'same_predictions',
      'protocol_changed',
      'task_changed',
      'no_predictions',
      'no_rows',
      'no_score',
      'score_missing',
    ]),
  }),
  v.object({ code: v.picklist(['other_row_count', 'other_row']), before: v.number(), after: v.number() }),
  v.object({
    code: v.picklist(['other_fold', 'other_target']),
    row: v.number(),
    before: v.number(),
    after: v.number(),
  }),
  v.object({
    code: v.picklist(['within_noise', 'clear']),
    measure: measureSchema,
    change: v.number(),
    low: v.number(),
    high: v.number(),
    rows: v.number(),
  }),
  v.object({ code: v.picklist(['several_runs', 'several_runs_mixed', 'several_runs_noise']), runs: v.number() }),
]);

const comparisonEntries = {
  verdict: v.picklist(['better', 'worse', 'within-noise', 'same-result', 'not-comparable', 'measure-changed']),
  change: v.exactOptional(v.number()),
  interval: v.exactOptional(v.tuple([v.number(), v.number()])),
  reason: reasonSchema,
};
export const comparisonSchema = v.object(comparisonEntries);
export const againstSchema = v.object({ ...comparisonEntries, against: v.string() });
