// From scores to probabilities and back, without overflow.

import { exp, log } from './deterministic-math.ts';

export function sigmoid(score: number): number {
  if (score >= 0) return 1 / (1 + exp(-score));
  const e = exp(score);
  return e / (1 + e);
}

/** log(1 + e^score). */
export function softplus(score: number): number {
  return score > 0 ? score + log(1 + exp(-score)) : log(1 + exp(score));
}

/** Each row's `classes` scores become probabilities, in place. */
export function softmaxRows(data: Float64Array, classes: number): void {
  for (let at = 0; at < data.length; at += classes) {
    let most = data[at]!;
    for (let k = 1; k < classes; k++) most = Math.max(most, data[at + k]!);
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      data[at + k] = exp(data[at + k]! - most);
      sum += data[at + k]!;
    }
    for (let k = 0; k < classes; k++) data[at + k]! /= sum;
  }
}
