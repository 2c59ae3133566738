// Missing values and categories in boosting. That the trees are scikit-learn's is held in against-sklearn.test.ts; here is
// what people can give, in every form of a table, and what comes back from JSON and from explanations.
import { describe, expect, it } from 'vitest';
import {
  classifierFromJSON,
  crossValidate,
  crossValScore,
  HistGradientBoostingClassifier,
  HistGradientBoostingRegressor,
  type ModelJson,
  modelFromJSON,
  Pipeline,
  parseCsv,
  partialDependence,
  permutationImportance,
  Ridge,
  regressorFromJSON,
  StackingRegressor,
  type Table,
  tableFromColumns,
  treeShap,
  VotingRegressor,
} from '#pipeline-core';

const ROWS = 240;
const TOWNS = ['Ada', 'Bel', 'Cor', 'Dun'];
const town = Array.from({ length: ROWS }, (_, i) => (i % 9 === 4 ? null : TOWNS[(i * 7) % 4]!));
const area = Array.from({ length: ROWS }, (_, i) => (i % 6 === 1 ? null : ((i * 37) % 83) / 2));
// Towns in no order, and a missing area that says something.
const price = Array.from({ length: ROWS }, (_, i) => {
  return (town[i] === 'Bel' ? 30 : town[i] === 'Dun' ? 28 : 5) + (area[i] ?? 60) + ((i * 13) % 7) / 10;
});
const dear = price.map((value) => (value > 55 ? 'dear' : 'cheap'));
const table = tableFromColumns({ town, area });
const cells = town.map((word, i) => [word, area[i]!] as const);
const frame = {
  columns: ['town', 'area'],
  values: town.map((word, i) => [word ?? undefined, area[i] ?? Number.NaN]),
  dtypes: ['string', 'float32'],
  index: town.map((_, i) => i),
};
const build = () => new HistGradientBoostingRegressor({ maxIter: 30, minSamplesLeaf: 5 });

/** The same, by hand: codes for words, NaN for what is missing. */
const codes = town.map((word, i) => [word === null ? Number.NaN : TOWNS.indexOf(word), area[i] ?? Number.NaN]);
const byHand = new HistGradientBoostingRegressor({ maxIter: 30, minSamplesLeaf: 5, categoricalFeatures: [0] });
const expected = [...byHand.fit(codes, price).predict(codes)];

