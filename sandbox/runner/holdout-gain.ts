// What a run gained on the hold-out rows, over no model at all and over the run the session started with.
// Invariant: paired over the same rows, with its interval; computed in the parent, which alone holds the hold-out labels.

import type { Answers, Comparison, Predictions, RunReport, Task } from '#pipeline-core/core/report.ts';
import { compareRuns } from '#pipeline-core/workspace/compare-runs.ts';

export interface HoldoutGain {
  /** On the hold-out rows, in the measure of the task. */
  readonly score: number;
  /** Against the answer without any model: what the visible rows say of every row alike. */
  readonly overBaseline?: Comparison;
  /** Against the first successful run of the session. */
  readonly overStart?: Comparison;
  /** Of a classification: hold-out rows whose most probable class is right. */
  readonly right?: { readonly rows: number; readonly of: number };
}

export interface HoldoutGainOptions {
  readonly task: Pick<Task, 'kind' | 'measure' | 'classes'>;
  readonly start: RunReport | null;
  readonly actual: readonly number[];
  /** Of the bootstrap. */
  readonly seed: number;
}

/** null where the run was not scored on the hold-out rows. */
export function holdoutGain(run: RunReport, { task, start, actual, seed }: HoldoutGainOptions): HoldoutGain | null {
  const answers = run.holdoutPredictions;
  if (run.holdout === undefined || answers?.predicted.length !== actual.length) return null;
  const asRun = ({ predicted, probabilities }: Answers): Predictions => ({
    row: actual.map((_, row) => row),
    fold: actual.map(() => 0),
    actual,
    predicted,
    ...(probabilities === undefined ? {} : { probabilities }),
  });
  const { measure } = task;
  const over = (before: Answers) => compareRuns(asRun(before), asRun(answers), { measure, seed });
  const seen = run.predictions?.actual ?? [];
  const first = start?.holdoutPredictions;
  return {
    score: run.holdout,
    ...(seen.length === 0 ? {} : { overBaseline: over(baselineAnswers(task, seen, actual.length)) }),
    ...(first?.predicted.length === actual.length ? { overStart: over(first) } : {}),
    ...(task.kind === 'classification'
      ? { right: { rows: actual.filter((own, i) => own === answers.predicted[i]).length, of: actual.length } }
      : {}),
  };
}

/** The same for each row, from the visible ones: how frequent each class is, or the number with the least error. */
export function baselineAnswers(
  { kind, measure, classes }: HoldoutGainOptions['task'],
  seen: readonly number[],
  rows: number,
): Answers {
  const everyRow = <T>(value: T): T[] => Array.from({ length: rows }, () => value);
  if (kind === 'classification') {
    const shares = classes.map((_, k) => seen.filter((own) => own === k).length / seen.length);
    return { predicted: everyRow(shares.indexOf(Math.max(...shares))), probabilities: everyRow(shares) };
  }
  const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
  return { predicted: everyRow(measure === 'rmse' || measure === 'r2' ? mean : medianOf(seen)) };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
