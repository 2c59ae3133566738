// What holds for every classifier: same seed same bits, saved and loaded the same bits, probabilities that are some,
// refusals in sentences.
import { describe, expect, it } from 'vitest';
import {
  type Classifier,
  classifierFromJSON,
  createRng,
  crossValidate,
  crossValScore,
  DecisionTreeClassifier,
  DummyClassifier,
  ExtraTreesClassifier,
  HistGradientBoostingClassifier,
  KNeighborsClassifier,
  LogisticRegression,
  type ModelJson,
  Pipeline,
  RandomForestClassifier,
  RandomForestRegressor,
  Ridge,
  RidgeCV,
  regressorFromJSON,
  StandardScaler,
  SVC,
  treeShap,
} from '#pipeline-core';
import { PipelineError } from '#pipeline-core/core/errors.ts';
import { mayMiss } from '#pipeline-core/estimator/model.ts';

const MODELS: Record<string, () => Classifier & { clone(): unknown; score(x: number[][], y: string[]): number }> = {
  DummyClassifier: () => new DummyClassifier(),
  LogisticRegression: () => new LogisticRegression(),
  'LogisticRegression l1': () => new LogisticRegression({ penalty: 'l1' }),
  KNeighborsClassifier: () => new KNeighborsClassifier({ weights: 'distance' }),
  DecisionTreeClassifier: () => new DecisionTreeClassifier({ maxDepth: 4 }),
  SVC: () => new SVC({ probability: true }),
  RandomForestClassifier: () => new RandomForestClassifier({ nEstimators: 6 }),
  ExtraTreesClassifier: () => new ExtraTreesClassifier({ nEstimators: 6, criterion: 'entropy' }),
  HistGradientBoostingClassifier: () => new HistGradientBoostingClassifier({ maxIter: 8, minSamplesLeaf: 4 }),
};

const random = createRng(3);
const x = Array.from({ length: 60 }, () => [random.int(4), random.normal(), 7]);
const two = x.map(([a, b]) => (a! + b! + random.normal() > 1 ? 'pass' : 'fail'));
const three = x.map(([a, b]) => (a! > 2 ? 'high' : b! > 0 ? 'low' : 'middle'));

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof PipelineError) return error.code;
    throw error;
  }
  return 'nothing was thrown';
};

describe.each(Object.entries(MODELS))('%s', (_, build) => {
  it.each([
    ['two classes', two],
    ['three classes', three],
  ])('of %s answers the same again, saved and loaded', (_, y) => {
    const model = build().fit(x, y);
    expect(model.probabilities(x)).toEqual(build().fit(x, y).probabilities(x));
    const text = JSON.stringify(model);
    const back = classifierFromJSON(JSON.parse(text) as ModelJson);
    expect(back.probabilities(x)).toEqual(model.probabilities(x));
    expect(back.classes).toEqual(model.classes);
    expect(JSON.stringify(back)).toBe(text);
    for (const row of model.predictProba(x)) {
      const shares = Object.values(row);
      expect(Object.keys(row)).toEqual([...new Set(y)].sort());
      expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }
    const clone = model.clone() as Classifier;
    expect(codeOf(() => clone.predict(x))).toBe('not-fitted');
    expect(clone.fit(x, y).probabilities(x)).toEqual(model.probabilities(x));
    const predicted = model.predict(x);
    expect(model.score(x, y)).toBeCloseTo(y.filter((label, i) => label === predicted[i]).length / y.length, 12);
  });

  it('refuses labels and rows that it cannot learn from', () => {
    expect(codeOf(() => build().predict(x))).toBe('not-fitted');
    expect(codeOf(() => build().fit([], []))).toBe('empty');
    expect(codeOf(() => build().fit(x, two.slice(1)))).toBe('length-mismatch');
    expect(codeOf(() => build().fit(x, [null, ...two.slice(1)]))).toBe('not-labels');
    expect(codeOf(() => build().fit(x, [1, ...two.slice(1)]))).toBe('not-labels');
    // Boosting takes a missing value, but no more than others one that has no end.
    const hole = 'takesMissing' in build() && mayMiss(build()) ? Infinity : Number.NaN;
    expect(codeOf(() => build().fit([[hole, 1, 2], ...x.slice(1)], two))).toBe('not-finite');
    expect(
      codeOf(() =>
        build()
          .fit(x, two)
          .predict([[1]]),
      ),
    ).toBe('other-columns');
  });
});

it.each([
  ['DecisionTreeClassifier', two],
  ['RandomForestClassifier', two],
  ['ExtraTreesClassifier', three],
  ['RandomForestClassifier', three],
] as const)('tree SHAP of %s adds up to the probability of each class', (kind, y) => {
  const model = MODELS[kind]!().fit(x, y) as RandomForestClassifier;
  const { data, cols } = model.probabilities(x);
  model.classes.forEach((label, k) => {
    const shap = treeShap(model, x, { label });
    shap.predicted.forEach((value, i) => {
      expect(value).toBeCloseTo(data[i * cols + k]!, 12);
    });
  });
});

it('tree SHAP of boosted classes adds up to log odds, and asks which of several classes is meant', () => {
  const model = new HistGradientBoostingClassifier({ maxIter: 8, minSamplesLeaf: 4 }).fit(x, two);
  const chance = model.predictProba(x).map((row) => Math.log(row['pass']! / row['fail']!));
  treeShap(model, x).predicted.forEach((value, i) => {
    expect(value).toBeCloseTo(chance[i]!, 9);
  });
  treeShap(model, x, { label: 'fail' }).predicted.forEach((value, i) => {
    expect(value).toBeCloseTo(-chance[i]!, 9);
  });
  const several = new HistGradientBoostingClassifier({ maxIter: 3 }).fit(x, three);
  expect(() => treeShap(several, x)).toThrow('say which one treeShap explains, { label: "high" }');
  expect(codeOf(() => treeShap(several, x, { label: 'none' }))).toBe('unknown-class');
});

