// What several folds answered, in the order of the table.
import { expect, it } from 'vitest';
import { crossValidate, DummyRegressor, kFold, repeatedKFold } from '#pipeline-core';
import { inRowOrder } from '#pipeline-core/model-selection/out-of-fold.ts';

const SPLITS = {
  'each row once': kFold(23, { nSplits: 4, shuffle: true, randomState: 3 }),
  'each row in two rounds': repeatedKFold(12, { nSplits: 3, nRepeats: 2, randomState: 1 }),
  'some rows never': [{ train: Int32Array.of(0, 1, 2), test: Int32Array.of(5, 3) }],
};

it.each(Object.entries(SPLITS))('sorts by row, then by fold: %s', (_, splits) => {
  const all = splits.flatMap(({ test }, fold) => Array.from(test, (row) => ({ row, fold })));
  const sorted = all.map((one, k) => ({ ...one, from: k })).sort((a, b) => a.row - b.row || a.fold - b.fold);
  const { row, fold, from } = inRowOrder(
    splits.map(({ test }) => test),
    23,
  );
  expect(row.map((own, k) => ({ row: own, fold: fold[k], from: from[k] }))).toEqual(sorted);
});

it('keeps each prediction beside its row and its actual value', () => {
  const y = Array.from({ length: 23 }, (_, i) => i * i);
  const splits = SPLITS['each row once'];
  const { predictions } = crossValidate({
    build: () => new DummyRegressor(),
    x: y.map((_, i) => [i]),
    y,
    folds: splits,
  });
  expect(predictions.row).toEqual([...y.keys()]);
  expect(predictions.actual).toEqual(y);
  const meanOf = splits.map(({ train }) => train.reduce((sum, row) => sum + y[row]!, 0) / train.length);
  predictions.predicted.forEach((value, k) => {
    expect(value).toBeCloseTo(meanOf[predictions.fold[k]!]!, 9);
    expect(splits[predictions.fold[k]!]!.test).toContain(predictions.row[k]);
  });
});
