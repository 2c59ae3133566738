// danfojs frames and Series as inputs of models, steps and measures: known by their shape, checked as rows and lists are.
import { describe, expect, it } from 'vitest';
import {
  accuracy,
  ColumnTransformer,
  confusionMatrix,
  crossValidate,
  errorBySlice,
  learningCurve,
  mae,
  OneHotEncoder,
  Pipeline,
  passFailReport,
  permutationImportance,
  Ridge,
  r2,
  residuals,
  rmse,
  rocAuc,
  StandardScaler,
} from '#pipeline-core';

const ROWS = Array.from({ length: 24 }, (_, i) => [i % 7, (i * i) % 5]);
const Y = ROWS.map(([a, b], i) => 2 * a! - b! + (i % 3));

/** As danfojs' classes behave in a stage: a name that is not there throws, also `data` and `length`. */
function strict<T extends object>(object: T): T {
  return new Proxy(object, {
    get(target, key, receiver) {
      if (typeof key === 'string' && !(key in target)) throw new Error(`has no column or method ${key}`);
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
}
const frame = (columns: string[], values: unknown[][]) => {
  const dtypes = columns.map((_, c) => (values.some((row) => typeof row[c] === 'string') ? 'string' : 'float32'));
  return strict({ columns, values, dtypes, index: values.map((_, i) => i), $isSeries: false });
};
const series = (values: unknown[], name = 'y') =>
  strict({ columns: [name], values, index: values.map((_, i) => i), dtypes: ['float32'], $isSeries: true });

const x = frame(['a', 'b'], ROWS);
const y = series(Y);

describe('a model', () => {
  it('takes a frame by the names of its columns and a Series as its target', () => {
    const model = new Ridge().fit(x, y);
    expect(model.predict(x)).toEqual(new Ridge().fit(ROWS, Y).predict(ROWS));
    expect(model.toJSON().names).toEqual(['a', 'b']);
    expect(() => model.predict(frame(['b', 'a'], ROWS))).toThrow(
      /Column 1 is "b", but Ridge was fitted with "a" there/,
    );
  });

  it('takes a frame of one column as the target, and refuses one of several by name', () => {
    const one = frame(
      ['G3'],
      Y.map((value) => [value]),
    ) as unknown as number[];
    expect(new Ridge().fit(x, one).predict(ROWS)).toEqual(new Ridge().fit(ROWS, Y).predict(ROWS));
    expect(() => new Ridge().fit(x, x as unknown as number[])).toThrow(
      /a frame of 2 columns \(a, b\): choose one, frame.column\('a'\)/,
    );
  });

  it('refuses what is missing or in words by row and column, and a Series as inputs with the way', () => {
    const odd = (cell: unknown) =>
      frame(
        ['a', 'b'],
        [
          [1, 2],
          [3, cell],
        ],
      );
    expect(() => new Ridge().fit(odd('x'), [1, 2])).toThrow(/Row 2, column b, is "x", not a finite number/);
    expect(() => new Ridge().fit(odd(undefined), [1, 2])).toThrow(/Row 2, column b, is undefined/);
    expect(() => new Ridge().fit(odd(Number.NaN), [1, 2])).toThrow(/Row 2, column b, is NaN/);
    expect(() => new Ridge().fit([[1], [2]], series([1, null]))).toThrow(/The target of row 2 is null/);
    expect(() => new Ridge().fit([[1], [2]], series([1]))).toThrow(/2 rows of inputs but 1 target values/);
    expect(() => new Ridge().fit(y as unknown as number[][], Y)).toThrow(/this is a Series: write series.values.map/);
    expect(() => new Ridge().fit(frame(['a'], []), series([]))).toThrow(/no rows to fit/);
  });
});

describe('measures', () => {
  const predicted = series(Y.map((value, i) => value + (i % 2)));
  it.each([
    ['rmse', rmse],
    ['mae', mae],
    ['r2', r2],
  ] as const)('%s', (_name, measure) => {
    expect(measure(y, predicted)).toBe(measure(Y, predicted.values as number[]));
    expect(() => measure(y, series([1]))).toThrow(/24 actual values but 1 predictions/);
    expect(() => measure(series([1, null]), series([1, 2]))).toThrow(/Row 2 has actual null/);
  });

  it('of pass and fail, also by booleans; null is missing and not a fail', () => {
    const truth = Y.map((value) => value >= 4);
    expect(confusionMatrix(series(truth), series(truth))).toEqual(confusionMatrix(truth, truth));
    expect(accuracy(series(Y), predicted, { pass: 4 })).toBe(accuracy(Y, predicted.values as number[], { pass: 4 }));
    expect(rocAuc(series(truth), predicted)).toBe(rocAuc(truth, predicted.values as number[]));
    expect(passFailReport(y, predicted, { pass: 4 })).toEqual(
      passFailReport(Y, predicted.values as number[], { pass: 4 }),
    );
    expect(() => accuracy(series([1, null]), series([1, 0]))).toThrow(/Row 2 has actual NaN/);
  });

  it('by slice, and residuals', () => {
    const schools = Y.map((_, i) => (i % 2 === 0 ? 'GP' : 'MS'));
    const plain = { actual: Y, predicted: predicted.values as number[] };
    expect(errorBySlice({ actual: y, predicted, by: { school: series(schools) } })).toEqual(
      errorBySlice({ ...plain, by: { school: schools } }),
    );
    expect(residuals(y, predicted)).toEqual(residuals(Y, plain.predicted));
  });
});

describe('model selection and steps', () => {
  it('scores the same by frames as by rows', () => {
    const build = () => new Ridge();
    expect(crossValidate({ build, x, y })).toEqual(crossValidate({ build, x: ROWS, y: Y }));
    expect(learningCurve({ build, x, y, unit: '' })).toEqual(learningCurve({ build, x: ROWS, y: Y, unit: '' }));
    const model = new Ridge().fit(ROWS, Y);
    const importances = permutationImportance({ model, x, y });
    expect(JSON.stringify(importances)).toContain('"a"');
  });

  it('a frame with words goes through a pipeline by the names of its columns', () => {
    const mixed = frame(
      ['school', 'age'],
      ROWS.map(([age], i) => [i % 2 === 0 ? 'GP' : 'MS', age]),
    );
    const build = () =>
      new Pipeline(
        [
          new ColumnTransformer([
            { transformer: new OneHotEncoder(), columns: ['school'] },
            { transformer: new StandardScaler(), columns: ['age'] },
          ]),
        ],
        new Ridge(),
      );
    const model = build().fit(mixed, y);
    expect(model.predict(mixed)).toHaveLength(24);
    expect(crossValidate({ build: build, x: mixed, y }).predictions.predicted).toHaveLength(24);
    expect(new StandardScaler().fitTransform(x).names).toEqual(['a', 'b']);
  });
});
