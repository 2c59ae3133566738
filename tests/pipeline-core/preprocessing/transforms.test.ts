import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawSyntheticStudents } from '#courses/generators/draw-students.ts';
import {
  ColumnTransformer,
  crossValidate,
  kFold,
  MinMaxScaler,
  matrixFromRows,
  OneHotEncoder,
  OrdinalEncoder,
  Pipeline,
  Ridge,
  regressorFromJSON,
  SimpleImputer,
  StandardScaler,
  type Transformer,
  tableFromRows,
  transformerFromJSON,
} from '#pipeline-core';

const saved = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const whole = drawSyntheticStudents(7, 200);
const target = whole.numbers('G3');
const prepare = () =>
  new ColumnTransformer([
    { transformer: new OneHotEncoder({ handleUnknown: 'ignore' }), columns: ['school', 'Mjob'] },
    { transformer: [new SimpleImputer(), new StandardScaler()], columns: ['age', 'absences'] },
    { transformer: new OrdinalEncoder(), columns: ['higher'] },
    { transformer: 'passthrough', columns: ['failures'] },
  ]);

describe('fit learns, transform does not', () => {
  it('scales unseen rows by the training rows alone, for any numbers', () => {
    const column = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(column, column, (train, other) => {
        for (const make of [() => new StandardScaler(), () => new MinMaxScaler()]) {
          const step = make().fit(train.map((x) => [x]));
          const before = saved(step.toJSON());
          const all = step.transform(other.map((x) => [x]));
          other.forEach((x, i) => {
            expect(step.transform([[x]]).data[0]).toBe(all.data[i]);
            expect(Number.isFinite(all.data[i])).toBe(true);
          });
          expect(step.toJSON()).toEqual(before);
        }
      }),
    );
  });

  it('takes a range of next to nothing as constant, and keeps no -0 that JSON would lose', () => {
    expect([...new MinMaxScaler().fit([[0], [5e-324]]).transform([[0], [5e-324]]).data].every(Number.isFinite)).toBe(
      true,
    );
    const step = new MinMaxScaler().fit([[-0], [0]]);
    expect(saved(step.toJSON())).toEqual(step.toJSON());
  });

  it('turns back into the unit it came from', () => {
    const rows = [
      [1, 5],
      [2, 5],
      [4, 5],
    ];
    for (const step of [new StandardScaler(), new MinMaxScaler({ featureRange: [-1, 1] })]) {
      const back = step.inverseTransform(step.fitTransform(rows));
      rows.flat().forEach((x, k) => {
        expect(back.data[k]).toBeCloseTo(x, 12);
      });
    }
  });

  it('scales a constant column to 0, also where rounding makes it seem to vary', () => {
    expect([...new StandardScaler().fitTransform([[3], [3], [3]]).data]).toEqual([0, 0, 0]);
    const tenths = Array.from({ length: 10 }, () => [0.1]);
    for (const z of new StandardScaler().fitTransform(tenths).data) expect(Math.abs(z)).toBeLessThan(1e-12);
    expect([...new MinMaxScaler().fitTransform([[3], [3]]).data]).toEqual([0, 0]);
  });
});

describe('what is refused', () => {
  const small = tableFromRows([
    { a: 1, w: 'x' },
    { a: 2, w: 'y' },
  ]);
  const other = tableFromRows([{ a: 1, w: 'X' }]);

  it('names the step that was not fitted, the column that is not there, the words that are no numbers', () => {
    expect(() => new StandardScaler().transform([[1]])).toThrow(/This StandardScaler has not been fitted yet/);
    expect(() => new StandardScaler().fit(small)).toThrow(/Column "w" holds category, not numbers. Encode it first/);
    expect(() => new StandardScaler().fit(small.select(['a'])).transform(small.rename({ a: 'b' }))).toThrow(
      /no column "a"/,
    );
    expect(() => new StandardScaler().fit([[1, 2]]).transform([[1]])).toThrow(
      'It was fitted on 2 columns (x0, x1), but is given 1.',
    );
    const [ab, ba] = [matrixFromRows([[1, 2]], ['a', 'b']), matrixFromRows([[1, 2]], ['b', 'a'])];
    expect(() => new StandardScaler().fit(ab).transform(ba)).toThrow(/Column 1 is "b", but it was fitted with "a"/);
    expect(() => new SimpleImputer().fit([[Number.NaN]])).toThrow(/Column "x0" has no value/);
    expect(() => new ColumnTransformer([]).fit([[1]])).toThrow(/needs a Table/);
    expect(() => new StandardScaler({ withmean: true } as never)).toThrow(/Did you mean withMean/);
  });

  it('names row, column and near values of an unknown category', () => {
    const message = 'Row 1, column "w": "X" was not among the values at fit (x, y). Did you mean "x"?';
    expect(() => new OneHotEncoder().fit(small.select(['w'])).transform(other)).toThrow(message);
    expect(() => new OrdinalEncoder().fit(small.select(['w'])).transform(other)).toThrow(message);
    expect(() => new OneHotEncoder({ categories: [['x']] }).fit(small.select(['w']))).toThrow(/"y" was not among/);
    expect(() => new OneHotEncoder({ categories: [['x'], ['y']] }).fit(small.select(['w']))).toThrow(
      /2 lists of categories for 1 columns/,
    );
  });
});

