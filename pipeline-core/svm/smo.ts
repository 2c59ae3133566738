// The quadratic problem of kernel machines, solved two weights at a time: min a'Qa / 2 + p'a with 0 <= a <= C and y'a fixed.
// Source: Fan, Chen & Lin 2005 (working sets by second order), as in LIBSVM, without shrinking.

export interface QuadraticProblem {
  readonly size: number;
  /** Row i of Q; kept by the caller. */
  readonly row: (i: number) => Float64Array;
  readonly diagonal: Float64Array;
  readonly linear: Float64Array;
  /** 1 or -1. */
  readonly sign: Int8Array;
  /** The most each weight may be. */
  readonly most: Float64Array;
}

export interface Solution {
  readonly alpha: Float64Array;
  /** The threshold: decision = sum of alpha y K - rho. */
  readonly rho: number;
  readonly converged: boolean;
}

const LEAST_CURVE = 1e-12;

/** @param tol largest violation of the optimality conditions left @param onRound asked now and then */
export function solveDual(q: QuadraticProblem, tol: number, maxIter: number, onRound: () => void): Solution {
  const { size, row, diagonal, sign, most } = q;
  const alpha = new Float64Array(size);
  const gradient = q.linear.slice();
  const up = (t: number): boolean => (sign[t]! > 0 ? alpha[t]! < most[t]! : alpha[t]! > 0);
  const down = (t: number): boolean => (sign[t]! > 0 ? alpha[t]! > 0 : alpha[t]! < most[t]!);
  let converged = false;
  for (let round = 0; round < maxIter; round++) {
    if (round % 256 === 255) onRound();
    let i = -1;
    let high = -Infinity;
    for (let t = 0; t < size; t++) {
      const value = -sign[t]! * gradient[t]!;
      if (up(t) && value > high) {
        high = value;
        i = t;
      }
    }
    if (i < 0) {
      converged = true;
      break;
    }
    const qi = row(i);
    let j = -1;
    let low = Infinity;
    let best = Infinity;
    for (let t = 0; t < size; t++) {
      if (!down(t)) continue;
      const value = -sign[t]! * gradient[t]!;
      if (value < low) low = value;
      const gap = high - value;
      if (gap <= 0) continue;
      const curve = Math.max(LEAST_CURVE, diagonal[i]! + diagonal[t]! - 2 * sign[i]! * sign[t]! * qi[t]!);
      const gain = -(gap * gap) / curve;
      if (gain < best) {
        best = gain;
        j = t;
      }
    }
    if (j < 0 || high - low < tol) {
      converged = true;
      break;
    }
    movePair(q, { alpha, gradient, i, j, qi, qj: row(j) });
  }
  return { alpha, rho: thresholdOf(q, alpha, gradient), converged };
}

interface Pair {
  readonly alpha: Float64Array;
  readonly gradient: Float64Array;
  readonly i: number;
  readonly j: number;
  readonly qi: Float64Array;
  readonly qj: Float64Array;
}

// Both to the best place on the line that keeps y'a, cut off at their bounds.
function movePair({ size, diagonal, sign, most }: QuadraticProblem, { alpha, gradient, i, j, qi, qj }: Pair): void {
  const [yi, yj] = [sign[i]!, sign[j]!];
  const curve = Math.max(LEAST_CURVE, diagonal[i]! + diagonal[j]! - 2 * yi * yj * qi[j]!);
  const [oldI, oldJ] = [alpha[i]!, alpha[j]!];
  // How far y_i a_i rises; y_j a_j falls as much.
  let step = (-yi * gradient[i]! + yj * gradient[j]!) / curve;
  step = Math.min(step, yi > 0 ? most[i]! - oldI : oldI, yj > 0 ? oldJ : most[j]! - oldJ);
  alpha[i] = oldI + yi * step;
  alpha[j] = oldJ - yj * step;
  // Rounding must not leave a weight just off its bound.
  for (const t of [i, j]) {
    if (alpha[t]! < most[t]! * 1e-14) alpha[t] = 0;
    else if (alpha[t]! > most[t]! * (1 - 1e-14)) alpha[t] = most[t]!;
  }
  const di = alpha[i]! - oldI;
  const dj = alpha[j]! - oldJ;
  for (let t = 0; t < size; t++) gradient[t]! += qi[t]! * di + qj[t]! * dj;
}

function thresholdOf({ size, sign, most }: QuadraticProblem, alpha: Float64Array, gradient: Float64Array): number {
  let [sum, free, upper, lower] = [0, 0, Infinity, -Infinity];
  for (let t = 0; t < size; t++) {
    const value = sign[t]! * gradient[t]!;
    if (most[t] === 0) continue;
    if (alpha[t]! >= most[t]!) {
      if (sign[t]! < 0) upper = Math.min(upper, value);
      else lower = Math.max(lower, value);
    } else if (alpha[t]! <= 0) {
      if (sign[t]! > 0) upper = Math.min(upper, value);
      else lower = Math.max(lower, value);
    } else {
      sum += value;
      free++;
    }
  }
  return free > 0 ? sum / free : (upper + lower) / 2;
}
