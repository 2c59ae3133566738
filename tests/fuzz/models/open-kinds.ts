// Boosting on tables with missing values and columns of categories, among what is compared with scikit-learn.
import type { Rng } from '#pipeline-core';
import type { Kind, Params } from './case.ts';
import type { Drawn } from './data.ts';

const one = <T>(random: Rng, values: readonly T[]): T => values[random.int(values.length)]!;
const ONE_CLASS = { 'one-class': 'a model that always answers the only class' };

/**
 * Columns of few whole numbers, which may as well be codes of categories. At least two: scikit-learn (1.2 to 1.9) answers
 * for the only category of a column as if it were missing, once it parted the two.
 */
function codeColumns({ x }: Drawn): number[] {
  return x[0]!.flatMap((_, j) => {
    const known = x.map((row) => row[j]!).filter((value) => !Number.isNaN(value));
    const codes = known.every((value) => Number.isInteger(value) && value >= 0 && value < 200);
    return codes && new Set(known).size > 1 ? [j] : [];
  });
}

const params = (random: Rng, data: Drawn): Params => ({
  maxIter: 3 + random.int(12),
  minSamplesLeaf: 1 + random.int(8),
  maxLeafNodes: one(random, [null, 5, 31]),
  maxDepth: one(random, [null, 2]),
  learningRate: one(random, [0.1, 0.5]),
  l2Regularization: one(random, [0, 1]),
  maxBins: one(random, [255, 255, 6]),
  earlyStopping: false,
  categoricalFeatures: one(random, [codeColumns(data), codeColumns(data), null]),
});

const shared = {
  data: { missing: true, least: 60 },
  weights: true,
  jitter: 1e-6,
} as const;

export const OPEN_KINDS: readonly Kind[] = [
  { name: 'HistGradientBoostingRegressor', params, ask: 'predict', tolerance: 1e-5, ...shared },
  {
    name: 'HistGradientBoostingRegressor',
    params: (random, data) => ({ ...params(random, data), loss: one(random, ['absolute_error', 'poisson']) }),
    target: 'count',
    ask: 'predict',
    tolerance: 1e-5,
    refuses: { 'bad-target': 'a prediction of counts that are all 0' },
    ...shared,
  },
  {
    name: 'HistGradientBoostingClassifier',
    params,
    target: 'label',
    ask: 'predict_proba',
    // Derivatives in single precision, divided by next to nothing where a class is certain.
    tolerance: 1e-4,
    refuses: ONE_CLASS,
    ...shared,
  },
];
