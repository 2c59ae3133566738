// Models made of models and searches over parameters: what they pass on, save, refuse, and leave as it was.
import { describe, expect, it } from 'vitest';
import {
  type Classifier,
  ColumnTransformer,
  classifierFromJSON,
  createRng,
  crossValScore,
  DecisionTreeClassifier,
  DummyClassifier,
  FunctionTransformer,
  GridSearchCV,
  KMeans,
  KNeighborsRegressor,
  kFold,
  LogisticRegression,
  type ModelJson,
  OneHotEncoder,
  Pipeline,
  RandomForestClassifier,
  RandomForestRegressor,
  RandomizedSearchCV,
  Ridge,
  RidgeCV,
  regressorFromJSON,
  repeatedKFold,
  rmse,
  StackingClassifier,
  StackingRegressor,
  StandardScaler,
  TargetEncoder,
  tableFromColumns,
  tableFromRows,
  timeSeriesSplit,
  VotingClassifier,
  VotingRegressor,
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

const encode = () =>
  new ColumnTransformer([{ transformer: new OneHotEncoder(), columns: ['school'] }], { remainder: 'passthrough' });
const line = () =>
  new Pipeline([
    ['encode', encode()],
    ['ridge', new Ridge()],
  ]);
const odds = () =>
  new Pipeline<Classifier>([
    ['encode', encode()],
    ['logistic', new LogisticRegression()],
  ]);
const again = <T>(model: T, load: (json: ModelJson) => unknown): T =>
  load(JSON.parse(JSON.stringify(model)) as ModelJson) as T;

describe('models made of models', () => {
  it('pass a table of words to Pipelines, and come back from JSON to the same bits', () => {
    const vote = new VotingRegressor({
      estimators: [
        ['line', line() as never],
        ['same', line() as never],
      ],
    });
    vote.fit(table, y);
    expect(vote.predict(table)[3]).toBeCloseTo(line().fit(table, y).predict(table)[3]!, 12);
    expect(again(vote, regressorFromJSON).predict(table)).toEqual(vote.predict(table));
    const stack = new StackingRegressor({ estimators: [['line', line() as never]], finalEstimator: new Ridge() });
    stack.fit(table, y);
    expect(rmse(y, stack.predict(table))).toBeLessThan(1.3);
    expect(again(stack, regressorFromJSON).predict(table)).toEqual(stack.predict(table));
    for (const target of [label, three]) {
      for (const voting of ['hard', 'soft'] as const) {
        const own = new VotingClassifier({
          estimators: [
            ['odds', odds() as never],
            ['even', odds() as never],
          ],
          voting,
        });
        own.fit(table, target);
        expect(again(own, classifierFromJSON).probabilities(table)).toEqual(own.probabilities(table));
        expect(own.classes).toEqual([...new Set(target)].sort());
        expect(own.score(table, target)).toBeGreaterThan(0.5);
      }
      const own = new StackingClassifier({ estimators: [['odds', odds() as never]] }).fit(table, target);
      expect(again(own, classifierFromJSON).predict(table)).toEqual(own.predict(table));
    }
  });

  it('give hard votes as shares, of equals to the first class', () => {
    const sure = (label: string) => new DummyClassifier({ strategy: 'constant', constant: label });
    const vote = new VotingClassifier({
      estimators: [
        ['a', sure('fail')],
        ['b', sure('pass')],
      ],
    }).fit(rows, label);
    expect(vote.predictProba(rows.slice(0, 1))).toEqual([{ fail: 0.5, pass: 0.5 }]);
    expect(vote.predict(rows.slice(0, 1))).toEqual(['fail']);
  });

  it('show, change and copy the parameters of what is inside', () => {
    const stack = new StackingRegressor({
      estimators: [['near', new KNeighborsRegressor()]],
      finalEstimator: new Ridge(),
    });
    expect(stack.getParams()).toMatchObject({ near__nNeighbors: 5, finalEstimator__alpha: 1 });
    const other = stack.clone().setParams({ near__nNeighbors: 2 });
    expect([other.getParams()['near__nNeighbors'], stack.getParams()['near__nNeighbors']]).toEqual([2, 5]);
  });

  it('refuse what they cannot be made of', () => {
    expect(() => new VotingClassifier({ estimators: [['ridge', new Ridge() as never]] })).toThrow('classifiers only');
    expect(() => new StackingRegressor({ estimators: [] })).toThrow("a list such as [['ridge', new Ridge()]]");
    expect(() => new StackingRegressor({ estimators: [['a', new Ridge()]], cv: 1 })).toThrow(
      'cv must be a whole number',
    );
    const own = {
      kind: 'Own',
      fit() {
        return this;
      },
      predict: () => new Float64Array(1),
      toJSON: () => ({}),
    };
    const stack = new StackingRegressor({ estimators: [['own', own as never]] });
    expect(() => stack.fit(rows, y)).toThrow('The model "own" has no clone()');
    const rare = label.map((_, i) => (i === 4 ? 'odd' : 'even'));
    const cv = kFold(rare.length, { nSplits: 3 });
    const single = new StackingClassifier({ estimators: [['tree', new DecisionTreeClassifier()]], cv });
    expect(() => single.fit(rows, rare)).toThrow('was fitted on rows of 1 of the 2 classes');
    expect(() => new StackingClassifier({ estimators: [['t', new DecisionTreeClassifier()]] }).predict(rows)).toThrow(
      'not been fitted',
    );
    const unseen = new StackingRegressor({
      estimators: [['ridge', new Ridge()]],
      cv: repeatedKFold(90, { nRepeats: 2 }),
    });
    expect(() => unseen.fit(rows, y)).toThrow('tested more than once');
    const sampleWeight = y.map(() => 1);
    const near = new StackingRegressor({ estimators: [['near', new KNeighborsRegressor()]] });
    expect(() => near.fit(rows, y, { sampleWeight })).toThrow('KNeighborsRegressor takes no sampleWeight');
    expect(() => near.fit(rows, y, { shouldStop: () => true })).toThrow('stopped');
  });
});

describe('searches', () => {
  it('find the best of a grid, in scikit-learn order, and answer as that model', () => {
    const search = new GridSearchCV({
      estimator: line(),
      paramGrid: { ridge__alpha: [1e4, 1], ridge__fitIntercept: [true, false] },
      cv: 4,
    });
    search.fit(table, y);
    expect(search.cvResults.map(({ params }) => params)).toEqual([
      { ridge__alpha: 1e4, ridge__fitIntercept: true },
      { ridge__alpha: 1e4, ridge__fitIntercept: false },
      { ridge__alpha: 1, ridge__fitIntercept: true },
      { ridge__alpha: 1, ridge__fitIntercept: false },
    ]);
    expect(search.bestParams['ridge__alpha']).toBe(1);
    expect(search.cvResults[search.bestIndex]!.rankTestScore).toBe(1);
    const plain = crossValScore(line().setParams(search.bestParams), table, y, { cv: 4 });
    expect(search.cvResults[search.bestIndex]!.splitTestScores).toEqual(plain);
    expect(regressorFromJSON(JSON.parse(JSON.stringify(search))).predict(table as never)).toEqual(
      search.predict(table),
    );
    expect(search.getParams()['estimator__ridge__alpha']).toBe(1);
  });

  it('search classifiers by name of a measure, also inside other searches and scores', () => {
    const search = new GridSearchCV({
      estimator: new LogisticRegression(),
      paramGrid: [{ C: [0.001, 1] }, { penalty: ['l1'], C: [0.5] }],
      scoring: 'neg_log_loss',
      cv: 3,
    }).fit(rows, label);
    expect(search.cvResults).toHaveLength(3);
    expect(search.bestScore).toBeLessThan(0);
    expect(search.probabilities(rows).names).toEqual(['fail', 'pass']);
    expect(crossValScore(search.clone(), rows, label, { cv: 3 })).toHaveLength(3);
    expect(() =>
      new GridSearchCV({ estimator: new Ridge(), paramGrid: { alpha: [1] } }).fit(rows, y).predictProba(rows),
    ).toThrow('only classifiers');
  });

  it('draw candidates by seed, whole numbers and orders of magnitude in their range', () => {
    const build = (randomState: number) =>
      new RandomizedSearchCV({
        estimator: new RandomForestRegressor({ nEstimators: 2 }),
        paramDistributions: {
          maxDepth: { low: 1, high: 3, whole: true },
          minSamplesLeaf: [1, 5],
          maxFeatures: { low: 0.1, high: 1, log: true },
        },
        nIter: 12,
        cv: 2,
        randomState,
      }).fit(rows, y);
    const search = build(1);
    expect(build(1).cvResults).toEqual(search.cvResults);
    expect(build(2).cvResults).not.toEqual(search.cvResults);
    const depths = new Set(search.cvResults.map(({ params }) => params['maxDepth']));
    expect([...depths].sort()).toEqual([1, 2, 3]);
    const lists = new RandomizedSearchCV({
      estimator: new Ridge(),
      paramDistributions: { alpha: [1, 2, 3] },
      nIter: 10,
      cv: 2,
    });
    expect(lists.fit(rows, y).cvResults).toHaveLength(3);
  });

  it('refuse what cannot be searched, with the nearest name', () => {
    const estimator = new Ridge();
    expect(() => new GridSearchCV({ estimator, paramGrid: { alfa: [1] } })).toThrow('Did you mean alpha?');
    expect(() => new GridSearchCV({ estimator, paramGrid: { alpha: 1 as never } })).toThrow(
      'a list of values such as [0.1, 1, 10]',
    );
    expect(() => new GridSearchCV({ estimator, paramGrid: {}, scoring: 'neg_mean_absolute_eror' })).toThrow(
      'Did you mean neg_mean_absolute_error?',
    );
    expect(() => new GridSearchCV({ estimator, paramGrid: {}, scoring: 'f1_macro' })).toThrow('none for numbers');
    expect(() => new GridSearchCV({ estimator: null as never, paramGrid: {} })).toThrow('new Ridge()');
    expect(() => new GridSearchCV({ estimator, paramGrid: {} }).bestParams).toThrow('not been fitted');
    expect(() => new GridSearchCV({ estimator, paramGrid: {}, refit: false }).fit(rows, y).predict(rows)).toThrow(
      'refit: false',
    );
  });
});

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
