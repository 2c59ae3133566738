// What holds for every model: same seed same bits, saved and loaded the same bits, refusals in sentences, progress and stop.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regressorFromJSON } from '#pipeline-core/compose/model-registry.ts';
import { VotingRegressor } from '#pipeline-core/compose/voting.ts';
import { PipelineError } from '#pipeline-core/core/errors.ts';
import type { Matrix, ModelJson, Regressor } from '#pipeline-core/estimator/model.ts';
import { createRng } from '#pipeline-core/math/rng.ts';
import { HistGradientBoostingRegressor } from '#pipeline-core/models/boosting.ts';
import { DecisionTreeRegressor } from '#pipeline-core/models/decision-tree.ts';
import { DummyRegressor } from '#pipeline-core/models/dummy.ts';
import { ElasticNet, ElasticNetCV } from '#pipeline-core/models/elastic-net.ts';
import { ExtraTreesRegressor, RandomForestRegressor } from '#pipeline-core/models/forest.ts';
import { LinearRegression } from '#pipeline-core/models/linear-regression.ts';
import { KNeighborsRegressor } from '#pipeline-core/models/neighbors.ts';
import { Ridge, RidgeCV } from '#pipeline-core/models/ridge.ts';
import { LinearSVR } from '#pipeline-core/svm/linear-svm.ts';
import { SVR } from '#pipeline-core/svm/svr.ts';

const MODELS: Record<string, () => Regressor & { readonly takesMissing?: boolean }> = {
  DummyRegressor: () => new DummyRegressor({ strategy: 'median' }),
  LinearRegression: () => new LinearRegression(),
  Ridge: () => new Ridge({ alpha: 2 }),
  RidgeCV: () => new RidgeCV(),
  ElasticNet: () => new ElasticNet({ alpha: 0.1 }),
  ElasticNetCV: () => new ElasticNetCV({ nAlphas: 20, cv: 3 }),
  KNeighborsRegressor: () => new KNeighborsRegressor({ weights: 'distance' }),
  SVR: () => new SVR({ C: 2 }),
  LinearSVR: () => new LinearSVR({ maxIter: 5000 }),
  DecisionTreeRegressor: () => new DecisionTreeRegressor({ randomState: 3 }),
  RandomForestRegressor: () => new RandomForestRegressor({ nEstimators: 8, maxFeatures: 'sqrt', randomState: 3 }),
  ExtraTreesRegressor: () => new ExtraTreesRegressor({ nEstimators: 8, randomState: 3 }),
  HistGradientBoostingRegressor: () => new HistGradientBoostingRegressor({ maxIter: 12, minSamplesLeaf: 4 }),
  VotingRegressor: () =>
    new VotingRegressor({
      estimators: [
        ['ridge', new Ridge()],
        ['forest', new RandomForestRegressor({ nEstimators: 4 })],
      ],
      weights: [1, 2],
    }),
};

const random = createRng(11);
const names = ['a', 'b', 'c', 'd', 'e'];
const x: Matrix = { data: new Float64Array(60 * 5), rows: 60, cols: 5, names };
for (let k = 0; k < x.data.length; k++) x.data[k] = k % 5 < 3 ? random.int(4) : random.normal();
const y = Float64Array.from({ length: 60 }, (_, i) => x.data[i * 5]! + x.data[i * 5 + 3]! + random.normal());

