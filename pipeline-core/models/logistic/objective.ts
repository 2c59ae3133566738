// The penalised log loss of linear scores, for two classes (one score a row, the log odds of the second) and for several
// (a score a class, softmax): its value, its slope, and products with its second derivatives.
// Parameters lie in blocks, one a score: a weight a column, then the intercept. Columns are centred by the caller.

import { exp, log, square } from '../../math/deterministic-math.ts';
import { sigmoid, softmaxRows, softplus } from '../../math/links.ts';

export interface LogisticData {
  /** Row-major, rows x cols. */
  readonly data: Float64Array;
  readonly rows: number;
  readonly cols: number;
  readonly codes: Int32Array;
  /** One a row, times C. */
  readonly weight: Float64Array;
  /** 1 for two classes, else one a class. */
  readonly scores: number;
  readonly fitIntercept: boolean;
  /** Price of |w|^2 / 2. */
  readonly l2: number;
}

export const blockSize = ({ cols }: LogisticData): number => cols + 1;

/** Row-major, rows x scores. */
export function scoresOf(d: LogisticData, w: Float64Array): Float64Array {
  const { data, rows, cols, scores } = d;
  const block = blockSize(d);
  const z = new Float64Array(rows * scores);
  for (let i = 0; i < rows; i++) {
    const at = i * cols;
    for (let k = 0; k < scores; k++) {
      const from = k * block;
      let sum = w[from + cols]!;
      for (let j = 0; j < cols; j++) sum += data[at + j]! * w[from + j]!;
      z[i * scores + k] = sum;
    }
  }
  return z;
}

export function lossOf(d: LogisticData, w: Float64Array, z: Float64Array): number {
  const { rows, cols, codes, weight, scores, l2 } = d;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    if (scores === 1) {
      sum += weight[i]! * (codes[i] === 1 ? softplus(-z[i]!) : softplus(z[i]!));
      continue;
    }
    const at = i * scores;
    let most = z[at]!;
    for (let k = 1; k < scores; k++) most = Math.max(most, z[at + k]!);
    let scale = 0;
    for (let k = 0; k < scores; k++) scale += exp(z[at + k]! - most);
    sum += weight[i]! * (most + log(scale) - z[at + codes[i]!]!);
  }
  let size = 0;
  const block = blockSize(d);
  for (let k = 0; k < scores; k++) for (let j = 0; j < cols; j++) size += square(w[k * block + j]!);
  return sum + (l2 * size) / 2;
}

/** Probabilities by score: of the second class, or of each. */
export function probabilitiesOf(scores: number, z: Float64Array): Float64Array {
  if (scores === 1) return z.map(sigmoid);
  const p = z.slice();
  softmaxRows(p, scores);
  return p;
}

/** The slope at `w`, from the probabilities there. */
export function slopeOf(d: LogisticData, w: Float64Array, p: Float64Array): Float64Array {
  const { rows, codes, weight, scores, cols, l2 } = d;
  const pull = new Float64Array(rows * scores);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < scores; k++) {
      const truth = codes[i] === (scores === 1 ? 1 : k) ? 1 : 0;
      pull[i * scores + k] = weight[i]! * (p[i * scores + k]! - truth);
    }
  }
  const slope = backward(d, pull);
  const block = blockSize(d);
  for (let k = 0; k < scores; k++) for (let j = 0; j < cols; j++) slope[k * block + j]! += l2 * w[k * block + j]!;
  return slope;
}

/** Second derivatives at `w` times `v`. */
export function curvatureTimes(d: LogisticData, p: Float64Array, v: Float64Array): Float64Array {
  const { rows, weight, scores, cols, l2 } = d;
  const move = scoresOf(d, v);
  for (let i = 0; i < rows; i++) {
    const at = i * scores;
    if (scores === 1) {
      move[i]! *= weight[i]! * p[i]! * (1 - p[i]!);
      continue;
    }
    let mean = 0;
    for (let k = 0; k < scores; k++) mean += p[at + k]! * move[at + k]!;
    for (let k = 0; k < scores; k++) move[at + k] = weight[i]! * p[at + k]! * (move[at + k]! - mean);
  }
  const product = backward(d, move);
  const block = blockSize(d);
  for (let k = 0; k < scores; k++) for (let j = 0; j < cols; j++) product[k * block + j]! += l2 * v[k * block + j]!;
  return product;
}

/** The diagonal of the second derivatives; 1 where nothing can change. */
export function diagonalOf(d: LogisticData, p: Float64Array): Float64Array {
  const { data, rows, cols, weight, scores, fitIntercept, l2 } = d;
  const block = blockSize(d);
  const diagonal = new Float64Array(scores * block);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < scores; k++) {
      const share = p[i * scores + k]!;
      const h = weight[i]! * share * (1 - share);
      for (let j = 0; j < cols; j++) diagonal[k * block + j]! += h * square(data[i * cols + j]!);
      if (fitIntercept) diagonal[k * block + cols]! += h;
    }
  }
  for (let k = 0; k < scores; k++) for (let j = 0; j < cols; j++) diagonal[k * block + j]! += l2;
  return diagonal.map((value) => (value > 0 ? value : 1));
}

// X' times what each row's scores pull.
function backward(d: LogisticData, pull: Float64Array): Float64Array {
  const { data, rows, cols, scores, fitIntercept } = d;
  const block = blockSize(d);
  const out = new Float64Array(scores * block);
  for (let i = 0; i < rows; i++) {
    const at = i * cols;
    for (let k = 0; k < scores; k++) {
      const own = pull[i * scores + k]!;
      const from = k * block;
      for (let j = 0; j < cols; j++) out[from + j]! += data[at + j]! * own;
      if (fitIntercept) out[from + cols]! += own;
    }
  }
  return out;
}