describe('boosting', () => {
  it.each<readonly [string, unknown]>([
    ['a Table', table],
    ['a danfojs frame', frame],
    ['plain rows of cells', cells],
    ['a CSV', parseCsv(`town,area\n${cells.map(([a, b]) => `${a ?? ''},${b ?? ''}`).join('\n')}\n`)],
  ])('takes words and missing values in %s, and answers alike', (_, input) => {
    const model = build().fit(input as Table, price);
    expect([...model.predict(input as Table)]).toEqual(expected);
    expect(model.score(input as Table, price)).toBeGreaterThan(0.99);
  });

  it('gives the same bits after JSON, for numbers and for classes', () => {
    const model = build().fit(table, price);
    const loaded = regressorFromJSON(JSON.parse(JSON.stringify(model)) as ModelJson);
    expect([...loaded.predict(table)]).toEqual(expected);
    const sorting = new HistGradientBoostingClassifier({ maxIter: 20 }).fit(table, dear);
    const sorted = classifierFromJSON(JSON.parse(JSON.stringify(sorting)) as ModelJson);
    expect(sorted.predictProba(table)).toEqual(sorting.predictProba(table));
    expect(sorting.score(table, dear)).toBeGreaterThan(0.97);
  });

  it('takes the columns by name from a table that has more of them in another order', () => {
    const model = build().fit(table, price);
    const other = tableFromColumns({ other: town.map(() => 'x'), area, town });
    expect([...model.predict(other)]).toEqual(expected);
  });

  it('answers for a town that it has not seen as for a missing one', () => {
    const model = build().fit(table, price);
    const [unknown, missing] = model.predict([
      ['Elm', 20],
      [null, 20],
    ]);
    expect(unknown).toBe(missing);
  });

  it('sends a missing value to the larger side where none was missing at the fit', () => {
    const x = Array.from({ length: 60 }, (_, i) => [i < 45 ? 0 : 1]);
    const model = new HistGradientBoostingRegressor({ maxIter: 1, minSamplesLeaf: 5 }).fit(
      x,
      x.map(([value]) => value!),
    );
    expect(model.predict([[Number.NaN]])[0]).toBe(model.predict([[0]])[0]);
    expect(model.predict([[1]])[0]).not.toBe(model.predict([[0]])[0]);
  });

  it('tells the only category of a column from a missing one', () => {
    const x = Array.from({ length: 60 }, (_, i) => [i < 30 ? 'only' : null]);
    const y = x.map(([cell]) => (cell === null ? 1 : 5));
    const model = build().fit(x, y);
    const [only, none] = model.predict([['only'], [null]]);
    expect(only).toBeGreaterThan(4);
    expect(none).toBeLessThan(2);
  });

  it('takes part in what is made of models', () => {
    const folds = crossValidate({ build, x: table, y: price, folds: 4, seed: 1 });
    expect(folds.pooled['r2']).toBeGreaterThan(0.97);
    expect(crossValScore(build(), cells as never, price, { cv: 3 }).every((score) => score > 0.95)).toBe(true);
    const pipeline = new Pipeline([['boosting', build()]]).fit(table, price);
    expect([...pipeline.predict(table)]).toEqual(expected);
    const numbers = area.map((value) => [value ?? Number.NaN]);
    const voting = new VotingRegressor({ estimators: [['a', build()]] }).fit(numbers, price);
    expect([...voting.predict(numbers)]).toEqual([...build().fit(numbers, price).predict(numbers)]);
    const stack = new StackingRegressor({ estimators: [['a', build()]], finalEstimator: new Ridge(), cv: 3 });
    expect(stack.fit(numbers, price).predict(numbers).every(Number.isFinite)).toBe(true);
  });

  it('is explained by the columns as they were given', () => {
    const model = build().fit(table, price);
    const shap = treeShap(model, table);
    for (const [i, value] of shap.predicted.entries()) expect(value).toBeCloseTo(expected[i]!, 8);
    const against = treeShap(model, table.head(4), { background: table });
    for (const [i, value] of against.predicted.entries()) expect(value).toBeCloseTo(expected[i]!, 8);
    const { columns } = permutationImportance({ model, x: table, y: price, nRepeats: 2 });
    expect(columns.map(({ column, mean }) => [column, mean > 5])).toEqual([
      ['town', true],
      ['area', true],
    ]);
    const towns = partialDependence({ model, x: table, column: 'town' });
    expect(towns.grid).toEqual(TOWNS);
    expect(towns.average[1]! - towns.average[0]!).toBeGreaterThan(20);
    expect(partialDependence({ model, x: frame, column: 'area' }).grid.every(Number.isFinite)).toBe(true);
  });
});

describe('what it does not take is refused in a sentence', () => {
  const street = Array.from({ length: ROWS }, (_, i) => `street ${i}`);
  it.each<readonly [string, () => unknown, string]>([
    [
      'words where none are wanted',
      () => new HistGradientBoostingRegressor({ categoricalFeatures: null }).fit(table, price),
      'Column "town" holds category, not numbers.',
    ],
    [
      'a column that is not there',
      () => new HistGradientBoostingRegressor({ categoricalFeatures: ['twon'] }).fit(table, price),
      'categoricalFeatures names the column "twon", which is not there. Did you mean town?',
    ],
    [
      'too many categories',
      () => new HistGradientBoostingRegressor({ maxBins: 100 }).fit(tableFromColumns({ street }), price),
      'Column "street" holds 240 different categories, and boosting takes at most 100 a column: leave it out, or encode it first (TargetEncoder, OrdinalEncoder).',
    ],
    [
      'a word among numbers',
      () => build().fit([...cells.map(([, value]) => [value]).slice(1), ['big']] as never, price),
      'Row 240, column "x0", is "big", but the other rows hold numbers there',
    ],
    [
      'a word for a list',
      () => new HistGradientBoostingRegressor({ categoricalFeatures: 'town' as never }),
      "categoricalFeatures must be 'from_dtype', null, or a list of columns such as ['school', 'Mjob'] or [0, 3], but it is \"town\".",
    ],
    [
      'a missing value for another model, by the row as it was given',
      () => crossValidate({ build: () => new Ridge(), x: codes, y: price, folds: 3 }),
      'Row 2, column number 2, is NaN, not a finite number',
    ],
    [
      'a cut model',
      () => {
        const json = build().fit(table, price).toJSON() as ModelJson & { state: { trees: { missing: number[] }[] } };
        json.state.trees[0]!.missing.pop();
        return modelFromJSON(json);
      },
      'A tree of this saved model is damaged: save the model again.',
    ],
  ])('%s', (_, act, sentence) => {
    expect(act).toThrow(sentence);
  });
});
