// Steps of preparation among what is compared with scikit-learn.
import type { Rng } from '#pipeline-core';
import type { Kind, Params } from './case.ts';
import type { Drawn } from './data.ts';

const one = <T>(random: Rng, values: readonly T[]): T => values[random.int(values.length)]!;
const RIDGE = { class: 'Ridge', params: { alpha: 0.7 } };

/**
 * Whether a group loses all its rows on the way of k-means: which far row it is given then, scikit-learn leaves to a partial
 * sort, and its versions differ (1.2 and 1.9).
 */
function losesGroup(points: readonly (readonly number[])[], start: readonly (readonly number[])[]): boolean {
  let centres = start.map((one) => [...one]);
  let before = '';
  for (let round = 0; round < 300; round++) {
    const labels = points.map((point) => {
      const far = centres.map((centre) => Math.hypot(...centre.map((value, j) => value - point[j]!)));
      return far.indexOf(Math.min(...far));
    });
    if (labels.join() === before) return false;
    before = labels.join();
    const groups = centres.map((_, c) => points.filter((_point, i) => labels[i] === c));
    if (groups.some((group) => group.length === 0)) return true;
    centres = groups.map((group) =>
      group[0]!.map((_, j) => group.reduce((sum, point) => sum + point[j]!, 0) / group.length),
    );
  }
  return false;
}

/** As scikit-learn starts it: from the middles of equal bins. */
function losesBin({ nBins, strategy }: Params, { x, test }: Drawn): readonly boolean[] {
  const lost = x[0]!.some((_, j) => {
    const column = x.map((row) => row[j]!);
    const [low, high] = [Math.min(...column), Math.max(...column)];
    const start = Array.from({ length: Number(nBins) }, (_bin, k) => [
      low + ((k + 0.5) * (high - low)) / Number(nBins),
    ]);
    return (
      high > low &&
      losesGroup(
        column.map((value) => [value]),
        start,
      )
    );
  });
  return test.map(() => strategy === 'kmeans' && lost);
}

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
    tied: losesBin,
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
    tied: ({ init }, { x, test }) => test.map(() => losesGroup(x, init as number[][])),
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
