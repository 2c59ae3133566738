// Cross-validation and the comparison of runs: what tile, strip and previews say.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PipelineError } from '#pipeline-core/core/errors.ts';
import type { Predictions } from '#pipeline-core/core/report.ts';
import { takeRows } from '#pipeline-core/estimator/input.ts';
import type { Matrix } from '#pipeline-core/estimator/model.ts';
import { kFold, repeatedKFold } from '#pipeline-core/estimator/split.ts';
import { createRng } from '#pipeline-core/math/rng.ts';
import { rmse } from '#pipeline-core/metrics/metrics.ts';
import { CLASSIFICATION_MEASURES, directionOf, taskScore } from '#pipeline-core/metrics/task-score.ts';
import { crossValidate } from '#pipeline-core/model-selection/cross-validate.ts';
import { learningCurve } from '#pipeline-core/model-selection/learning-curve.ts';
import { DummyRegressor } from '#pipeline-core/models/dummy.ts';
import { Ridge } from '#pipeline-core/models/ridge.ts';
import { compareInSteps } from '#pipeline-core/workspace/compare-in-steps.ts';
import { compareRuns } from '#pipeline-core/workspace/compare-runs.ts';

const rows = 300;
const random = createRng(5);
const x: Matrix = { data: new Float64Array(rows * 2), rows, cols: 2, names: ['a', 'b'] };
for (let k = 0; k < x.data.length; k++) x.data[k] = random.normal();
const y = Array.from({ length: rows }, (_, i) => 10 + 2 * x.data[i * 2]! + random.normal());

const withErrors = (spread: number, seed: number): Predictions => {
  const noise = createRng(seed);
  return {
    row: y.map((_, i) => i),
    fold: y.map((_, i) => i % 5),
    actual: y,
    predicted: y.map((value) => value + spread * noise.normal()),
  };
};

