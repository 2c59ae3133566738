// Measures against scikit-learn on their edge cases, and what they refuse.
import { describe, expect, it } from 'vitest';
import { PipelineError } from '#pipeline-core/core/errors.ts';
import { calibrationCurve } from '#pipeline-core/metrics/calibration.ts';
import {
  accuracy,
  balancedAccuracy,
  brier,
  confusionMatrix,
  f1,
  logLoss,
  precision,
  recall,
  rocAuc,
} from '#pipeline-core/metrics/classification.ts';
import { mae, meanSquaredError, medianAbsoluteError, r2, rmse } from '#pipeline-core/metrics/metrics.ts';
import { errorBySlice } from '#pipeline-core/metrics/slice-metrics.ts';
import { normalCdf, passFailReport, passProbability } from '#pipeline-core/metrics/threshold.ts';
import fixture from '#tests/fixtures/models.json' with { type: 'json' };

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof PipelineError) return error.code;
    throw error;
  }
  return 'nothing was thrown';
};

describe('regression measures', () => {
  for (const golden of fixture.regression) {
    it(golden.name, () => {
      const { actual, predicted } = golden;
      expect(rmse(actual, predicted)).toBeCloseTo(golden.rmse, 12);
      expect(mae(actual, predicted)).toBeCloseTo(golden.mae, 12);
      expect(medianAbsoluteError(actual, predicted)).toBeCloseTo(golden.medianAbsoluteError, 12);
      expect(r2(actual, predicted)).toBeCloseTo(golden.r2, 12);
    });
  }

  it('refuses what cannot be measured', () => {
    for (const measure of [rmse, mae, medianAbsoluteError, r2]) {
      expect(codeOf(() => measure([], []))).toBe('empty');
      expect(codeOf(() => measure([1, 2], [1]))).toBe('length-mismatch');
      expect(codeOf(() => measure([1, 2], [1, Number.NaN]))).toBe('not-finite');
    }
    expect(codeOf(() => r2([1], [1]))).toBe('too-few-rows');
  });
});

