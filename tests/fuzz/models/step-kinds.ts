// Steps of preparation among what is compared with scikit-learn.
import type { Rng } from '#pipeline-core';
import type { Kind } from './case.ts';

const one = <T>(random: Rng, values: readonly T[]): T => values[random.int(values.length)]!;
const RIDGE = { class: 'Ridge', params: { alpha: 0.7 } };

export const STEP_KINDS: readonly Kind[] = [
  {
    name: 'StandardScaler',
    params: (r) => ({ withMean: r.int(3) > 0 }),
    ask: 'transform',
    data: { missing: true },
    tolerance: 1e-6,
  },
  {
    name: 'MinMaxScaler',
    params: (r) => ({ clip: r.int(2) === 0 }),
    ask: 'transform',
    data: { missing: true },
    tolerance: 1e-8,
  },
  {
    name: 'PolynomialFeatures',
    params: (r) => ({ degree: one(r, [1, 2, 3]), interactionOnly: r.int(2) === 0, includeBias: r.int(2) === 0 }),
    ask: 'transform',
    tolerance: 1e-10,
  },
  {
    name: 'KBinsDiscretizer',
    params: (r) => ({
      nBins: 2 + r.int(4),
      encode: one(r, ['onehot', 'ordinal']),
      strategy: one(r, ['uniform', 'quantile', 'kmeans']),
    }),
    ask: 'transform',
    data: { smooth: true },
    tolerance: 1e-9,
  },
  {
    name: 'QuantileTransformer',
    params: (r) => ({ nQuantiles: one(r, [5, 20, 1000]), outputDistribution: one(r, ['uniform', 'normal']) }),
    ask: 'transform',
    data: { missing: true },
    tolerance: 1e-7,
  },
  {
    name: 'SelectKBest',
    params: () => ({ scoreFunc: 'f_regression', k: 1 }),
    ask: 'transform',
    data: { smooth: true },
    tolerance: 1e-10,
  },
  {
    name: 'SelectKBest',
    params: () => ({ scoreFunc: 'f_classif', k: 1 }),
    target: 'label',
    ask: 'transform',
    data: { smooth: true },
    tolerance: 1e-10,
    refuses: { 'one-class': 'an error of its own or a column at random' },
  },
  {
    name: 'PCA',
    params: (r) => ({ nComponents: one(r, [null, 1, 0.8]) }),
    theirs: { svd_solver: 'full' },
    ask: 'transform',
    data: { smooth: true },
    tolerance: 1e-7,
    anySign: true,
  },
  {
    name: 'KMeans',
    params: (_, { x }) => ({ nClusters: 3, init: x.slice(0, 3), nInit: 1 }),
    ask: 'transform',
    data: { smooth: true },
    weights: true,
    tolerance: 1e-7,
  },
  {
    name: 'TargetEncoder',
    params: (r) => ({ smooth: one(r, ['auto', 0, 3]), targetType: 'continuous' }),
    ask: 'transform',
    data: { missing: true },
    tolerance: 1e-8,
    since: '1.3',
  },
  {
    name: 'TargetEncoder',
    params: (r) => ({ smooth: one(r, ['auto', 3]), targetType: 'continuous', shuffle: false, cv: 3 }),
    ask: 'fit_transform',
    tolerance: 1e-8,
    since: '1.3',
  },
  {
    name: 'RFE',
    params: () => ({ estimator: RIDGE, nFeaturesToSelect: 1 }),
    ask: 'transform',
    data: { smooth: true },
    tolerance: 1e-10,
  },
];