it('takes one class where that makes sense, and says so where it does not', () => {
  const same = x.map(() => 'pass');
  for (const build of [
    () => new DummyClassifier(),
    () => new DecisionTreeClassifier(),
    () => new KNeighborsClassifier(),
  ]) {
    expect(build().fit(x, same).predictProba(x.slice(0, 1))).toEqual([{ pass: 1 }]);
  }
  expect(new RandomForestClassifier({ nEstimators: 3 }).fit(x, same).predict(x.slice(0, 1))).toEqual(['pass']);
  expect(() => new LogisticRegression().fit(x, same)).toThrow('All rows have the class "pass"');
  expect(() => new HistGradientBoostingClassifier().fit(x, same)).toThrow('All rows have the class "pass"');
});

it('refuses weights where it would pass them over', () => {
  const sampleWeight = x.map(() => 1);
  expect(() => new KNeighborsClassifier().fit(x, two, { sampleWeight })).toThrow(
    'KNeighborsClassifier takes no sampleWeight',
  );
  expect(
    codeOf(() =>
      new RidgeCV().fit(
        x,
        x.map(([a]) => a!),
        { sampleWeight },
      ),
    ),
  ).toBe('no-weights');
  expect(
    codeOf(() =>
      new Ridge().fit(
        x,
        x.map(([a]) => a!),
        { sampleWeight: [1] },
      ),
    ),
  ).toBe('length-mismatch');
  expect(() => new LogisticRegression().fit(x, two, { sampleWeight: x.map(() => -1) })).toThrow(
    'sample weight of row 1',
  );
});

it('cross-validates classifiers with probabilities of rows not seen', () => {
  const result = crossValidate({ build: () => new LogisticRegression(), x, y: three, folds: 4, seed: 1 });
  expect(result.classes).toEqual(['high', 'low', 'middle']);
  expect(result.predictions.row).toEqual(x.map((_, i) => i));
  expect(result.predictions.probabilities![0]).toHaveLength(3);
  const chance = crossValidate({ build: () => new DummyClassifier(), x, y: three, folds: 4, seed: 1 });
  expect(result.pooled['logLoss']).toBeLessThan(chance.pooled['logLoss']!);
  expect(result.pooled['accuracy']).toBeGreaterThan(chance.pooled['accuracy']!);
  expect(crossValScore(new LogisticRegression(), x, three, { cv: 3 })).toHaveLength(3);
});

it('a pipeline of named steps answers, changes its parameters and comes back', () => {
  const build = () =>
    new Pipeline([
      ['scale', new StandardScaler()],
      ['logistic', new LogisticRegression()],
    ]);
  const pipeline = build().fit(x, two);
  expect(pipeline.names).toEqual(['scale', 'logistic']);
  expect(pipeline.getParams()['logistic__C']).toBe(1);
  const strict = pipeline.clone().setParams({ logistic__C: 0.01, scale__withMean: false }).fit(x, two);
  expect(strict.predictProba(x)).not.toEqual(pipeline.predictProba(x));
  expect(strict.getParams()).toMatchObject({ logistic__C: 0.01, scale__withMean: false });
  expect(() => pipeline.setParams({ logistik__C: 1 })).toThrow('Did you mean logistic__C?');
  expect(() => pipeline.setParams({ C: 1 })).toThrow('logistic__C');
  const back = classifierFromJSON(JSON.parse(JSON.stringify(pipeline)) as ModelJson);
  expect(back.predictProba(x as never)).toEqual(pipeline.predictProba(x));
  const numbers = new Pipeline([
    ['scale', new StandardScaler()],
    ['ridge', new Ridge()],
  ]).fit(
    x,
    x.map(([a]) => a!),
  );
  expect(
    numbers.score(
      x,
      x.map(([a]) => a!),
    ),
  ).toBeGreaterThan(0.99);
  expect(() => numbers.predictProba(x)).toThrow('only classifiers have predictProba');
  expect(
    () =>
      new Pipeline([
        ['ridge', new Ridge()],
        ['ridge', new Ridge()],
      ] as never),
  ).toThrow();
});

it('loads models that a session wrote itself, and says which loader a model needs', () => {
  class Stack {
    readonly kind = 'Stack';
    readonly inner: Ridge;
    constructor(inner = new Ridge()) {
      this.inner = inner;
    }
    fit(rows: number[][], y: number[]): this {
      this.inner.fit(rows, y);
      return this;
    }
    predict(rows: number[][]): Float64Array {
      return this.inner.predict(rows).map((value) => value * 2);
    }
    toJSON(): ModelJson {
      return { kind: 'Stack', version: 1, params: {}, names: [], state: this.inner.toJSON() };
    }
    static fromJSON(json: ModelJson, load: (json: ModelJson) => unknown): never {
      return new Stack(load(json.state as ModelJson) as Ridge) as never;
    }
  }
  const stack = new Stack().fit(
    x,
    x.map(([a]) => a!),
  );
  const json = JSON.parse(JSON.stringify(stack)) as ModelJson;
  expect(regressorFromJSON(json, { Stack }).predict(x)).toEqual(stack.predict(x));
  expect(() => regressorFromJSON(json)).toThrow('regressorFromJSON(json, { Stack })');
  expect(() => regressorFromJSON(json, { Stack: class {} as never })).toThrow('Stack has no static fromJSON');
  expect(() => regressorFromJSON(new LogisticRegression().toJSON())).toThrow('classifierFromJSON');
  expect(() => classifierFromJSON(new RandomForestRegressor().toJSON())).toThrow('regressorFromJSON');
});