describe('pass / fail measures', () => {
  for (const golden of fixture.labels) {
    it(golden.name, () => {
      const { actual, predicted, probability } = golden;
      expect(accuracy(actual, predicted)).toBeCloseTo(golden.accuracy, 12);
      expect(balancedAccuracy(actual, predicted)).toBeCloseTo(golden.balancedAccuracy, 12);
      expect(precision(actual, predicted)).toBeCloseTo(golden.precision, 12);
      expect(recall(actual, predicted)).toBeCloseTo(golden.recall, 12);
      expect(f1(actual, predicted)).toBeCloseTo(golden.f1, 12);
      expect(logLoss(actual, probability)).toBeCloseTo(golden.logLoss, 9);
      expect(brier(actual, probability)).toBeCloseTo(golden.brier, 12);
      expect(confusionMatrix(actual, predicted)).toEqual(golden.confusionMatrix);
      if (golden.rocAuc === null) expect(codeOf(() => rocAuc(actual, probability))).toBe('one-class');
      else expect(rocAuc(actual, probability)).toBeCloseTo(golden.rocAuc, 12);
      for (const strategy of ['uniform', 'quantile'] as const) {
        const curve = golden[strategy];
        if (curve === undefined) continue;
        const ours = calibrationCurve(actual, probability, { strategy });
        expect(ours.probTrue).toHaveLength(curve[0]!.length);
        for (const [k, value] of ours.probTrue.entries()) expect(value).toBeCloseTo(curve[0]![k]!, 12);
        for (const [k, value] of ours.probPred.entries()) expect(value).toBeCloseTo(curve[1]![k]!, 12);
      }
    });
  }

  it.each([
    // calibration_curve of scikit-learn 1.9.1, whose edges here are as in 1.2.
    ['uniform', 18, [1, 15 / 18, 7 / 18, 8 / 18], [1, 1, 0, 1], [0.5, 1, 1]],
    ['uniform', 31, [9 / 31, 10 / 31, 18 / 31], [0, 1, 0], [0.5, 0]],
    ['quantile', 3, [0.19, 0.25, 0.13, 0.9], [0, 0, 0, 1], [0, 0.5]],
    ['quantile', 3, [0.41, 0.81, 0.87, 0.69], [0, 1, 1, 1], [0, 1, 1]],
  ] as const)(
    'puts a probability on an edge where scikit-learn does: %s, %i bins',
    (strategy, nBins, given, actual, shares) => {
      expect(calibrationCurve(actual, given, { strategy, nBins }).probTrue).toEqual(shares);
    },
  );

  it('reads grades by the pass mark, and labels as they are', () => {
    const actual = [9.9, 10, 15, 4];
    const predicted = [11, 10, 9, 3];
    expect(confusionMatrix(actual, predicted, { pass: 10 })).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(accuracy(actual, predicted, { pass: 9 })).toBe(1);
    expect(accuracy([false, true, true, false], [true, true, false, false])).toBe(0.5);
    expect(rocAuc(actual, predicted, { pass: 10 })).toBe(0.5);
  });

  const pairs = [confusionMatrix, accuracy, balancedAccuracy, precision, recall, f1];
  it.each([
    ['three classes', [0, 1, 2], [2, 1, 0], {}, 'Row 3 of the actual values is 2'],
    ['probabilities', [0, 1, 1], [0.2, 0.9, 0.4], {}, 'For probabilities choose a threshold first'],
    ['grades without a pass mark', [9, 12], [9, 12], {}, 'say which value passes'],
    ['labels with a pass mark', [0, 1], [9, 12], { pass: 10 }, 'The actual values are 0 and 1 already'],
    ['predicted labels with a pass mark', [9, 12], [0, 1], { pass: 10 }, 'The predicted values are 0 and 1 already'],
    ['a pass mark that is none', [9, 12], [9, 12], { pass: Number.NaN }, 'pass must be a finite number'],
  ] as const)('refuses %s instead of answering 1 or 0', (_, actual, predicted, options, sentence) => {
    for (const measure of pairs) expect(() => measure(actual, predicted, options)).toThrow(sentence);
  });

  it('refuses actual values that are no labels beside scores and probabilities too', () => {
    expect(() => rocAuc([0, 1, 2], [0.1, 0.2, 0.3])).toThrow('Row 3 of the actual values is 2');
    for (const measure of [logLoss, brier, calibrationCurve])
      expect(() => measure([0, 2], [0.1, 0.9])).toThrow('Row 2 of the actual values is 2');
  });

  it('refuses grades where probabilities belong', () => {
    expect(codeOf(() => logLoss([9, 12], [9, 12]))).toBe('not-a-probability');
    expect(codeOf(() => brier([], []))).toBe('empty');
    expect(codeOf(() => accuracy([], []))).toBe('empty');
  });

  it('turns a predicted grade into a probability', () => {
    // Values of the normal distribution function: Abramowitz & Stegun, table 26.1.
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(1)).toBeCloseTo(0.841344746068543, 14);
    expect(normalCdf(-2.5)).toBeCloseTo(0.006209665325776, 14);
    expect(normalCdf(-5) / 2.866515718791939e-7).toBeCloseTo(1, 10);
    expect([...passProbability([10, 12], { spread: 2 })]).toEqual([0.5, normalCdf(1)]);
  });

  it('reports all at once, one class too', () => {
    const report = passFailReport([12, 8, 14, 9], [11, 10.5, 13, 7]);
    expect(report.confusion).toEqual([
      [1, 1],
      [0, 2],
    ]);
    expect(report.rocAuc).toBe(1);
    expect(report.passRate).toBe(0.5);
    expect(passFailReport([12, 13], [12, 13]).rocAuc).toBeNull();
  });
});

it('shows the error of each group', () => {
  const slices = errorBySlice({
    actual: [10, 12, 14],
    predicted: [11, 12, 10],
    by: { school: ['GP', 'MS', 'GP'] },
  });
  expect(slices).toEqual([
    { column: 'school', level: 'GP', rows: 2, rmse: Math.sqrt(8.5), mae: 2.5, bias: -1.5 },
    { column: 'school', level: 'MS', rows: 1, rmse: 0, mae: 0, bias: 0 },
  ]);
});

it('weighs rows as if they came more than once, and an outlier of weight 0 not at all', () => {
  const [actual, predicted, sampleWeight] = [
    [3, 5, 8, 900],
    [2, 7, 8, 1],
    [2, 1, 3, 0],
  ];
  const twice = [
    [3, 3, 5, 8, 8, 8],
    [2, 2, 7, 8, 8, 8],
  ] as const;
  for (const measure of [rmse, meanSquaredError, mae, r2]) {
    expect(measure(actual, predicted, { sampleWeight })).toBeCloseTo(measure(...twice), 12);
  }
  // scikit-learn 1.2: median_absolute_error([3, 5, 8], [2, 7, 8], sample_weight=[2, 1, 3])
  expect(medianAbsoluteError(actual, predicted, { sampleWeight })).toBe(0);
  expect(() => rmse(actual, predicted, { sampleWeight: [1] })).toThrow(
    'There are 4 rows but 1 sample weights: they must be as many.',
  );
});

it('names rows of the predictions as such, and texts as texts', () => {
  expect(() => accuracy(['a', 'b'], [0, 1])).toThrow('"a" in row 1 but 0 in row 1 of the predictions');
  expect(() => accuracy(['a', 1], ['a', 'b'])).toThrow('"a" in row 1 but 1 in row 2:');
  expect(() => rmse([1, 2], [1, '2'] as unknown as number[])).toThrow('actual 2 and predicted "2"');
});