describe('missing words', () => {
  const holes = tableFromRows([{ w: 'x' }, { w: null }, { w: 'y' }]);
  it('are a value of their own in one-hot, and stay missing in an order', () => {
    const step = new OneHotEncoder().fit(holes);
    expect(step.outputNames()).toEqual(['w_x', 'w_y', 'w_missing']);
    expect([...step.transform(holes).data]).toEqual([1, 0, 0, 0, 0, 1, 0, 1, 0]);
    expect([...new OrdinalEncoder().fitTransform(holes).data]).toEqual([0, Number.NaN, 1]);
    expect([...new OrdinalEncoder({ encodedMissingValue: -1 }).fitTransform(holes).data]).toEqual([0, -1, 1]);
  });
});

describe('saved and loaded', () => {
  it('every step gives the same bits, fitted or not', () => {
    const words = whole.select(['school', 'Mjob', 'higher']);
    const numbers = whole.select(['age', 'absences']);
    const fitted: [Transformer, typeof whole][] = [
      [new OneHotEncoder({ drop: 'first' }).fit(words), words],
      [new OrdinalEncoder().fit(words), words],
      [new StandardScaler().fit(numbers), numbers],
      [new MinMaxScaler({ clip: true }).fit(numbers), numbers],
      [new SimpleImputer({ strategy: 'most_frequent' }).fit(numbers), numbers],
      [prepare().fit(whole), whole],
    ];
    for (const [step, input] of fitted) {
      const back = transformerFromJSON(saved(step.toJSON()));
      expect(back.transform(input)).toEqual(step.transform(input));
      expect(() => transformerFromJSON(saved(step.clone().toJSON())).transform(input)).toThrow(/has not been fitted/);
    }
    expect(() => transformerFromJSON({ kind: 'StandardScalar', version: 1, params: {}, state: null })).toThrow(
      /Did you mean StandardScaler/,
    );
  });

  it('a pipeline serves what it trained: all rows at once, one by one, and after a reload', () => {
    const pipeline = new Pipeline([prepare()], new Ridge({ alpha: 1 })).fit(whole.head(150), target.slice(0, 150));
    const served = regressorFromJSON(saved(pipeline.toJSON())) as Pipeline;
    const trained = pipeline.predict(whole);
    expect(served.predict(whole)).toEqual(trained);
    whole.rows().forEach((row, i) => {
      expect(served.predict(tableFromRows([row]))[0]).toBe(trained[i]);
    });
    expect(() => regressorFromJSON({ ...saved(pipeline.toJSON()), state: {} })).toThrow(/lacks its steps/);
  });

  it('is fitted anew on the training rows of each fold, so that no fold sees its own test rows', () => {
    const folds = kFold(whole, { nSplits: 4, randomState: 2 });
    const build = () => new Pipeline([prepare()], new Ridge({ alpha: 1 }));
    const { predictions } = crossValidate({ build, x: whole, y: target, folds });
    folds.forEach(({ train, test }) => {
      const byHand = build().fit(
        whole.take(train),
        Array.from(train, (row) => target[row]!),
      );
      byHand.predict(whole.take(test)).forEach((value, i) => {
        expect(predictions.predicted[predictions.row.indexOf(test[i]!)]).toBe(value);
      });
    });
  });

  it('does without a part whose columns are all switched off', () => {
    const step = new ColumnTransformer([
      { transformer: new OneHotEncoder(), columns: [] },
      { transformer: [new SimpleImputer(), new StandardScaler()], columns: ['age'] },
    ]);
    expect(step.fitTransform(whole)).toMatchObject({ rows: 200, cols: 1, names: ['age'] });
    const none = new ColumnTransformer([{ transformer: new StandardScaler(), columns: [] }]).fitTransform(whole);
    expect(none).toMatchObject({ rows: 200, cols: 0 });
    expect(() => new Ridge().fit(none, target)).toThrow(/switch one on/);
  });

  it('takes a matrix by the names of its columns, as a table of the same numbers', () => {
    const matrix = matrixFromRows(
      [
        [1, 15, 0],
        [2, 18, 5],
        [4, 16, 2],
      ],
      ['job', 'age', 'absences'],
    );
    const table = tableFromRows([
      { job: 1, age: 15, absences: 0 },
      { job: 2, age: 18, absences: 5 },
      { job: 4, age: 16, absences: 2 },
    ]);
    const step = () =>
      new ColumnTransformer([{ transformer: new StandardScaler(), columns: ['age'] }], { remainder: 'passthrough' });
    expect(step().fitTransform(matrix)).toEqual(step().fitTransform(table));
    const fitted = step().fit(table);
    expect(fitted.transform(matrix)).toEqual(fitted.transform(table));
    expect(() => step().fit(matrixFromRows([[1, 2]]))).toThrow(/a Matrix with names/);
  });

  it('keeps the columns in the order of the parts, the rest at the end', () => {
    const step = new ColumnTransformer([{ transformer: new OneHotEncoder(), columns: ['school'] }], {
      remainder: 'passthrough',
    });
    const out = step.fitTransform(whole.select(['age', 'school', 'absences']));
    expect(out.names).toEqual(['school_GP', 'school_MS', 'age', 'absences']);
    expect(out.data[2]).toBe(whole.cell(0, 'age'));
  });
});
