// Support vector machines among what is compared with scikit-learn. Solvers end at a tolerance: both are asked for a small
// one, so that what they answer is the one minimum.
import { type Rng, SVC, SVR } from '#pipeline-core';
import type { Fitted, Kind } from './case.ts';

const one = <T>(random: Rng, values: readonly T[]): T => values[random.int(values.length)]!;
const kernel = (random: Rng) => ({
  kernel: one(random, ['rbf', 'rbf', 'linear', 'poly']),
  gamma: one(random, ['scale', 'auto', 0.3]),
  C: one(random, [0.3, 1, 5]),
  tol: 1e-9,
});
const linear = (random: Rng) => ({ C: one(random, [0.1, 1]), tol: 1e-10, maxIter: 100_000 });
const ONE_CLASS = { 'one-class': 'an error of its own' };

/** Where no support vector is inside its bounds, the least loss is that of a range of intercepts. */
function isFlat({ params, data, y, weight }: Fitted, [shift = 0]: readonly number[]): boolean {
  const fitted = new SVR(params as ConstructorParameters<typeof SVR>[0]);
  const at = fitted
    .fit(data.x, y as readonly number[], weight === null ? {} : { sampleWeight: weight })
    .predict(data.x);
  const lossWith = (moved: number) =>
    y.reduce<number>((sum, actual, i) => {
      const over = Math.abs(Number(actual) - (at[i]! - moved)) - Number(params['epsilon']);
      return sum + (weight?.[i] ?? 1) * Math.max(0, over);
    }, 0);
  const ours = lossWith(0);
  return Math.abs(lossWith(shift) - ours) <= 1e-9 * Math.max(1, ours);
}

/** The same of classes, pair by pair: the hinge loss of the rows of both. */
function areFlat({ params, data, y, weight }: Fitted, shifts: readonly number[]): boolean {
  const fitted = new SVC(params as ConstructorParameters<typeof SVC>[0]);
  fitted.fit(data.x, y, weight === null ? {} : { sampleWeight: weight });
  const { data: at, cols } = fitted.decisionFunction(data.x);
  const { classes } = fitted;
  const pairs = classes.flatMap((first, i) => classes.slice(i + 1).map((second) => [first, second] as const));
  // Of two classes the second one is above 0, of a pair among several the first.
  const positive = classes.length === 2 ? 1 : 0;
  return pairs.every((pair, k) => {
    const lossWith = (moved: number) =>
      y.reduce<number>((sum, label, i) => {
        const side = pair.indexOf(label as string);
        if (side < 0) return sum;
        const margin = (side === positive ? 1 : -1) * (at[i * cols + k]! - moved);
        return sum + (weight?.[i] ?? 1) * Math.max(0, 1 - margin);
      }, 0);
    const ours = lossWith(0);
    // The solvers' answers are exact to about 1e-7; a shift that is seen is above 1e-4.
    return Math.abs(lossWith(shifts[k]!) - ours) <= 1e-6 * Math.max(1, ours);
  });
}

export const SVM_KINDS: readonly Kind[] = [
  {
    name: 'SVR',
    params: (r) => ({ ...kernel(r), epsilon: one(r, [0.1, 0.5]) }),
    ask: 'predict',
    data: { smooth: true },
    weights: true,
    tolerance: 1e-4,
    asGood: isFlat,
  },
  {
    name: 'SVC',
    params: kernel,
    theirs: { decision_function_shape: 'ovo' },
    target: 'label',
    ask: 'decision_function',
    data: { smooth: true },
    weights: true,
    tolerance: 1e-4,
    refuses: ONE_CLASS,
    asGood: areFlat,
  },
  {
    name: 'LinearSVC',
    params: (r) => ({
      ...linear(r),
      loss: one(r, ['squared_hinge', 'hinge']),
      classWeight: one(r, [null, 'balanced']),
    }),
    target: 'label',
    ask: 'decision_function',
    data: { smooth: true },
    weights: true,
    tolerance: 1e-4,
    refuses: ONE_CLASS,
  },
  {
    name: 'LinearSVR',
    params: (r) => ({
      ...linear(r),
      loss: one(r, ['epsilon_insensitive', 'squared_epsilon_insensitive']),
      epsilon: one(r, [0, 0.3]),
    }),
    ask: 'predict',
    data: { smooth: true },
    weights: true,
    tolerance: 1e-4,
  },
];
