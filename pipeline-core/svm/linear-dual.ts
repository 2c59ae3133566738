// Linear support vector machines, solved one row's weight at a time: costs rows x columns a round, so that 100 000 rows are
// fine. The intercept is one more column of 1 and is penalised with the rest, as in LIBLINEAR.
// Sources: Hsieh et al. 2008 (classification), Ho & Lin 2012 (regression). The order of rows is drawn by a seed.

import type { Progress } from '../estimator/progress.ts';
import { createRng } from '../math/rng.ts';

export interface LinearProblem {
  /** Row-major, the column of 1 included. */
  readonly data: Float64Array;
  readonly rows: number;
  readonly cols: number;
  /** 1 or -1, or of numbers the target. */
  readonly y: Float64Array;
  /** C times the weight of each row. */
  readonly cost: Float64Array;
  /** Whether errors count squared. */
  readonly squared: boolean;
  /** Of numbers: errors up to this cost nothing; null: y are classes. */
  readonly epsilon: number | null;
}

export interface LinearSolution {
  readonly w: Float64Array;
  readonly converged: boolean;
  readonly iterations: number;
}

export function solveLinear(
  p: LinearProblem,
  tol: number,
  maxIter: number,
  seed: number,
  progress: Progress,
): LinearSolution {
  const { data, rows, cols, y, cost, squared, epsilon } = p;
  const w = new Float64Array(cols);
  const beta = new Float64Array(rows);
  const norm = new Float64Array(rows);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) norm[i]! += data[i * cols + j]! * data[i * cols + j]!;
  const random = createRng(seed);
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  const threshold = epsilon ?? 0;
  let first = -1;
  for (let round = 0; round < maxIter; round++) {
    for (let k = rows - 1; k > 0; k--) {
      const other = random.int(k + 1);
      const kept = order[k]!;
      order[k] = order[other]!;
      order[other] = kept;
    }
    let violation = 0;
    for (const i of order) {
      if (cost[i] === 0) continue;
      const at = i * cols;
      let dot = 0;
      for (let j = 0; j < cols; j++) dot += w[j]! * data[at + j]!;
      const lambda = squared ? 0.5 / cost[i]! : 0;
      const most = squared ? Infinity : cost[i]!;
      const curve = norm[i]! + lambda;
      if (curve === 0) continue;
      const old = beta[i]!;
      const next =
        epsilon === null
          ? classStep(old, y[i]! * dot - 1 + lambda * old, curve, most)
          : numberStep(old, dot - y[i]! + lambda * old, { curve, most, threshold });
      violation += Math.abs(next - old) * curve;
      if (next === old) continue;
      beta[i] = next;
      const push = (next - old) * (epsilon === null ? y[i]! : 1);
      for (let j = 0; j < cols; j++) w[j]! += push * data[at + j]!;
    }
    if (first < 0) first = violation;
    progress.at(round + 1);
    if (violation <= tol * first) return { w, converged: true, iterations: round + 1 };
  }
  return { w, converged: false, iterations: maxIter };
}

function classStep(old: number, slope: number, curve: number, most: number): number {
  return Math.min(Math.max(old - slope / curve, 0), most);
}

interface Corner {
  readonly curve: number;
  readonly most: number;
  readonly threshold: number;
}

function numberStep(old: number, slope: number, { curve, most, threshold }: Corner): number {
  // The best place on either side of 0, else 0 itself.
  const up = old - (slope + threshold) / curve;
  const down = old - (slope - threshold) / curve;
  const next = Math.max(up, 0) + Math.min(down, 0);
  return Math.min(Math.max(next, -most), most);
}