describe('compareRuns', () => {
  const before = withErrors(2, 1);

  it('calls a clear gain better and a clear loss worse, with the change and its interval', () => {
    const after = withErrors(1.5, 2);
    const better = compareRuns(before, after, { seed: 1 });
    expect(better.verdict).toBe('better');
    const change = rmse(y, after.predicted) - rmse(y, before.predicted);
    expect(better.change).toBeCloseTo(change, 12);
    expect(better.interval![0]).toBeLessThan(change);
    expect(better.interval![1]).toBeGreaterThan(change);
    expect(better.interval![1]).toBeLessThan(0);
    const worse = compareRuns(after, before, { seed: 1 });
    expect(worse.verdict).toBe('worse');
    expect(worse.change).toBeCloseTo(-change, 12);
  });

  it('is worked out in pieces, of so many rows at most that a server answers between them, as in one', () => {
    const after = withErrors(1.9, 3);
    for (const measure of ['rmse', 'mae', 'r2'] as const) {
      const steps = compareInSteps(before, after, { measure, seed: 4 });
      let pieces = 1;
      let step = steps.next();
      for (; !step.done; step = steps.next()) pieces++;
      expect(step.value).toEqual(compareRuns(before, after, { measure, seed: 4 }));
      // 2,000 draws of 300 rows.
      expect(pieces).toBeGreaterThanOrEqual(12);
    }
  });

  it.each(['rmse', 'r2'] as const)('has the same interval of many rows by %s', (measure) => {
    // A few more than are drawn in whole, beside a few less: the intervals differ by their number of draws alone.
    const many = (rows: number) => {
      const [own, other] = [createRng(8), createRng(9)];
      const actual = Array.from({ length: rows }, (_, i) => i % 50);
      const run = (spread: number, noise: ReturnType<typeof createRng>): Predictions => ({
        row: actual.map((_, i) => i),
        fold: actual.map((_, i) => i % 5),
        actual,
        predicted: actual.map((value) => value + spread * noise.normal()),
      });
      return compareRuns(run(2, own), run(1.9, other), { measure, seed: 1, resamples: 500 }).interval!;
    };
    const [whole, part] = [many(4_990), many(5_010)];
    const width = whole[1] - whole[0];
    expect((part[1] - part[0]) / width).toBeGreaterThan(0.8);
    expect((part[1] - part[0]) / width).toBeLessThan(1.25);
    expect(Math.abs(part[0] - whole[0]) / width).toBeLessThan(0.25);
  });

  it('has an interval as wide as the standard error says', () => {
    const after = withErrors(1.9, 3);
    const { interval } = compareRuns(before, after, { resamples: 4000 });
    // Delta method: change of the root is the mean difference of squares over the sum of the roots.
    const gaps = y.map((_, i) => (after.predicted[i]! - y[i]!) ** 2 - (before.predicted[i]! - y[i]!) ** 2);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / rows;
    const sd = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / rows);
    const width = (2 * 1.96 * sd) / Math.sqrt(rows) / (rmse(y, before.predicted) + rmse(y, after.predicted));
    expect((interval![1] - interval![0]) / width).toBeCloseTo(1, 1);
  });

  it('says within noise for two draws of the same error', () => {
    const comparison = compareRuns(before, withErrors(2, 9));
    expect(comparison.verdict).toBe('within-noise');
    expect(comparison.interval![0]).toBeLessThan(0);
    expect(comparison.interval![1]).toBeGreaterThan(0);
  });

  it('is wrong about no change in about one case of twenty', () => {
    let alarms = 0;
    for (let k = 0; k < 200; k++) {
      const comparison = compareRuns(withErrors(2, 100 + k), withErrors(2, 900 + k), { resamples: 400 });
      if (comparison.verdict !== 'within-noise') alarms++;
    }
    expect(alarms).toBeGreaterThan(1);
    expect(alarms).toBeLessThan(25);
  });

  it('tells bit-identical predictions, in any order of rows', () => {
    const turned = Object.fromEntries(
      Object.entries(before).map(([column, values]) => [column, [...(values as number[])].reverse()]),
    ) as unknown as Predictions;
    expect(compareRuns(before, turned)).toMatchObject({ verdict: 'same-result', change: 0 });
    const touched = { ...before, predicted: before.predicted.with(3, before.predicted[3]! + 1e-13) };
    expect(compareRuns(before, touched).verdict).toBe('within-noise');
  });

  it('refuses to compare other rows, folds or targets, and says which', () => {
    const other = (change: Partial<Predictions>) => {
      const comparison = compareRuns(before, { ...before, ...change });
      expect(comparison.verdict).toBe('not-comparable');
      expect(comparison.change).toBeUndefined();
      return comparison.reason;
    };
    expect(other({ row: before.row.with(7, 1000) })).toEqual({ code: 'other_row', before: 7, after: 8 });
    expect(other({ fold: before.fold.with(7, 4) })).toMatchObject({ code: 'other_fold', row: 7, after: 4 });
    expect(other({ actual: before.actual.with(7, -1) })).toMatchObject({ code: 'other_target', row: 7, after: -1 });
    const fewer = Object.fromEntries(
      Object.entries(before).map(([column, values]) => [column, (values as number[]).slice(1)]),
    ) as unknown as Predictions;
    expect(compareRuns(before, fewer).reason).toEqual({ code: 'other_row_count', before: 300, after: 299 });
    expect(() => compareRuns(before, { ...before, fold: [] })).toThrow(PipelineError);
  });

  it('gives the same numbers for the same seed', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const after = withErrors(1.9, seed + 1);
        expect(compareRuns(before, after, { seed, resamples: 50 })).toEqual(
          compareRuns(before, after, { seed, resamples: 50 }),
        );
      }),
      { numRuns: 10 },
    );
  });
});

