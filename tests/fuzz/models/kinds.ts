// What is compared with scikit-learn: every class of the library that answers without chance of its own, with parameters
// drawn from what people set.
import { kFold, type Rng, type Split } from '#pipeline-core';
import type { Kind, Params } from './case.ts';
import type { Drawn } from './data.ts';
import { logisticLoss } from './logistic-loss.ts';
import { OPEN_KINDS } from './open-kinds.ts';
import { STEP_KINDS } from './step-kinds.ts';
import { SVM_KINDS } from './svm-kinds.ts';

const one = <T>(random: Rng, values: readonly T[]): T => values[random.int(values.length)]!;

const RIDGE = { class: 'Ridge', params: { alpha: 0.7 } };
const LINE = { class: 'LinearRegression', params: {} };
/** Whether the farthest neighbor that counts and the next one are equally far away: either may be the one. */
function tiedNeighbors(k: number, x: readonly number[][], row: readonly number[]): boolean {
  const far = x.map((other) => Math.hypot(...other.map((value, j) => value - row[j]!))).sort((a, b) => a - b);
  const [last, next] = [far[k - 1], far[k]];
  return last !== undefined && next !== undefined && next - last <= 1e-12 * Math.max(1, next);
}

const neighborTied = ({ nNeighbors }: Params, { x, test }: Drawn): readonly boolean[] =>
  test.map((row) => tiedNeighbors(Number(nNeighbors), x, row));

/** A tie in any fold changes what the last model learns from, and so every answer. */
const stackTied =
  (k: number) =>
  ({ cv }: Params, { x, test }: Drawn): readonly boolean[] => {
    const inFolds = (cv as readonly Split[]).some(({ train, test: held }) => {
      const seen = Array.from(train, (i) => x[i]!);
      return held.some((i) => tiedNeighbors(k, seen, x[i]!));
    });
    return test.map((row) => inFolds || tiedNeighbors(k, x, row));
  };

const NEAR = { class: 'KNeighborsRegressor', params: { nNeighbors: 3, weights: 'distance' } };
// Ours is solved to the precision of the data: theirs must be too.
const LOGISTIC_THEIRS = { solver: 'newton-cg', tol: 1e-10, max_iter: 1000 };
const LOGISTIC = { class: 'LogisticRegression', params: { C: 0.5 }, theirs: LOGISTIC_THEIRS };
const NEAR_CLASS = { class: 'KNeighborsClassifier', params: { nNeighbors: 4, weights: 'distance' } };
const PRIOR = { class: 'DummyClassifier', params: {} };

const boostParams = (random: Rng): Params => ({
  maxIter: 5 + random.int(20),
  minSamplesLeaf: 1 + random.int(6),
  maxLeafNodes: one(random, [null, 4, 31]),
  maxDepth: one(random, [null, 2]),
  learningRate: one(random, [0.1, 0.5]),
  l2Regularization: one(random, [0, 1]),
  maxBins: one(random, [255, 8]),
  earlyStopping: false,
});
const treeParams = (random: Rng): Params => ({
  maxDepth: one(random, [null, 2, 4]),
  minSamplesLeaf: one(random, [1, 1, 3]),
  minSamplesSplit: one(random, [2, 5]),
  maxLeafNodes: one(random, [null, null, 5]),
  minImpurityDecrease: one(random, [0, 0, 0.02]),
});
const ONE_CLASS = { 'one-class': 'a model that always answers the only class' };

