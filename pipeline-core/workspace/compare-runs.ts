// Is run b better than run a, or is it chance? A seeded paired bootstrap over rows (Efron & Tibshirani 1993, ch. 10): the
// same rows are drawn for both runs, so what is hard about a row cancels out. Where the score is a mean over rows, its
// draws are means of what the rows add; any other score is worked out anew on each draw.

import { PipelineError } from '../core/errors.ts';
import type { Comparison, ComparisonReason, Predictions, ScoreMeasure } from '../core/report.ts';
import { createRng, type Rng } from '../math/rng.ts';
import { directionOf, rowMeans, type ScoredAnswers, taskScore, weightedScore } from '../metrics/task-score.ts';

export interface CompareOptions {
  /** Default 'rmse'. */
  readonly measure?: ScoreMeasure;
  /** Default 0. */
  readonly seed?: number;
  /** Bootstrap samples; default 2000. */
  readonly resamples?: number;
}

/**
 * `change` is the score of `after` less that of `before`, `interval` its 95 % percentile interval.
 * 'same-result': every prediction has the same bits. 'not-comparable': other rows, folds or actual values.
 * 'within-noise': the interval holds 0. The order of the rows does not matter.
 * Throws PipelineError 'length-mismatch' where the columns of one run differ in length.
 */
export function compareRuns(before: Predictions, after: Predictions, options: CompareOptions = {}): Comparison {
  const { measure = 'rmse', seed = 0, resamples = 2000 } = options;
  const a = inOrder(before, 'before');
  const b = inOrder(after, 'after');
  const difference = whatDiffers(a, b);
  if (difference !== null) return { verdict: 'not-comparable', reason: difference };
  if (a.length === 0) return { verdict: 'not-comparable', reason: { code: 'no_rows' } };
  if (sameAnswers(a, b)) {
    return { verdict: 'same-result', change: 0, reason: { code: 'same_predictions' } };
  }
  const [old, now] = [answersOf(a), answersOf(b)];
  const change = taskScore(measure, now) - taskScore(measure, old);
  const rows = rowsOf(a);
  const changes = drawChanges({ measure, before: old, after: now, rows }, resamples, createRng(seed)).sort();
  if (!Number.isFinite(change) || changes.length === 0) {
    return { verdict: 'not-comparable', reason: { code: 'no_score' } };
  }
  const interval = [quantile(changes, 0.025), quantile(changes, 0.975)] as const;
  const facts = { measure, change, low: interval[0], high: interval[1], rows: rows.length };
  if (interval[0] <= 0 && interval[1] >= 0) {
    return { verdict: 'within-noise', change, interval, reason: { code: 'within_noise', ...facts } };
  }
  const verdict = change < 0 === (directionOf(measure) === 'lower') ? 'better' : 'worse';
  return { verdict, change, interval, reason: { code: 'clear', ...facts } };
}

/** The same rows, folds, actual values and predictions, to the last bit; the order of the rows does not matter. */
export function samePredictions(before: Predictions, after: Predictions): boolean {
  const a = inOrder(before, 'before');
  const b = inOrder(after, 'after');
  return a.length > 0 && whatDiffers(a, b) === null && sameAnswers(a, b);
}

const sameAnswers = (a: readonly Entry[], b: readonly Entry[]): boolean =>
  a.every(
    ({ predicted, shares }, i) =>
      Object.is(predicted, b[i]!.predicted) &&
      shares?.length === b[i]!.shares?.length &&
      (shares?.every((share, k) => Object.is(share, b[i]!.shares![k])) ?? true),
  );

interface Entry {
  readonly row: number;
  readonly fold: number;
  readonly actual: number;
  readonly predicted: number;
  /** Probabilities by class. */
  readonly shares: readonly number[] | undefined;
}

function inOrder(run: Predictions, name: string): Entry[] {
  const n = run.row.length;
  const { probabilities } = run;
  if ([run.fold, run.actual, run.predicted, probabilities ?? run.row].some(({ length }) => length !== n)) {
    const message = `The predictions of the run ${name} have ${n} rows, ${run.fold.length} folds, ${run.actual.length} actual and ${run.predicted.length} predicted values: they must be as many.`;
    throw new PipelineError('length-mismatch', message, { rows: n });
  }
  return run.row
    .map((row, i) => {
      const shares = probabilities?.[i];
      return { row, fold: run.fold[i]!, actual: run.actual[i]!, predicted: run.predicted[i]!, shares };
    })
    .sort((x, y) => x.row - y.row || x.fold - y.fold);
}

