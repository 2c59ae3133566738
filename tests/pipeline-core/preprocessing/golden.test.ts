import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  ColumnTransformer,
  foldOf,
  kFold,
  type Matrix,
  MinMaxScaler,
  matrixFromRows,
  OneHotEncoder,
  OrdinalEncoder,
  Pipeline,
  Ridge,
  SimpleImputer,
  StandardScaler,
  type Transformer,
  tableFromColumns,
  tableFromRows,
  trainTestSplit,
} from '#pipeline-core';

// Made by tests/fixtures/make-transforms.py with scikit-learn.
const golden = JSON.parse(readFileSync(new URL('../../fixtures/transforms.json', import.meta.url), 'utf8'));
type Rows = (number | null)[][];

const matrix = (rows: Rows) => matrixFromRows(rows.map((row) => row.map((x) => x ?? Number.NaN)));
const words = (rows: string[][]) => tableFromRows(rows.map(([school, paid]) => ({ school, paid })));

function expectClose(got: Matrix, wanted: Rows): void {
  expect([got.rows, got.cols]).toEqual([wanted.length, wanted[0]!.length]);
  wanted.forEach((row, i) => {
    row.forEach((value, j) => {
      const own = got.data[i * got.cols + j]!;
      if (value === null) expect(own).toBeNaN();
      else
        expect(Math.abs(own - value), `row ${i}, column ${j}: ${own}, not ${value}`).toBeLessThanOrEqual(
          1e-9 * Math.max(1, Math.abs(value)),
        );
    });
  });
}

describe('scalers against scikit-learn', () => {
  const cases: [string, () => Transformer][] = [
    ['standard', () => new StandardScaler()],
    ['standardHoles', () => new StandardScaler()],
    ['standardNoMean', () => new StandardScaler({ withMean: false })],
    ['standardNoStd', () => new StandardScaler({ withStd: false })],
    ['minMax', () => new MinMaxScaler()],
    ['minMaxHoles', () => new MinMaxScaler()],
    ['minMaxClip', () => new MinMaxScaler({ featureRange: [-1, 2], clip: true })],
  ];
  it.each(cases)('%s', (name, make) => {
    const { train, test, fitted, out } = golden[name];
    const step = make().fit(matrix(train));
    expectClose(step.transform(matrix(train)), fitted);
    expectClose(step.transform(matrix(test)), out);
  });
});

describe('encoders against scikit-learn', () => {
  it.each([
    ['None', null],
    ['first', 'first'],
    ['if_binary', 'if_binary'],
  ] as const)('one-hot, drop %s', (name, drop) => {
    const { names, train, new: fresh } = golden.oneHot[name];
    const step = new OneHotEncoder({ drop }).fit(words(golden.words));
    expect(step.outputNames()).toEqual(names);
    expectClose(step.transform(words(golden.words)), train);
    expectClose(step.transform(words(golden.newWords)), fresh);
  });

  it('unknown values, orders given and found', () => {
    const odd = words([['ZZ', 'no']]);
    expectClose(
      new OneHotEncoder({ handleUnknown: 'ignore' }).fit(words(golden.words)).transform(odd),
      golden.oneHotIgnore,
    );
    expectClose(new OrdinalEncoder().fitTransform(words(golden.words)), golden.ordinal);
    const categories = [
      ['XX', 'MS', 'GP'],
      ['no', 'yes'],
    ];
    expectClose(new OrdinalEncoder({ categories }).fitTransform(words(golden.words)), golden.ordinalOrdered);
    const lenient = new OrdinalEncoder({ handleUnknown: 'use_encoded_value', unknownValue: -1 }).fit(
      words(golden.words),
    );
    expectClose(lenient.transform(odd), golden.ordinalUnknown);
  });
});

describe('imputer against scikit-learn', () => {
  it.each(['mean', 'median', 'most_frequent', 'constant'] as const)('%s', (strategy) => {
    const step = new SimpleImputer({ strategy, fillValue: -5 }).fit(matrix(golden.holes));
    const wanted = golden.imputed[strategy];
    step.statistics.forEach((value, j) => {
      expect(value).toBeCloseTo(wanted.statistics[j], 9);
    });
    expectClose(step.transform(matrix(golden.holes)), wanted.out);
  });

  it('indicators', () => {
    expectClose(new SimpleImputer({ addIndicator: true }).fitTransform(matrix(golden.holes)), golden.indicated);
  });
});

describe('a whole pipeline against scikit-learn', () => {
  it('encodes, imputes, scales and fits ridge to the same predictions', () => {
    const { y, trainRows, predicted, ...columns } = golden.pipeline;
    const { school, job, age, absences } = columns;
    const table = tableFromColumns({ school, job, age, absences });
    const pipeline = new Pipeline(
      [
        new ColumnTransformer([
          { transformer: new OneHotEncoder({ drop: 'if_binary' }), columns: ['school', 'job'] },
          {
            transformer: [new SimpleImputer({ strategy: 'median' }), new StandardScaler()],
            columns: ['age', 'absences'],
          },
        ]),
      ],
      new Ridge({ alpha: 2 }),
    );
    pipeline.fit(table.head(trainRows), y.slice(0, trainRows));
    pipeline.predict(table).forEach((value, i) => {
      expect(value).toBeCloseTo(predicted[i], 8);
    });
  });
});

describe('splits against scikit-learn', () => {
  it('have its sizes', () => {
    for (const { rows, testSize, train, test } of golden.splits) {
      const split = trainTestSplit(rows, { testSize, randomState: 1 });
      expect([split.train.length, split.test.length], `${rows} rows, ${testSize}`).toEqual([train, test]);
    }
  });

  it('are its folds where nothing is shuffled, and its label counts where stratified', () => {
    for (const { rows, nSplits, test } of golden.folds) {
      expect(kFold(rows, { nSplits }).map((fold) => [...fold.test])).toEqual(test);
    }
    const folds = kFold(golden.labels, { nSplits: 5, randomState: 3, stratify: golden.labels });
    foldOf(folds, golden.labels.length);
    for (const name of ['a', 'b', 'c']) {
      const own = folds.map(({ test }) => [...test].filter((row) => golden.labels[row] === name).length).sort();
      expect(own).toEqual(golden.stratified.map((counts: Record<string, number>) => counts[name]).sort());
    }
  });
});
