// Measures of several classes, curves, and splits by groups and time, against scikit-learn.
import { describe, expect, it } from 'vitest';
import {
  accuracy,
  averagedScores,
  balancedAccuracy,
  brier,
  classConfusion,
  f1,
  groupKFold,
  logLoss,
  precision,
  precisionRecallCurve,
  rocAuc,
  rocCurve,
  timeSeriesSplit,
} from '#pipeline-core';
import fixture from '#tests/fixtures/class-measures.json' with { type: 'json' };

const close = (ours: readonly number[], theirs: readonly number[]): void => {
  expect(ours).toHaveLength(theirs.length);
  ours.forEach((value, k) => {
    expect(value).toBeCloseTo(theirs[k]!, 12);
  });
};

describe('classes by name', () => {
  fixture.classes.forEach((golden, n) => {
    it(`case ${n + 1}: ${golden.names.join(', ')}`, () => {
      const { actual, predicted, names } = golden;
      const rows = golden.proba.map((own) => Object.fromEntries(names.map((name, k) => [name, own[k]!])));
      const data = Float64Array.from(golden.proba.flat());
      const matrix = { data, rows: actual.length, cols: names.length, names };
      expect(accuracy(actual, predicted)).toBeCloseTo(golden.accuracy, 12);
      expect(balancedAccuracy(actual, predicted)).toBeCloseTo(golden.balancedAccuracy, 12);
      for (const given of [rows, matrix]) {
        expect(logLoss(actual, given)).toBeCloseTo(golden.logLoss, 9);
        expect(rocAuc(actual, given)).toBeCloseTo(golden.rocAuc, 12);
      }
      expect(classConfusion(actual, predicted, names).counts).toEqual(golden.confusion);
      for (const average of ['macro', 'weighted', 'micro'] as const) {
        const ours = averagedScores(actual, predicted, average);
        close([ours.precision, ours.recall, ours.f1], golden[average]);
        expect(f1(actual, predicted, { average })).toBe(ours.f1);
      }
    });
  });

  it('measures Brier of two classes as of one probability, of several summed', () => {
    expect(
      brier(
        ['a', 'b'],
        [
          { a: 0.8, b: 0.2 },
          { a: 0.4, b: 0.6 },
        ],
      ),
    ).toBeCloseTo((0.04 + 0.16) / 2, 12);
    expect(brier(['a'], [{ a: 0.5, b: 0.25, c: 0.25 }])).toBeCloseTo(0.375, 12);
  });

  it('refuses what cannot be measured, with what to do', () => {
    expect(() => precision(['a', 'b'], ['a', 'a'])).toThrow("{ average: 'macro' }");
    expect(() => logLoss(['z'], [{ a: 1, b: 0 }])).toThrow('Row 1 has the class "z"');
    expect(() => logLoss(['a'], [{ a: 0.9, b: 0.3 }])).toThrow('add up to 1');
    expect(() => accuracy(['a'], ['a', 'b'])).toThrow('as many');
    expect(() =>
      rocAuc(
        ['a', 'a'],
        [
          { a: 1, b: 0 },
          { a: 1, b: 0 },
        ],
      ),
    ).toThrow('both kinds');
    expect(() => rocCurve([1, 1], [0.1, 0.2])).toThrow('both classes');
    expect(() => precisionRecallCurve([0, 0], [0.1, 0.2])).toThrow('none is');
  });
});

it.each(fixture.curves)('curves of $score', (golden) => {
  const roc = rocCurve(golden.actual, golden.score);
  close(roc.fpr, golden.fpr);
  close(roc.tpr, golden.tpr);
  close(roc.thresholds.slice(1), golden.thresholds);
  const curve = precisionRecallCurve(golden.actual, golden.score);
  close(curve.precision, golden.precision);
  close(curve.recall, golden.recall);
  close(curve.thresholds, golden.limits);
});

it.each(fixture.groups)('folds of $nSplits by groups', ({ groups, labels, nSplits, plain, stratified }) => {
  expect(groupKFold(groups, { nSplits }).map(({ test }) => [...test])).toEqual(plain);
  expect(groupKFold(groups, { nSplits, stratify: labels }).map(({ test }) => [...test])).toEqual(stratified);
});

it.each(fixture.times)('splits of $rows rows by time', ({ rows, options, splits }) => {
  const ours = timeSeriesSplit(rows, options).map(({ train, test }) => ({ train: [...train], test: [...test] }));
  expect(ours).toEqual(splits);
});

it('refuses too few groups and too few rows', () => {
  expect(() => groupKFold([1, 1, 2], { nSplits: 3 })).toThrow('2 groups cannot be dealt into 3 folds');
  expect(() => groupKFold([1, 2], { nSplits: 2, stratify: ['a'] })).toThrow('one label a row');
  expect(() => timeSeriesSplit(5)).toThrow('too few');
});
