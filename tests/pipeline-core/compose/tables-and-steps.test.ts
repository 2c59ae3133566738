// Tables as inputs, importances, steps that learn from the target or that a session wrote, and groups.
import { describe, expect, it } from 'vitest';
import {
  ColumnTransformer,
  createRng,
  crossValScore,
  FunctionTransformer,
  KMeans,
  type ModelJson,
  Pipeline,
  RandomForestClassifier,
  RandomForestRegressor,
  Ridge,
  RidgeCV,
  regressorFromJSON,
  repeatedKFold,
  StandardScaler,
  TargetEncoder,
  tableFromColumns,
  tableFromRows,
  timeSeriesSplit,
} from '#pipeline-core';

const random = createRng(5);
const school = Array.from({ length: 90 }, () => ['GP', 'MS', 'XX'][random.int(3)]!);
const age = school.map(() => 15 + random.int(7));
const table = tableFromColumns({ school, age });
const y = age.map((own, i) => own + (school[i] === 'GP' ? 4 : 0) + random.normal());
const label = y.map((value) => (value > 19 ? 'pass' : 'fail'));
const three = y.map((value) => (value > 21 ? 'high' : value > 18 ? 'middle' : 'low'));
const numbers = table.select(['age']);
const rows = age.map((own, i) => [own, i % 5]);

describe('tables, importances, own steps', () => {
  it('models take Tables of numbers, by the names of their columns', () => {
    const target = tableFromColumns({ y });
    const model = new Ridge().fit(numbers, target);
    const wider = tableFromRows([{ other: 1, age: 17 }]);
    expect(model.predict(wider)).toEqual(model.predict([[17]]));
    expect(() => model.predict(table.select(['school']))).toThrow('The table has no column "age"');
    expect(() => new Ridge().fit(table, y)).toThrow('Column "school" holds category, not numbers');
    expect(() => new Ridge().fit(numbers, table)).toThrow('this is a Table of 2 columns (school, age)');
    expect(new RandomForestClassifier({ nEstimators: 3 }).fit(numbers, label).score(numbers, label)).toBeGreaterThan(
      0.5,
    );
  });

  it('featureImportances are shares of all columns; boosting says what to ask instead', () => {
    const forest = new RandomForestRegressor({ nEstimators: 5 }).fit(rows, y);
    expect(forest.featureImportances.reduce((sum, own) => sum + own, 0)).toBeCloseTo(1, 12);
    expect(forest.featureImportances[0]).toBeGreaterThan(0.5);
    const flat = new RandomForestRegressor({ nEstimators: 2 }).fit(
      rows,
      y.map(() => 1),
    );
    expect([...flat.featureImportances]).toEqual([0, 0]);
    expect(() => new RandomForestRegressor().featureImportances).toThrow('not been fitted');
  });

  it('steps and functions of your own are saved by name and loaded by it', () => {
    function half(value: number): number {
      return value / 2;
    }
    const build = () =>
      new Pipeline([
        ['half', new FunctionTransformer({ func: half })],
        ['ridge', new Ridge()],
      ]);
    const json = JSON.parse(JSON.stringify(build().fit(rows, y))) as ModelJson;
    expect(regressorFromJSON(json, { half }).predict(rows)).toEqual(build().fit(rows, y).predict(rows));
    expect(() => regressorFromJSON(json)).toThrow('modelFromJSON(json, { half })');
    const nameless = new FunctionTransformer({ func: (x) => x }).fit(rows);
    expect(() => nameless.toJSON()).toThrow('A function without a name cannot be saved');
    const logs = new FunctionTransformer({ func: 'log1p', inverseFunc: 'expm1' }).fit(rows);
    expect(logs.inverseTransform(logs.transform(rows)).data[2]).toBeCloseTo(rows[1]![0]!, 12);
    expect(() => new FunctionTransformer({ func: 'log' }).fitTransform([[-1]])).toThrow('made NaN of -1');
  });

  it('TargetEncoder keeps each training row free of its own target, inside a ColumnTransformer too', () => {
    const words = y.map((_, i) => `only ${i}`);
    const own = tableFromColumns({ words });
    const build = () => new ColumnTransformer([{ transformer: new TargetEncoder(), columns: ['words'] }]);
    // A word that occurs once says nothing across folds: fitted and transformed apart it would say all.
    const across = build().fitTransform(own, y).data;
    const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
    for (const value of across) expect(Math.abs(value - mean)).toBeLessThan(1);
    const pipeline = new Pipeline([build()], new Ridge()).fit(own, y);
    expect(pipeline.score(own, y)).toBeLessThan(0.2);
    expect(() => new TargetEncoder().fit(own)).toThrow('learns from the target');
    expect(new TargetEncoder().fitTransform(own, three).names).toEqual(['words_high', 'words_low', 'words_middle']);
    expect(new TargetEncoder().fitTransform(own, label).cols).toBe(1);
  });

  it('every splitter keeps to its rule: repeats differ, and time never runs backwards', () => {
    const repeats = repeatedKFold(20, { nSplits: 4, nRepeats: 2 });
    expect(repeats).toHaveLength(8);
    expect(repeats[0]!.test).not.toEqual(repeats[4]!.test);
    for (const { train, test } of timeSeriesSplit(20)) expect(Math.max(...train)).toBeLessThan(Math.min(...test));
    expect(
      crossValScore(new RidgeCV(), rows, y, { cv: timeSeriesSplit(rows), scoring: 'neg_mean_absolute_error' })[0],
    ).toBeLessThan(0);
    expect(crossValScore(new Pipeline([new StandardScaler()], new Ridge()), rows, y, { cv: 3 })).toHaveLength(3);
  });

  it('KMeans groups, and comes back with its centres', () => {
    const model = new KMeans({ nClusters: 2, nInit: 3, randomState: 1 });
    const points = [
      [0, 0],
      [0, 1],
      [9, 9],
      [9, 8],
    ];
    const groups = model.fitPredict(points);
    expect([groups[0] === groups[1], groups[2] === groups[3], groups[0] === groups[2]]).toEqual([true, true, false]);
    expect(model.inertia).toBeCloseTo(1, 12);
    expect(model.score(points)).toBeCloseTo(-1, 12);
    expect(KMeans.fromJSON(JSON.parse(JSON.stringify(model))).predict(points)).toEqual(groups);
    expect(() => new KMeans({ nClusters: 5 }).fit(points)).toThrow('4 rows cannot be put into 5 groups');
    expect(new KMeans({ nClusters: 3 }).fit([[1], [1], [1], [1]]).inertia).toBe(0);
  });
});