function answersOf(entries: readonly Entry[]): ScoredAnswers {
  const probabilities = entries.flatMap(({ shares }) => (shares === undefined ? [] : [shares]));
  return {
    actual: entries.map(({ actual }) => actual),
    predicted: entries.map(({ predicted }) => predicted),
    ...(probabilities.length === entries.length ? { probabilities } : {}),
  };
}

function whatDiffers(a: readonly Entry[], b: readonly Entry[]): ComparisonReason | null {
  if (a.length !== b.length) return { code: 'other_row_count', before: a.length, after: b.length };
  const other = a.findIndex((entry, i) => entry.row !== b[i]!.row);
  if (other >= 0) return { code: 'other_row', before: a[other]!.row, after: b[other]!.row };
  const folded = a.findIndex((entry, i) => entry.fold !== b[i]!.fold);
  if (folded >= 0) return { code: 'other_fold', row: a[folded]!.row, before: a[folded]!.fold, after: b[folded]!.fold };
  const moved = a.findIndex((entry, i) => entry.actual !== b[i]!.actual);
  if (moved >= 0)
    return { code: 'other_target', row: a[moved]!.row, before: a[moved]!.actual, after: b[moved]!.actual };
  return null;
}

/** Where the predictions of each row begin, and how many: more than one under repeated cross-validation, drawn together. */
function rowsOf(entries: readonly Entry[]): readonly { readonly at: number; readonly count: number }[] {
  const rows: { at: number; count: number }[] = [];
  entries.forEach(({ row }, at) => {
    if (at > 0 && row === entries[at - 1]!.row) rows.at(-1)!.count++;
    else rows.push({ at, count: 1 });
  });
  return rows;
}

interface Paired {
  readonly measure: ScoreMeasure;
  readonly before: ScoredAnswers;
  readonly after: ScoredAnswers;
  readonly rows: ReturnType<typeof rowsOf>;
}

/** A draw for which the measure has no value is left out. */
function drawChanges({ measure, before, after, rows }: Paired, resamples: number, draws: Rng): Float64Array {
  const means = [rowMeans(measure, before), rowMeans(measure, after)] as const;
  const change =
    means[0] === null || means[1] === null
      ? changeOfScores({ measure, before, after, rows })
      : changeOfMeans(rows, means[0].finish, [means[0].values, means[1].values]);
  const changes = Float64Array.from({ length: resamples }, () => change(draws));
  return changes.filter(Number.isFinite);
}

// A share of 32 bits: a million of these must not hold up a server, and the bias is one in millions.
const drawn = (draws: Rng, n: number): number => Math.floor(draws.next() * n);

function changeOfMeans(
  rows: Paired['rows'],
  finish: (mean: number) => number,
  values: readonly [Float64Array, Float64Array],
): (draws: Rng) => number {
  const count = Float64Array.from(rows, (row) => row.count);
  const sums = values.map((own) =>
    Float64Array.from(rows, ({ at, count: many }) =>
      own.subarray(at, at + many).reduce((sum, value) => sum + value, 0),
    ),
  );
  const [before, after] = [sums[0]!, sums[1]!];
  return (draws) => {
    let [all, beforeSum, afterSum] = [0, 0, 0];
    for (let k = 0; k < count.length; k++) {
      const row = drawn(draws, count.length);
      all += count[row]!;
      beforeSum += before[row]!;
      afterSum += after[row]!;
    }
    return finish(afterSum / all) - finish(beforeSum / all);
  };
}

function changeOfScores({ measure, before, after, rows }: Paired): (draws: Rng) => number {
  const [old, now] = [weightedScore(measure, before), weightedScore(measure, after)];
  const weight = new Float64Array(before.actual.length);
  return (draws) => {
    weight.fill(0);
    for (let k = 0; k < rows.length; k++) {
      const { at, count } = rows[drawn(draws, rows.length)]!;
      for (let i = at; i < at + count; i++) weight[i]! += 1;
    }
    return now(weight) - old(weight);
  };
}

function quantile(sorted: Float64Array, at: number): number {
  const place = at * (sorted.length - 1);
  const lower = sorted[Math.floor(place)]!;
  return lower + (place - Math.floor(place)) * (sorted[Math.ceil(place)]! - lower);
}
