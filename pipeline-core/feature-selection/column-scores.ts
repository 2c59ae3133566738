// How much a single column has to do with the target: the scores that SelectKBest chooses by, with the share of chance alone
// that would do as well. Numbers as scikit-learn's f_regression, f_classif and chi2; NaN where a constant column has none.

import { PipelineError } from '../core/errors.ts';
import type { Matrix } from '../estimator/model.ts';
import { square } from '../math/deterministic-math.ts';
import { chiSquaredTail, fTail } from '../math/tail-shares.ts';

export interface ColumnScores {
  readonly scores: readonly number[];
  readonly pvalues: readonly number[];
}

/** F of a line through the column: linear dependence alone. A constant column scores 0. */
export function fRegression({ data, rows, cols }: Matrix, y: ArrayLike<number>): ColumnScores {
  const meanY = sumOf(rows, (i) => y[i]!) / rows;
  const spreadY = sumOf(rows, (i) => square(y[i]! - meanY));
  return scored(cols, (j) => {
    const mean = sumOf(rows, (i) => data[i * cols + j]!) / rows;
    const spread = sumOf(rows, (i) => square(data[i * cols + j]! - mean));
    const both = sumOf(rows, (i) => (data[i * cols + j]! - mean) * (y[i]! - meanY));
    const share = spread === 0 || spreadY === 0 ? 0 : square(both) / (spread * spreadY);
    const f = Math.min(Number.MAX_VALUE, (Math.min(1, share) / (1 - Math.min(1, share))) * (rows - 2));
    return { score: Number.isNaN(f) ? 0 : f, p: fTail(f, 1, rows - 2) };
  });
}

/** F of the means of the classes (one-way analysis of variance). */
export function fClassif({ data, rows, cols }: Matrix, codes: Int32Array, classes: number): ColumnScores {
  const size = counts(codes, classes);
  return scored(cols, (j) => {
    // From the first row, so that a constant column is exactly constant.
    const first = data[j]!;
    const sums = new Float64Array(classes);
    for (let i = 0; i < rows; i++) sums[codes[i]!]! += data[i * cols + j]! - first;
    const mean = sums.reduce((sum, own) => sum + own, 0) / rows;
    const between = sums.reduce((sum, own, c) => sum + size[c]! * square(own / size[c]! - mean), 0);
    const within = sumOf(rows, (i) => square(data[i * cols + j]! - first - sums[codes[i]!]! / size[codes[i]!]!));
    const f = between / (classes - 1) / (within / (rows - classes));
    return { score: f, p: Number.isNaN(f) ? Number.NaN : f === Infinity ? 0 : fTail(f, classes - 1, rows - classes) };
  });
}

/** Of counts and other numbers of at least 0: are they spread over the classes as rows are? Throws PipelineError 'not-counts'. */
export function chi2({ data, rows, cols, names }: Matrix, codes: Int32Array, classes: number): ColumnScores {
  const below = data.findIndex((value) => value < 0);
  if (below >= 0) {
    const message = `chi2 is for numbers of at least 0, but row ${Math.floor(below / cols) + 1}, column ${names[below % cols] ?? (below % cols) + 1}, is ${data[below]}.`;
    throw new PipelineError('not-counts', message, { row: Math.floor(below / cols) + 1 });
  }
  const size = counts(codes, classes);
  return scored(cols, (j) => {
    const sums = new Float64Array(classes);
    for (let i = 0; i < rows; i++) sums[codes[i]!]! += data[i * cols + j]!;
    const total = sums.reduce((sum, own) => sum + own, 0);
    const score = sums.reduce((sum, own, c) => {
      const expected = (size[c]! / rows) * total;
      return sum + square(own - expected) / expected;
    }, 0);
    return { score, p: Number.isNaN(score) ? Number.NaN : chiSquaredTail(score, classes - 1) };
  });
}

function scored(cols: number, one: (j: number) => { score: number; p: number }): ColumnScores {
  const all = Array.from({ length: cols }, (_, j) => one(j));
  return { scores: all.map(({ score }) => score), pvalues: all.map(({ p }) => p) };
}

function counts(codes: Int32Array, classes: number): Float64Array {
  const size = new Float64Array(classes);
  for (const code of codes) size[code]!++;
  return size;
}

function sumOf(rows: number, value: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += value(i);
  return sum;
}
