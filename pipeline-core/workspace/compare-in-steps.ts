// The comparison of two runs in pieces of a few milliseconds, for a server that has other things to do between two of them.
// `compare-runs.ts` says what it works out. Invariant: the same draws in the same order, however it is cut.
import { PipelineError } from '../core/errors.ts';
import type { Comparison, ComparisonReason, Predictions, ScoreMeasure } from '../core/report.ts';
import { quantile } from '../math/distribution.ts';
import { createRng, type Rng } from '../math/rng.ts';
import { directionOf, rowMeans, type ScoredAnswers, taskScore, weightedScore } from '../metrics/task-score.ts';

export interface CompareOptions {
  /** Default 'rmse'. */
  readonly measure?: ScoreMeasure;
  /** Default 0. */
  readonly seed?: number;
  /** Bootstrap samples; default 2000, of many rows 400. */
  readonly resamples?: number;
}

/** As `compareRuns`, in pieces. */
export function* compareInSteps(
  before: Predictions,
  after: Predictions,
  options: CompareOptions = {},
): Generator<void, Comparison> {
  const { measure = 'rmse', seed = 0 } = options;
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
  const draws = createRng(seed);
  const paired = { measure, before: old, after: now, rows };
  const changes =
    rows.length > MANY_ROWS
      ? yield* changesOfMany(paired, { change, resamples: options.resamples ?? 400, draws })
      : yield* drawChanges(paired, options.resamples ?? 2000, draws);
  changes.sort();
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
  const entryAt = (i: number): Entry => {
    const shares = probabilities?.[i];
    return { row: run.row[i]!, fold: run.fold[i]!, actual: run.actual[i]!, predicted: run.predicted[i]!, shares };
  };
  const places = placesByRow(run.row);
  if (places !== null) return Array.from(places, entryAt);
  return run.row.map((_, i) => entryAt(i)).sort((x, y) => x.row - y.row || x.fold - y.fold);
}

/** Where each row is, in the order of their numbers, where these are 0, 1, 2 ... once each; else null: they must be sorted. */
function placesByRow(rows: readonly number[]): Int32Array | null {
  const places = new Int32Array(rows.length).fill(-1);
  for (const [i, row] of rows.entries()) {
    if (places[row] !== -1) return null;
    places[row] = i;
  }
  return places;
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
function* drawChanges(
  { measure, before, after, rows }: Paired,
  resamples: number,
  draws: Rng,
): Generator<void, Float64Array> {
  const means = [rowMeans(measure, before), rowMeans(measure, after)] as const;
  const change =
    means[0] === null || means[1] === null
      ? changeOfScores({ measure, before, after, rows })
      : changeOfMeans(rows, means[0].finish, [means[0].values, means[1].values]);
  return yield* drawn(resamples, rows.length, () => change(draws));
}

/** So many rows are drawn without a pause: a millisecond or two. */
const ROWS_AT_ONCE = 50_000;

/** `rows`: of each draw. */
function* drawn(resamples: number, rows: number, draw: () => number): Generator<void, Float64Array> {
  const changes = new Float64Array(resamples);
  const atOnce = Math.max(1, Math.floor(ROWS_AT_ONCE / rows));
  for (let k = 0; k < resamples; k++) {
    if (k > 0 && k % atOnce === 0) yield;
    changes[k] = draw();
  }
  return changes.filter(Number.isFinite);
}

/** More are not all drawn each time: that would hold a server up for seconds. */
const MANY_ROWS = 5_000;
const SUBSAMPLE = 2_000;

/**
 * Of many rows: each draw is a small part of them, without replacement, and its distance from the change of all rows is
 * scaled to their number (subsampling, Politis and Romano 1994): the interval of all rows at a fraction of the work.
 */
function* changesOfMany(
  paired: Paired,
  { change, resamples, draws }: { readonly change: number; readonly resamples: number; readonly draws: Rng },
): Generator<void, Float64Array> {
  const { rows } = paired;
  const n = rows.length;
  const places = Int32Array.from(rows.keys());
  const scale = Math.sqrt(SUBSAMPLE / (n - SUBSAMPLE));
  const changeOf = changeAmong(paired);
  return yield* drawn(resamples, SUBSAMPLE, () => {
    // The first of an order that is shuffled on from where the last draw left it.
    for (let k = 0; k < SUBSAMPLE; k++) {
      const other = k + drawnRow(draws, n - k);
      const place = places[k]!;
      places[k] = places[other]!;
      places[other] = place;
    }
    return change + (changeOf(places.subarray(0, SUBSAMPLE)) - change) * scale;
  });
}

/** The change of the score among some rows alone. */
function changeAmong({ measure, before, after, rows }: Paired): (few: Int32Array) => number {
  const means = [rowMeans(measure, before), rowMeans(measure, after)] as const;
  if (means[0] !== null && means[1] !== null) {
    const [{ finish }, own, other] = [means[0], sumsOf(means[1].values, rows), sumsOf(means[0].values, rows)];
    return (few) => {
      let [all, afterSum, beforeSum] = [0, 0, 0];
      for (const row of few) {
        all += rows[row]!.count;
        afterSum += own[row]!;
        beforeSum += other[row]!;
      }
      return finish(afterSum / all) - finish(beforeSum / all);
    };
  }
  return (few) => {
    const at = [...few].flatMap((row) => Array.from({ length: rows[row]!.count }, (_, i) => rows[row]!.at + i));
    return taskScore(measure, takeOf(after, at)) - taskScore(measure, takeOf(before, at));
  };
}

const sumsOf = (values: Float64Array, rows: Paired['rows']): Float64Array =>
  Float64Array.from(rows, ({ at, count }) => {
    let sum = 0;
    for (let i = at; i < at + count; i++) sum += values[i]!;
    return sum;
  });

function takeOf({ actual, predicted, probabilities }: ScoredAnswers, places: readonly number[]): ScoredAnswers {
  return {
    actual: places.map((i) => actual[i]!),
    predicted: places.map((i) => predicted[i]!),
    ...(probabilities === undefined ? {} : { probabilities: places.map((i) => probabilities[i]!) }),
  };
}

// A share of 32 bits: a million of these must not hold up a server, and the bias is one in millions.
const drawnRow = (draws: Rng, n: number): number => Math.floor(draws.next() * n);

function changeOfMeans(
  rows: Paired['rows'],
  finish: (mean: number) => number,
  values: readonly [Float64Array, Float64Array],
): (draws: Rng) => number {
  const count = Float64Array.from(rows, (row) => row.count);
  const [before, after] = [sumsOf(values[0], rows), sumsOf(values[1], rows)];
  return (draws) => {
    let [all, beforeSum, afterSum] = [0, 0, 0];
    for (let k = 0; k < count.length; k++) {
      const row = drawnRow(draws, count.length);
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
      const { at, count } = rows[drawnRow(draws, rows.length)]!;
      for (let i = at; i < at + count; i++) weight[i]! += 1;
    }
    return now(weight) - old(weight);
  };
}