describe('compareRuns of classes', () => {
  const actual = y.map((_, i) => (i * 7) % 3);
  /** Of each row the probability of its own class, about `sure`. */
  const asked = (sure: number, seed: number): Predictions => {
    const chance = createRng(seed);
    const probabilities = actual.map((own) => {
      const share = Math.min(0.98, Math.max(0.02, sure + 0.25 * chance.normal()));
      return [0, 1, 2].map((k) => (k === own ? share : (1 - share) / 2));
    });
    const predicted = probabilities.map((shares) => shares.indexOf(Math.max(...shares)));
    return { row: y.map((_, i) => i), fold: y.map((_, i) => i % 5), actual, predicted, probabilities };
  };
  const [vague, sure] = [asked(0.35, 1), asked(0.6, 2)];

  it.each(CLASSIFICATION_MEASURES)(
    'is better by %s where more of the probability is right, and worse the other way',
    (measure) => {
      const better = compareRuns(vague, sure, { measure, resamples: 400 });
      expect(better).toMatchObject({ verdict: 'better', reason: { code: 'clear', measure } });
      expect(better.change).toBeCloseTo(taskScore(measure, sure) - taskScore(measure, vague), 12);
      expect(better.change! > 0).toBe(directionOf(measure) === 'higher');
      expect(better.interval![0]).toBeLessThan(better.change!);
      expect(better.interval![1]).toBeGreaterThan(better.change!);
      expect(compareRuns(sure, vague, { measure, resamples: 400 }).verdict).toBe('worse');
    },
  );

  it.each(['mae', 'medianAbsoluteError', 'r2'] as const)('of numbers by %s', (measure) => {
    const [before, after] = [withErrors(3, 1), withErrors(1, 2)];
    expect(compareRuns(before, after, { measure, resamples: 400 })).toMatchObject({ verdict: 'better' });
  });

  it('is not comparable where the score has no value', () => {
    const numbers = { ...vague, probabilities: undefined } as unknown as Predictions;
    const other = { ...numbers, predicted: sure.predicted };
    expect(compareRuns(numbers, other, { measure: 'logLoss', resamples: 50 })).toEqual({
      verdict: 'not-comparable',
      reason: { code: 'no_score' },
    });
  });

  it('tells other probabilities of the same classes apart', () => {
    const touched = { ...sure, probabilities: sure.probabilities!.map(([a, b, c]) => [a!, b! + 1e-9, c! - 1e-9]) };
    expect(compareRuns(sure, sure).verdict).toBe('same-result');
    expect(compareRuns(sure, touched, { measure: 'logLoss', resamples: 50 }).verdict).not.toBe('same-result');
  });
});

describe('crossValidate', () => {
  it('predicts each row by a model that has not seen it', () => {
    const folds = kFold(rows, { nSplits: 5, randomState: 3 });
    const result = crossValidate({ build: () => new Ridge(), x, y, folds });
    const { predictions } = result;
    expect(predictions.row).toEqual(y.map((_, i) => i));
    folds.forEach(({ train, test }, f) => {
      const model = new Ridge().fit(
        takeRows(x, train),
        Array.from(train, (i) => y[i]!),
      );
      const own = model.predict(takeRows(x, test));
      test.forEach((row, k) => {
        expect(predictions.fold[row]).toBe(f);
        expect(predictions.predicted[row]).toBe(own[k]);
      });
    });
    expect(result.pooled['rmse']).toBe(rmse(y, predictions.predicted));
    const scores = result.folds.map(({ scores }) => scores['rmse']!);
    expect(result.mean['rmse']).toBeCloseTo(scores.reduce((a, b) => a + b) / 5, 12);
    expect(result.spread['rmse']).toBeGreaterThan(0);
    expect(result.train['rmse']).toBeLessThan(result.mean['rmse']!);
  });

  it('takes plain rows, repeated folds and own measures', () => {
    const plain = Array.from({ length: 40 }, (_, i) => [i, i % 3]);
    const target = plain.map(([a]) => a!);
    const folds = repeatedKFold(40, { nSplits: 4, nRepeats: 2 });
    const bias = (actual: ArrayLike<number>, predicted: ArrayLike<number>): number => predicted[0]! - actual[0]!;
    const result = crossValidate({ build: () => new DummyRegressor(), x: plain, y: target, folds, measures: { bias } });
    expect(result.folds).toHaveLength(8);
    expect(result.predictions.row).toHaveLength(80);
    expect(Object.keys(result.mean)).toEqual(['bias']);
  });

  it('stops when asked and refuses other lengths', () => {
    let asked = 0;
    const stop = (): boolean => ++asked > 2;
    expect(() => crossValidate({ build: () => new Ridge(), x, y, shouldStop: stop })).toThrow('stopped');
    expect(() => crossValidate({ build: () => new Ridge(), x, y: y.slice(1) })).toThrow('299');
  });
});

it('draws a learning curve that falls for unseen rows', () => {
  const curve = learningCurve({ build: () => new Ridge({ alpha: 0.1 }), x, y, sizes: [0.02, 0.2, 1], unit: 'points' });
  expect(curve.points.map(({ trainRows }) => trainRows)).toEqual([5, 48, 240]);
  const test = curve.points.map((point) => point.test.mean);
  expect(test[2]).toBeLessThan(test[0]!);
  expect(curve.points[0]!.train.mean).toBeLessThan(curve.points[2]!.train.mean);
});
