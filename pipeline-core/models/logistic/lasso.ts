// The smallest log loss with a price on |w|: per score a quadratic model of the loss, its minimum by coordinate descent,
// then a step that is shortened until the loss falls (Yuan, Ho & Lin, newGLMNET, 2012).

import type { Progress } from '../../estimator/progress.ts';
import { square } from '../../math/deterministic-math.ts';
import type { Minimum } from './newton.ts';
import { blockSize, type LogisticData, lossOf, probabilitiesOf, scoresOf, slopeOf } from './objective.ts';

/** Coordinate descents end once no weight moves the scores by more than this. */
const STILL = 1e-13;
const SWEEPS = 1000;

/** @param l1 price of the sum of |w|; intercepts are free */
export function lasso(d: LogisticData, l1: number, maxIter: number, progress: Progress): Minimum {
  const w = new Float64Array(d.scores * blockSize(d));
  let z = scoresOf(d, w);
  let loss = lossOf(d, w, z) + l1 * sizeOf(d, w);
  for (let iteration = 0; iteration < maxIter; iteration++) {
    const before = loss;
    for (let k = 0; k < d.scores; k++) {
      const p = probabilitiesOf(d.scores, z);
      const step = blockStep(d, l1, k, w, p);
      let share = 1;
      for (;;) {
        const next = w.slice();
        for (let j = 0; j < step.length; j++) next[k * blockSize(d) + j]! += share * step[j]!;
        const scores = scoresOf(d, next);
        const lower = lossOf(d, next, scores) + l1 * sizeOf(d, next);
        if (lower < loss) {
          w.set(next);
          z = scores;
          loss = lower;
          break;
        }
        share /= 2;
        if (share < 1e-8) break;
      }
    }
    progress.at(iteration + 1);
    if (before - loss <= 1e-15 * (1 + Math.abs(loss))) return { w, iterations: iteration + 1, converged: true };
  }
  return { w, iterations: maxIter, converged: false };
}

// Where the quadratic model of score k is smallest, less where it is now.
function blockStep(d: LogisticData, l1: number, k: number, w: Float64Array, p: Float64Array): Float64Array {
  const { data, rows, cols, scores, weight, fitIntercept } = d;
  const block = blockSize(d);
  const slope = slopeOf(d, w, p).subarray(k * block, (k + 1) * block);
  const bend = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const share = p[i * scores + k]!;
    bend[i] = weight[i]! * share * (1 - share);
  }
  const curve = new Float64Array(block);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) curve[j]! += bend[i]! * square(data[i * cols + j]!);
    if (fitIntercept) curve[cols]! += bend[i]!;
  }
  const step = new Float64Array(block);
  // What the step so far does to the scores, times the bend.
  const moved = new Float64Array(rows);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let largest = 0;
    for (let j = 0; j < block; j++) {
      if (!(curve[j]! > 0)) continue;
      let pull = slope[j]!;
      for (let i = 0; i < rows; i++) pull += moved[i]! * (j < cols ? data[i * cols + j]! : 1);
      const now = w[k * block + j]! + step[j]!;
      const free = now - pull / curve[j]!;
      const price = l1 / curve[j]!;
      const wanted = j === cols ? free : free > price ? free - price : free < -price ? free + price : 0;
      const change = wanted - now;
      if (change === 0) continue;
      step[j]! += change;
      largest = Math.max(largest, Math.abs(change) * Math.sqrt(curve[j]!));
      for (let i = 0; i < rows; i++) moved[i]! += bend[i]! * change * (j < cols ? data[i * cols + j]! : 1);
    }
    if (largest < STILL) break;
  }
  return step;
}

function sizeOf(d: LogisticData, w: Float64Array): number {
  let size = 0;
  const block = blockSize(d);
  for (let k = 0; k < d.scores; k++) for (let j = 0; j < d.cols; j++) size += Math.abs(w[k * block + j]!);
  return size;
}
