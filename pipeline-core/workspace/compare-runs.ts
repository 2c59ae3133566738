// Is run b better than run a, or is it chance? A seeded paired bootstrap over rows (Efron & Tibshirani 1993, ch. 10): the
// same rows are drawn for both runs, so what is hard about a row cancels out.

import { PipelineError } from '../core/errors.ts';
import type { Comparison, ComparisonReason, Predictions } from '../core/report.ts';
import { square } from '../math/deterministic-math.ts';
import { createRng, type Rng } from '../math/rng.ts';

export interface CompareOptions {
  /** Default 0. */
  readonly seed?: number;
  /** Bootstrap samples; default 2000. */
  readonly resamples?: number;
}

/**
 * `change` is RMSE(after) - RMSE(before) in the target's unit, `interval` its 95 % percentile interval.
 * 'same-result': every prediction has the same bits. 'not-comparable': other rows, folds or actual values.
 * 'within-noise': the interval holds 0. The order of the rows does not matter.
 * Throws PipelineError 'length-mismatch' where the columns of one run differ in length.
 */
export function compareRuns(before: Predictions, after: Predictions, options: CompareOptions = {}): Comparison {
  const { seed = 0, resamples = 2000 } = options;
  const a = inOrder(before, 'before');
  const b = inOrder(after, 'after');
  const difference = whatDiffers(a, b);
  if (difference !== null) return { verdict: 'not-comparable', reason: difference };
  if (a.length === 0) return { verdict: 'not-comparable', reason: { code: 'no_rows' } };
  if (sameAnswers(a, b)) {
    return { verdict: 'same-result', change: 0, reason: { code: 'same_predictions' } };
  }
  const rows = squaredErrors(a, b);
  const total = sumsOver(rows);
  const change = total.after - total.before;
  const changes = drawChanges(rows, resamples, createRng(seed));
  changes.sort();
  const interval = [quantile(changes, 0.025), quantile(changes, 0.975)] as const;
  const scored = rows.count.length;
  const facts = { change, low: interval[0], high: interval[1], rows: scored };
  if (interval[0] <= 0 && interval[1] >= 0) {
    return { verdict: 'within-noise', change, interval, reason: { code: 'within_noise', ...facts } };
  }
  const verdict = change < 0 ? 'better' : 'worse';
  return { verdict, change, interval, reason: { code: 'clear', ...facts } };
}

/** The same rows, folds, actual values and predictions, to the last bit; the order of the rows does not matter. */
export function samePredictions(before: Predictions, after: Predictions): boolean {
  const a = inOrder(before, 'before');
  const b = inOrder(after, 'after');
  return a.length > 0 && whatDiffers(a, b) === null && sameAnswers(a, b);
}

const sameAnswers = (a: readonly Entry[], b: readonly Entry[]): boolean =>
  a.every((entry, i) => Object.is(entry.predicted, b[i]!.predicted));

interface Entry {
  readonly row: number;
  readonly fold: number;
  readonly actual: number;
  readonly predicted: number;
}

function inOrder(run: Predictions, name: string): Entry[] {
  const n = run.row.length;
  if (run.fold.length !== n || run.actual.length !== n || run.predicted.length !== n) {
    const message = `The predictions of the run ${name} have ${n} rows, ${run.fold.length} folds, ${run.actual.length} actual and ${run.predicted.length} predicted values: they must be as many.`;
    throw new PipelineError('length-mismatch', message, { rows: n });
  }
  return run.row
    .map((row, i) => ({ row, fold: run.fold[i]!, actual: run.actual[i]!, predicted: run.predicted[i]! }))
    .sort((x, y) => x.row - y.row || x.fold - y.fold);
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

interface RowErrors {
  /** Predictions of each row: more than one under repeated cross-validation, drawn together. */
  readonly count: Float64Array;
  readonly before: Float64Array;
  readonly after: Float64Array;
}

function squaredErrors(a: readonly Entry[], b: readonly Entry[]): RowErrors {
  const count: number[] = [];
  const before: number[] = [];
  const after: number[] = [];
  for (let i = 0; i < a.length; i++) {
    if (i === 0 || a[i]!.row !== a[i - 1]!.row) {
      count.push(0);
      before.push(0);
      after.push(0);
    }
    const last = count.length - 1;
    count[last]! += 1;
    before[last]! += square(a[i]!.predicted - a[i]!.actual);
    after[last]! += square(b[i]!.predicted - b[i]!.actual);
  }
  return { count: Float64Array.from(count), before: Float64Array.from(before), after: Float64Array.from(after) };
}

function drawChanges({ count, before, after }: RowErrors, resamples: number, draws: Rng): Float64Array {
  const changes = new Float64Array(resamples);
  const n = count.length;
  for (let r = 0; r < resamples; r++) {
    let drawn = 0;
    let beforeSum = 0;
    let afterSum = 0;
    for (let k = 0; k < n; k++) {
      // A share of 32 bits: a million of these must not hold up a server, and the bias is one in millions.
      const row = Math.floor(draws.next() * n);
      drawn += count[row]!;
      beforeSum += before[row]!;
      afterSum += after[row]!;
    }
    changes[r] = Math.sqrt(afterSum / drawn) - Math.sqrt(beforeSum / drawn);
  }
  return changes;
}

function sumsOver({ count, before, after }: RowErrors): { before: number; after: number } {
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const n = sum(count);
  return { before: Math.sqrt(sum(before) / n), after: Math.sqrt(sum(after) / n) };
}

function quantile(sorted: Float64Array, at: number): number {
  const place = at * (sorted.length - 1);
  const lower = sorted[Math.floor(place)]!;
  return lower + (place - Math.floor(place)) * (sorted[Math.ceil(place)]! - lower);
}
