// From decisions to probabilities: a sigmoid a pair of classes, and one set of probabilities from all pairs.
// Sources: Lin, Lin & Weng 2007 (a note on Platt's probabilistic outputs), Wu, Lin & Weng 2004 (second method).

import { log } from '../math/deterministic-math.ts';
import { sigmoid as share, softplus } from '../math/links.ts';

/** The probability of the first class at a decision. */
export interface Sigmoid {
  (decision: number): number;
  readonly a: number;
  readonly b: number;
}

export function sigmoidBy(a: number, b: number): Sigmoid {
  return Object.assign((decision: number) => share(-(a * decision + b)), { a, b });
}

const LEAST = 1e-12;

/** Newton's method with a shortened step. @param sign 1: the first class */
export function fitSigmoid(decisions: Float64Array, sign: Int8Array): Sigmoid {
  const first = sign.filter((s) => s > 0).length;
  const second = sign.length - first;
  const high = (first + 1) / (first + 2);
  const low = 1 / (second + 2);
  const target = Float64Array.from(sign, (s) => (s > 0 ? high : low));
  let [a, b] = [0, log((second + 1) / (first + 1))];
  const lossOf = (a1: number, b1: number): number =>
    decisions.reduce((sum, f, i) => {
      const z = a1 * f + b1;
      return sum + target[i]! * z + softplus(-z);
    }, 0);
  let loss = lossOf(a, b);
  for (let round = 0; round < 100; round++) {
    let [h11, h22, h21, gradA, gradB] = [LEAST, LEAST, 0, 0, 0];
    for (let i = 0; i < decisions.length; i++) {
      const f = decisions[i]!;
      const p = share(-(a * f + b));
      const d2 = p * (1 - p);
      h11 += f * f * d2;
      h22 += d2;
      h21 += f * d2;
      const d1 = target[i]! - p;
      gradA += f * d1;
      gradB += d1;
    }
    if (Math.abs(gradA) < 1e-5 && Math.abs(gradB) < 1e-5) break;
    const det = h11 * h22 - h21 * h21;
    const da = -(h22 * gradA - h21 * gradB) / det;
    const db = -(-h21 * gradA + h11 * gradB) / det;
    const slope = gradA * da + gradB * db;
    let step = 1;
    for (; step >= 1e-10; step /= 2) {
      const next = lossOf(a + step * da, b + step * db);
      if (next < loss + 1e-4 * step * slope) {
        [a, b, loss] = [a + step * da, b + step * db, next];
        break;
      }
    }
    if (step < 1e-10) break;
  }
  return sigmoidBy(a, b);
}

/** @param shares of the first class of each pair: 0 against 1, 0 against 2 ... */
export function coupled(shares: readonly number[], classes: number): Float64Array {
  const clip = (p: number): number => Math.min(Math.max(p, 1e-7), 1 - 1e-7);
  if (classes === 2) return Float64Array.of(clip(shares[0]!), 1 - clip(shares[0]!));
  const r = Array.from({ length: classes }, () => new Float64Array(classes));
  let at = 0;
  for (let a = 0; a < classes; a++) {
    for (let b = a + 1; b < classes; b++) {
      r[a]![b] = clip(shares[at++]!);
      r[b]![a] = 1 - r[a]![b]!;
    }
  }
  const q = r.map((_, t) =>
    Float64Array.from({ length: classes }, (_, j) =>
      t === j ? r.reduce((sum, row, k) => sum + (k === t ? 0 : row[t]! * row[t]!), 0) : -r[j]![t]! * r[t]![j]!,
    ),
  );
  const p = new Float64Array(classes).fill(1 / classes);
  for (let round = 0; round < Math.max(100, classes); round++) {
    const qp = q.map((row) => row.reduce((sum, value, j) => sum + value * p[j]!, 0));
    let pqp = qp.reduce((sum, value, t) => sum + value * p[t]!, 0);
    if (Math.max(...qp.map((value) => Math.abs(value - pqp))) < 0.005 / classes) break;
    for (let t = 0; t < classes; t++) {
      const diff = (pqp - qp[t]!) / q[t]![t]!;
      p[t]! += diff;
      pqp = (pqp + diff * (diff * q[t]![t]! + 2 * qp[t]!)) / ((1 + diff) * (1 + diff));
      for (let j = 0; j < classes; j++) {
        qp[j] = (qp[j]! + diff * q[t]![j]!) / (1 + diff);
        p[j]! /= 1 + diff;
      }
    }
  }
  return p;
}
