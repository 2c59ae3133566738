// The score on the hold-out rows, made where their labels are: in the parent of the children, or by the owner of the session
// where a worker ran them. Invariant: answers that do not fit the rows have no score.
import type { Answers, RunFinding } from '#pipeline-core/core/report.ts';
import { taskScore } from '#pipeline-core/metrics/task-score.ts';
import type { CheckedTask } from '../protocol/job.ts';

/** A model that cannot answer for them has no score to celebrate. */
export const UNSCORED: RunFinding = { code: 'served-fails', level: 'alarm', facts: { fault: 'holdout_rows' } };

/** null: the answers give no finite score. */
export function holdoutScore(
  answers: Answers,
  actual: readonly number[],
  { measure }: Pick<CheckedTask, 'measure'>,
): number | null {
  if (answers.predicted.length !== actual.length) return null;
  const score = taskScore(measure, { actual, ...answers });
  return Number.isFinite(score) ? score : null;
}
