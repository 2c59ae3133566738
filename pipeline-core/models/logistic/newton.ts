// The smallest penalised log loss by Newton's method; each step is solved by conjugate gradients, scaled by the diagonal
// (Nocedal & Wright, Numerical Optimization, 2nd ed., 7.1), then shortened until the loss falls as it should.

import type { Progress } from '../../estimator/progress.ts';
import {
  blockSize,
  curvatureTimes,
  diagonalOf,
  type LogisticData,
  lossOf,
  probabilitiesOf,
  scoresOf,
  slopeOf,
} from './objective.ts';

export interface Minimum {
  readonly w: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Half of what a full step would still gain, relative to the loss: below this only rounding is left. */
const SETTLED = 1e-15;

export function newton(d: LogisticData, maxIter: number, progress: Progress): Minimum {
  let w: Float64Array = new Float64Array(d.scores * blockSize(d));
  let z: Float64Array = scoresOf(d, w);
  let loss = lossOf(d, w, z);
  for (let iteration = 0; iteration < maxIter; iteration++) {
    const p = probabilitiesOf(d.scores, z);
    const slope = slopeOf(d, w, p);
    const step = stepOf(d, p, slope);
    const gain = -dot(slope, step);
    if (!(gain > SETTLED * (1 + Math.abs(loss)))) return { w, iterations: iteration, converged: true };
    let share = 1;
    for (;;) {
      const next = w.map((value, k) => value + share * step[k]!);
      const scores = scoresOf(d, next);
      const lower = lossOf(d, next, scores);
      if (lower <= loss - 1e-4 * share * gain || share < 1e-10) {
        // No shorter step helps: what is left is rounding.
        if (!(lower < loss)) return { w, iterations: iteration, converged: true };
        w = next;
        z = scores;
        loss = lower;
        break;
      }
      share /= 2;
    }
    progress.at(iteration + 1);
  }
  return { w, iterations: maxIter, converged: false };
}

function stepOf(d: LogisticData, p: Float64Array, slope: Float64Array): Float64Array {
  const diagonal = diagonalOf(d, p);
  const size = slope.length;
  const step = new Float64Array(size);
  const left = slope.map((value) => -value);
  let scaled = left.map((value, k) => value / diagonal[k]!);
  let along: Float64Array = scaled.slice();
  let rest = dot(left, scaled);
  const enough = rest * 1e-20;
  for (let k = 0; k < 2 * size + 20 && rest > enough && rest > 0; k++) {
    const bent = curvatureTimes(d, p, along);
    const curve = dot(along, bent);
    // Flat: nothing changes along here (all scores moved alike, or a class that is certain).
    if (!(curve > 0)) break;
    const far = rest / curve;
    for (let m = 0; m < size; m++) {
      step[m]! += far * along[m]!;
      left[m]! -= far * bent[m]!;
    }
    scaled = left.map((value, m) => value / diagonal[m]!);
    const next = dot(left, scaled);
    const keep = next / rest;
    along = scaled.map((value, m) => value + keep * along[m]!);
    rest = next;
  }
  return step;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
