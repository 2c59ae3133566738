// The measures that tasks are scored by: the same numbers as scikit-learn's, on all rows and on any draw of them.
import { describe, expect, it } from 'vitest';
import { mae, medianAbsoluteError, r2, rmse } from '#pipeline-core';
import { createRng } from '#pipeline-core/math/rng.ts';
import {
  CLASSIFICATION_MEASURES,
  directionOf,
  REGRESSION_MEASURES,
  rowMeans,
  type ScoredAnswers,
  taskScore,
  weightedScore,
} from '#pipeline-core/metrics/task-score.ts';
import fixture from '#tests/fixtures/class-measures.json' with { type: 'json' };

const rng = createRng(3);
const numbers: ScoredAnswers = {
  actual: Array.from({ length: 41 }, () => Math.round(10 * rng.normal())),
  predicted: Array.from({ length: 41 }, () => 10 * rng.normal()),
};
/** As the golden cases, with the most probable class as the answer. */
const classes = fixture.classes.map(
  ({ names, actual, proba }): ScoredAnswers & { readonly names: readonly string[] } => ({
    names,
    actual: actual.map((name) => names.indexOf(name)),
    predicted: proba.map((shares) => shares.indexOf(Math.max(...shares))),
    probabilities: proba,
  }),
);
const draw = (n: number, seed: number) => {
  const chance = createRng(seed);
  return Array.from({ length: n }, () => chance.int(n));
};
const take = ({ actual, predicted, probabilities }: ScoredAnswers, rows: readonly number[]): ScoredAnswers => ({
  actual: rows.map((row) => actual[row]!),
  predicted: rows.map((row) => predicted[row]!),
  ...(probabilities ? { probabilities: rows.map((row) => probabilities[row]!) } : {}),
});
const weights = (n: number, rows: readonly number[]) => {
  const weight = new Float64Array(n);
  for (const row of rows) weight[row]! += 1;
  return weight;
};

describe('the score of all rows', () => {
  it('of numbers is that of the library', () => {
    const { actual, predicted } = numbers;
    const library = { rmse, mae, medianAbsoluteError, r2 };
    for (const measure of REGRESSION_MEASURES)
      expect(taskScore(measure, numbers), measure).toBeCloseTo(library[measure](actual, predicted), 12);
  });

  fixture.classes.forEach((golden, n) => {
    it(`of classes ${golden.names.join(', ')} is that of scikit-learn (case ${n + 1})`, () => {
      const { names, predicted } = golden;
      const answers = classes[n]!;
      expect(taskScore('logLoss', answers)).toBeCloseTo(golden.logLoss, 9);
      expect(taskScore('rocAuc', answers)).toBeCloseTo(golden.rocAuc, 12);
      // The golden answers are not always the most probable class.
      const said = { ...answers, predicted: predicted.map((name) => names.indexOf(name)) };
      expect(taskScore('accuracy', said)).toBeCloseTo(golden.accuracy, 12);
      expect(taskScore('balancedAccuracy', said)).toBeCloseTo(golden.balancedAccuracy, 12);
      expect(taskScore('f1', said)).toBeCloseTo(golden.f1, 12);
      expect(taskScore('brier', said)).toBeCloseTo(golden.brier, 12);
    });
  });

  it('is no number where there is none: no rows, no probabilities, one class only', () => {
    expect(taskScore('rmse', { actual: [], predicted: [] })).toBeNaN();
    for (const measure of ['logLoss', 'brier', 'rocAuc'] as const)
      expect(taskScore(measure, { actual: [0, 1], predicted: [0, 1] }), measure).toBeNaN();
    expect(
      taskScore('rocAuc', {
        actual: [1, 1],
        predicted: [1, 1],
        probabilities: [
          [0, 1],
          [0.2, 0.8],
        ],
      }),
    ).toBeNaN();
  });

  it('of several classes leaves out those that are not there', () => {
    const probabilities = [
      [0.7, 0.2, 0.1],
      [0.1, 0.8, 0.1],
      [0.6, 0.3, 0.1],
    ];
    const answers = { actual: [0, 1, 0], predicted: [0, 1, 0], probabilities };
    for (const measure of ['rocAuc', 'balancedAccuracy', 'f1', 'accuracy'] as const)
      expect(taskScore(measure, answers), measure).toBe(1);
  });
});

describe('the score of a draw', () => {
  const cases = [
    ...REGRESSION_MEASURES.map((measure) => [measure, numbers] as const),
    ...CLASSIFICATION_MEASURES.flatMap((measure) => classes.map((answers) => [measure, answers] as const)),
  ];
  it.each(cases)('by %s is that of the drawn rows', (measure, answers) => {
    const n = answers.actual.length;
    const score = weightedScore(measure, answers);
    for (let seed = 0; seed < 20; seed++) {
      const rows = draw(n, seed);
      expect(score(weights(n, rows))).toBeCloseTo(taskScore(measure, take(answers, rows)), 9);
    }
  });

  it('is a mean of what rows add, or has no such parts', () => {
    const parts = [...REGRESSION_MEASURES, ...CLASSIFICATION_MEASURES].map(
      (measure) => [measure, rowMeans(measure, classes[0]!) === null] as const,
    );
    expect(parts.filter(([, whole]) => whole).map(([measure]) => measure)).toEqual([
      'medianAbsoluteError',
      'r2',
      'balancedAccuracy',
      'f1',
      'rocAuc',
    ]);
  });
});

it('knows which way is better', () => {
  const higher = [...REGRESSION_MEASURES, ...CLASSIFICATION_MEASURES].filter((one) => directionOf(one) === 'higher');
  expect(higher).toEqual(['r2', 'accuracy', 'balancedAccuracy', 'f1', 'rocAuc']);
});