const REGRESSORS: readonly Kind[] = [
  {
    name: 'DummyRegressor',
    params: (r) => ({ strategy: one(r, ['mean', 'median']) }),
    ask: 'predict',
    weights: true,
    tolerance: 1e-9,
  },
  {
    name: 'LinearRegression',
    params: (r) => ({ fitIntercept: r.int(4) > 0 }),
    ask: 'predict',
    weights: true,
    tolerance: 1e-6,
    // Where columns depend on each other up to rounding, theirs answers with what rounding makes of it.
    jitter: 1e-13,
  },
  {
    name: 'Ridge',
    params: (r) => ({ alpha: one(r, [0.01, 1, 30]), fitIntercept: r.int(4) > 0 }),
    ask: 'predict',
    weights: true,
    tolerance: 1e-7,
  },
  { name: 'RidgeCV', params: () => ({ alphas: [0.1, 3, 50] }), ask: 'predict', tolerance: 1e-6, jitter: 1e-10 },
  {
    name: 'ElasticNet',
    params: (r) => ({ alpha: one(r, [0.05, 0.5]), l1Ratio: one(r, [0.2, 0.9, 1]), tol: 1e-9, maxIter: 20000 }),
    ask: 'predict',
    weights: true,
    tolerance: 2e-4,
  },
  {
    name: 'KNeighborsRegressor',
    params: (r) => ({ nNeighbors: 1 + r.int(5), weights: one(r, ['uniform', 'distance']) }),
    ask: 'predict',
    data: { smooth: true },
    tolerance: 1e-8,
    tied: neighborTied,
  },
  { name: 'DecisionTreeRegressor', params: treeParams, ask: 'predict', weights: true, tolerance: 1e-7, jitter: 1e-12 },
  {
    name: 'DecisionTreeRegressor',
    params: (r) => ({ maxDepth: one(r, [2, 3]) }),
    ask: 'feature_importances_',
    data: { smooth: true },
    tolerance: 1e-7,
    jitter: 1e-12,
  },
  {
    name: 'HistGradientBoostingRegressor',
    params: boostParams,
    ask: 'predict',
    weights: true,
    tolerance: 1e-5,
    jitter: 1e-6,
  },
  {
    name: 'HistGradientBoostingRegressor',
    params: (r) => ({ ...boostParams(r), loss: one(r, ['absolute_error', 'poisson']) }),
    target: 'count',
    ask: 'predict',
    tolerance: 1e-5,
    jitter: 1e-6,
    refuses: { 'bad-target': 'a prediction of counts that are all 0' },
  },
  {
    name: 'VotingRegressor',
    params: (r) => ({
      estimators: [
        ['line', LINE],
        ['ridge', RIDGE],
      ],
      weights: one(r, [null, [1, 3]]),
    }),
    ask: 'predict',
    weights: true,
    tolerance: 1e-6,
    jitter: 1e-13,
  },
  {
    name: 'StackingRegressor',
    params: (r, { x }) => ({
      estimators: [
        ['ridge', RIDGE],
        ['near', NEAR],
      ],
      finalEstimator: RIDGE,
      cv: kFold(x.length, { nSplits: 3, randomState: r.int(50) }),
      passthrough: r.int(2) === 0,
    }),
    ask: 'predict',
    data: { smooth: true, least: 20 },
    tolerance: 1e-6,
    tied: stackTied(3),
  },
];

const CLASSIFIERS: readonly Kind[] = [
  {
    name: 'DummyClassifier',
    params: (r) => ({ strategy: one(r, ['prior', 'most_frequent']) }),
    ask: 'predict_proba',
    weights: true,
    tolerance: 1e-9,
  },
  {
    name: 'LogisticRegression',
    params: (r) => ({ C: one(r, [0.05, 1]), fitIntercept: r.int(4) > 0, classWeight: one(r, [null, 'balanced']) }),
    theirs: LOGISTIC_THEIRS,
    ask: 'predict_proba',
    weights: true,
    tolerance: 1e-6,
    // On columns of very unlike sizes scikit-learn's solvers end before the minimum.
    loss: logisticLoss,
    refuses: ONE_CLASS,
  },
  {
    name: 'KNeighborsClassifier',
    params: (r) => ({ nNeighbors: 1 + r.int(5), weights: one(r, ['uniform', 'distance']) }),
    ask: 'predict_proba',
    data: { smooth: true },
    tolerance: 1e-8,
    tied: neighborTied,
  },
  {
    name: 'DecisionTreeClassifier',
    params: (r) => ({ ...treeParams(r), criterion: one(r, ['gini', 'entropy']) }),
    ask: 'predict_proba',
    weights: true,
    tolerance: 1e-7,
    jitter: 1e-12,
  },
  {
    name: 'DecisionTreeClassifier',
    params: (r) => ({ maxDepth: one(r, [2, 3]), criterion: one(r, ['gini', 'entropy']) }),
    ask: 'feature_importances_',
    data: { smooth: true },
    tolerance: 1e-7,
    jitter: 1e-12,
  },
  {
    name: 'HistGradientBoostingClassifier',
    params: boostParams,
    ask: 'predict_proba',
    weights: true,
    // Derivatives in single precision, divided by next to nothing where a class is certain.
    tolerance: 1e-4,
    jitter: 1e-6,
    refuses: ONE_CLASS,
  },
  {
    name: 'VotingClassifier',
    params: (r) => ({
      estimators: [
        ['logistic', LOGISTIC],
        ['prior', PRIOR],
      ],
      voting: 'soft',
      weights: one(r, [null, [2, 1]]),
    }),
    ask: 'predict_proba',
    data: { smooth: true },
    weights: true,
    tolerance: 1e-5,
    refuses: ONE_CLASS,
  },
  {
    name: 'StackingClassifier',
    params: (r, { label }) => ({
      estimators: [
        ['near', NEAR_CLASS],
        ['prior', PRIOR],
      ],
      finalEstimator: LOGISTIC,
      cv: kFold(label.length, { nSplits: 3, randomState: r.int(50), stratify: label }),
    }),
    ask: 'predict_proba',
    data: { smooth: true, least: 40 },
    tolerance: 1e-5,
    tied: stackTied(4),
    refuses: { ...ONE_CLASS, 'missing-class': 'columns of fewer classes than there are' },
  },
];

export const KINDS: readonly Kind[] = [
  ...REGRESSORS,
  ...CLASSIFIERS.map((kind) => ({ ...kind, target: 'label' as const })),
  ...STEP_KINDS,
  ...SVM_KINDS,
  ...OPEN_KINDS,
];