const errorOf = (work: () => unknown): PipelineError => {
  try {
    work();
  } catch (error) {
    if (error instanceof PipelineError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe.each(Object.entries(MODELS))('%s', (kind, build) => {
  it('gives the same bits again', () => {
    expect(build().fit(x, y).predict(x)).toEqual(build().fit(x, y).predict(x));
    const model = build().fit(x, y);
    expect(model.fit(x, y).predict(x)).toEqual(build().fit(x, y).predict(x));
  });

  it('comes back from JSON with the same bits, fitted or not', () => {
    const model = build().fit(x, y);
    const text = JSON.stringify(model);
    const loaded = regressorFromJSON(JSON.parse(text) as ModelJson);
    expect(loaded.kind).toBe(kind);
    expect(loaded.predict(x)).toEqual(model.predict(x));
    expect(JSON.stringify(loaded)).toBe(text);
    const blank = regressorFromJSON(JSON.parse(JSON.stringify(build())) as ModelJson);
    expect(errorOf(() => blank.predict(x)).code).toBe('not-fitted');
    expect(blank.fit(x, y).predict(x)).toEqual(model.predict(x));
  });

  it('leaves its inputs as they are', () => {
    const kept = x.data.slice();
    const target = y.slice();
    build().fit(x, y).predict(x);
    expect(x.data).toEqual(kept);
    expect(y).toEqual(target);
  });

  it('refuses bad rows with their place, other columns and use before fitting', () => {
    expect(errorOf(() => build().predict(x)).code).toBe('not-fitted');
    const holed = { ...x, data: x.data.slice() };
    // Boosting takes a missing value, but no more than others one that has no end.
    holed.data[5 * 7 + 2] = build().takesMissing === true ? Infinity : Number.NaN;
    const hole = errorOf(() => build().fit(holed, y));
    expect(hole.facts).toEqual({ row: 8, column: 'c' });
    expect(errorOf(() => build().fit(x, y.subarray(1))).code).toBe('length-mismatch');
    expect(errorOf(() => build().fit([], [])).code).toBe('empty');
    const model = build().fit(x, y);
    expect(errorOf(() => model.predict([[1, 2]])).code).toBe('other-columns');
    const renamed = { ...x, names: ['a', 'c', 'b', 'd', 'e'] };
    expect(errorOf(() => model.predict(renamed)).message).toContain('"c"');
  });

  it('answers with finite numbers on few, equal and constant rows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: 0, max: 3 })), {
          minLength: 6,
          maxLength: 12,
        }),
        (rows) => {
          const inputs = rows.map(([a]) => [a, 1, -a]);
          const predicted = build()
            .fit(
              inputs,
              rows.map(([, target]) => target),
            )
            .predict(inputs);
          expect(predicted).toHaveLength(rows.length);
          expect(predicted.every(Number.isFinite)).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('refuses a parameter it does not have', () => {
    const Class = build().constructor as new (params: object) => Regressor;
    const error = errorOf(() => new Class({ nEstimatorz: 3, alpah: 1 }));
    expect(error.code).toBe('unknown-param');
  });
});

describe('long fits', () => {
  const LONG = [
    'ElasticNetCV',
    'RandomForestRegressor',
    'ExtraTreesRegressor',
    'HistGradientBoostingRegressor',
    'VotingRegressor',
  ];
  it.each(LONG)('%s tells its progress and stops when asked', (kind) => {
    const shares: number[] = [];
    MODELS[kind]!().fit(x, y, { onProgress: (share) => shares.push(share) });
    expect(shares.length).toBeGreaterThan(1);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...new Set(shares)].sort((a, b) => a - b));
    let asked = 0;
    expect(errorOf(() => MODELS[kind]!().fit(x, y, { shouldStop: () => ++asked > 1 })).code).toBe('stopped');
    expect(asked).toBe(2);
  });
});

describe('long answers', () => {
  const rows = Array.from({ length: x.rows }, (_, i) => [...x.data.subarray(i * x.cols, (i + 1) * x.cols)]);
  const many = Array.from({ length: 300 }, (_, i) => rows[i % x.rows]!);

  it.each(['KNeighborsRegressor', 'RandomForestRegressor', 'HistGradientBoostingRegressor', 'VotingRegressor'])(
    '%s tells its progress and stops when asked',
    (kind) => {
      const model = MODELS[kind]!().fit(x, y);
      const shares: number[] = [];
      const answers = model.predict(many, { onProgress: (share) => shares.push(share) });
      expect([...answers]).toEqual([...model.predict(many)]);
      expect(shares.length).toBeGreaterThan(1);
      expect(shares.at(-1)).toBe(1);
      expect(shares).toEqual([...new Set(shares)].sort((a, b) => a - b));
      let asked = 0;
      expect(errorOf(() => model.predict(many, { shouldStop: () => ++asked > 1 })).code).toBe('stopped');
      expect(asked).toBe(2);
    },
  );
});

it('tells progress and stops inside one large tree', () => {
  const large = Array.from({ length: 7000 }, (_, i) => [i % 83, i % 7]);
  const target = large.map(([a, b], i) => a! * b! + (i % 11));
  const shares: number[] = [];
  new DecisionTreeRegressor().fit(large, target, { onProgress: (share) => shares.push(share) });
  expect(shares.length).toBeGreaterThan(2);
  expect(shares.at(-1)).toBe(1);
  let asked = 0;
  const stop = { shouldStop: () => ++asked === 2 };
  expect(errorOf(() => new DecisionTreeRegressor().fit(large, target, stop)).code).toBe('stopped');
});

it('grows the first trees of a larger forest alike', () => {
  const few = new RandomForestRegressor({ nEstimators: 3 }).fit(x, y).ensemble().trees;
  expect(new RandomForestRegressor({ nEstimators: 6 }).fit(x, y).ensemble().trees.slice(0, 3)).toEqual(few);
  expect(new RandomForestRegressor({ nEstimators: 3, randomState: 1 }).fit(x, y).ensemble().trees).not.toEqual(few);
});

it('keeps the limits of trees', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 6 }),
      fc.nat(),
      (minSamplesLeaf, maxDepth, randomState) => {
        for (const maxFeatures of [1, 0.4]) {
          const model = new DecisionTreeRegressor({ minSamplesLeaf, maxDepth, maxFeatures, randomState }).fit(x, y);
          const tree = model.ensemble().trees[0]!;
          expect(model.depth).toBeLessThanOrEqual(maxDepth);
          tree.feature.forEach((feature, k) => {
            expect(tree.cover[k]).toBeGreaterThanOrEqual(minSamplesLeaf);
            if (feature >= 0) expect(tree.cover[k]).toBe(tree.cover[k + 1]! + tree.cover[tree.right[k]!]!);
          });
        }
      },
    ),
    { numRuns: 60 },
  );
  const boosted = new HistGradientBoostingRegressor({ maxLeafNodes: 4, minSamplesLeaf: 7, maxDepth: 2 }).fit(x, y);
  for (const tree of boosted.ensemble().trees) {
    expect(tree.feature.filter((feature) => feature < 0).length).toBeLessThanOrEqual(4);
    expect(Math.min(...tree.cover)).toBeGreaterThanOrEqual(7);
  }
});

it('says what is wrong with a saved model', () => {
  const json = new DecisionTreeRegressor().fit(x, y).toJSON();
  expect(errorOf(() => regressorFromJSON({ ...json, kind: 'DecisionTreRegressor' })).message).toContain(
    'DecisionTreeRegressor',
  );
  const state = json.state as { trees: { right: number[] }[] };
  state.trees[0]!.right[0] = 0;
  expect(errorOf(() => regressorFromJSON(json)).code).toBe('bad-model');
  expect(errorOf(() => new RandomForestRegressor({ nEstimators: 0 })).message).toContain('nEstimators');
});
