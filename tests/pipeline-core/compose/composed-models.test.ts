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
  GridSearchCV,
  KNeighborsRegressor,
  kFold,
  LogisticRegression,
  type ModelJson,
  OneHotEncoder,
  Pipeline,
  RandomForestRegressor,
  RandomizedSearchCV,
  Ridge,
  regressorFromJSON,
  repeatedKFold,
  rmse,
  StackingClassifier,
  StackingRegressor,
  tableFromColumns,
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
