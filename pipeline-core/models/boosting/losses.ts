// What boosting can make small: each loss gives where to begin, both derivatives, and its value.
// Predictions of a loss are in its own scale: log of the mean for poisson, log odds for log loss.
// Formulas and edge cases as in scikit-learn's losses; derivatives in single precision, as it keeps them.

import { exp, log, square } from '../../math/deterministic-math.ts';
import { weightedQuantile } from '../../math/distribution.ts';
import { sigmoid, softplus } from '../../math/links.ts';

export type RegressionLoss = 'squared_error' | 'absolute_error' | 'quantile' | 'poisson';

/** One a row; of classes the codes. */
export interface LossData {
  readonly y: Float64Array;
  readonly weight: Float64Array | null;
}

export interface Loss {
  /** Predictions a row: 1, or one a class. */
  readonly outputs: number;
  /** Second derivatives differ from row to row, weights apart. */
  readonly curved: boolean;
  /** Where each output begins. */
  base(data: LossData): number[];
  /** Writes the first derivatives, the other way round, and the second ones. @param prediction one list an output */
  derivatives(data: LossData, prediction: readonly Float64Array[], into: Derivatives): void;
  /** Weighted mean over the rows. */
  mean(data: LossData, prediction: readonly Float64Array[]): number;
  /** What a leaf answers for what its rows have left, where that is no Newton step. */
  leaf?(left: Float64Array, weight: Float64Array | null): number;
}

export interface Derivatives {
  readonly residual: readonly Float32Array[];
  /** Empty where they are 1 for every row. */
  readonly curvature: readonly Float32Array[];
}

/** @param share of 'quantile', above 0 and below 1 */
export function regressionLoss(name: RegressionLoss, share: number): Loss {
  if (name === 'squared_error') {
    return pointwise({
      base: ({ y, weight }) => meanOf(y, weight),
      residual: (y, p) => y - p,
      value: (y, p) => square(y - p) / 2,
    });
  }
  if (name === 'poisson') {
    return pointwise({
      base: ({ y, weight }) => log(Math.max(meanOf(y, weight), 10 * Number.EPSILON)),
      residual: (y, p) => y - exp(p),
      curvature: (_, p) => exp(p),
      value: (y, p) => exp(p) - y * p,
    });
  }
  const at = name === 'absolute_error' ? 0.5 : share;
  const absolute = name === 'absolute_error';
  const middle = (y: Float64Array, weight: Float64Array | null): number =>
    weight === null ? between(y.slice().sort(), at) : weightedQuantile(y, weight, at);
  return {
    ...pointwise({
      base: ({ y, weight }) => middle(y, weight),
      residual: absolute ? (y, p) => (p > y ? -1 : 1) : (y, p) => (y >= p ? at : at - 1),
      value: absolute ? (y, p) => Math.abs(y - p) : (y, p) => (y >= p ? at * (y - p) : (1 - at) * (p - y)),
    }),
    leaf: middle,
  };
}

/** Log loss of two classes: one output, the log odds of the second. */
export const BINARY_LOSS: Loss = pointwise({
  base: ({ y, weight }) => {
    const share = meanOf(y, weight);
    return log(share / (1 - share));
  },
  residual: (y, p) => y - sigmoid(p),
  curvature: (_, p) => {
    const share = sigmoid(p);
    return share * (1 - share);
  },
  value: (y, p) => softplus(p) - y * p,
});

/** Log loss of several classes: one score a class. */
export function classesLoss(classes: number): Loss {
  return {
    outputs: classes,
    curved: true,
    base({ y, weight }) {
      const share = new Float64Array(classes);
      let total = 0;
      for (let i = 0; i < y.length; i++) {
        share[y[i]!]! += weight?.[i] ?? 1;
        total += weight?.[i] ?? 1;
      }
      const logs = Array.from(share, (own) => log(Math.min(Math.max(own / total, Number.EPSILON), 1 - Number.EPSILON)));
      const mean = logs.reduce((sum, own) => sum + own, 0) / classes;
      return logs.map((own) => own - mean);
    },
    derivatives({ y, weight }, prediction, { residual, curvature }) {
      const share = new Float64Array(classes);
      for (let i = 0; i < y.length; i++) {
        shares(prediction, i, share);
        const w = weight?.[i] ?? 1;
        for (let k = 0; k < classes; k++) {
          residual[k]![i] = ((y[i] === k ? 1 : 0) - share[k]!) * w;
          curvature[k]![i] = share[k]! * (1 - share[k]!) * w;
        }
      }
    },
    mean({ y, weight }, prediction) {
      let sum = 0;
      let total = 0;
      for (let i = 0; i < y.length; i++) {
        let most = -Infinity;
        for (let k = 0; k < classes; k++) most = Math.max(most, prediction[k]![i]!);
        let scale = 0;
        for (let k = 0; k < classes; k++) scale += exp(prediction[k]![i]! - most);
        const w = weight?.[i] ?? 1;
        sum += w * (most + log(scale) - prediction[y[i]!]![i]!);
        total += w;
      }
      return sum / total;
    },
  };
}

function shares(prediction: readonly Float64Array[], i: number, into: Float64Array): void {
  let most = -Infinity;
  for (let k = 0; k < into.length; k++) most = Math.max(most, prediction[k]![i]!);
  let sum = 0;
  for (let k = 0; k < into.length; k++) {
    into[k] = exp(prediction[k]![i]! - most);
    sum += into[k]!;
  }
  for (let k = 0; k < into.length; k++) into[k]! /= sum;
}

// To the last bit as numpy: whether a row lies on the line decides which way it pulls.
function between(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  const high = sorted[Math.min(Math.floor(at) + 1, sorted.length - 1)]!;
  const t = at - Math.floor(at);
  if (share === 0.5) return t === 0 ? low : (low + high) / 2;
  return t >= 0.5 ? high - (high - low) * (1 - t) : low + (high - low) * t;
}

interface Pointwise {
  readonly base: (data: LossData) => number;
  readonly residual: (y: number, prediction: number) => number;
  /** Absent: 1 everywhere. */
  readonly curvature?: (y: number, prediction: number) => number;
  readonly value: (y: number, prediction: number) => number;
}

function pointwise({ base, residual, curvature, value }: Pointwise): Loss {
  return {
    outputs: 1,
    curved: curvature !== undefined,
    base: (data) => [base(data)],
    derivatives({ y, weight }, [prediction], into) {
      const first = into.residual[0]!;
      const second = into.curvature[0];
      for (let i = 0; i < y.length; i++) first[i] = residual(y[i]!, prediction![i]!) * (weight?.[i] ?? 1);
      if (second === undefined) return;
      for (let i = 0; i < y.length; i++) {
        second[i] = (curvature === undefined ? 1 : curvature(y[i]!, prediction![i]!)) * (weight?.[i] ?? 1);
      }
    },
    mean({ y, weight }, [prediction]) {
      let sum = 0;
      let total = 0;
      for (let i = 0; i < y.length; i++) {
        const w = weight?.[i] ?? 1;
        sum += w * value(y[i]!, prediction![i]!);
        total += w;
      }
      return sum / total;
    },
  };
}

function meanOf(y: Float64Array, weight: Float64Array | null): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    sum += (weight?.[i] ?? 1) * y[i]!;
    total += weight?.[i] ?? 1;
  }
  return sum / total;
}
