// The training rows of one tree while it grows, kept in the order of its nodes: a node is a stretch lo..hi, and a split
// sorts its stretch in place. Targets and weights lie in that order too, so that inner loops read them in a row.
// RUNS IN browser | server | child | isolate

import type { CodeColumn } from './codes.ts';

export interface NodeRows {
  /** Row numbers of the training set. */
  readonly row: Int32Array;
  /** Target times weight. */
  readonly weighted: Float64Array;
  readonly weight: Float64Array;
}

export function createNodeRows(capacity: number): NodeRows {
  return {
    row: new Int32Array(capacity),
    weighted: new Float64Array(capacity),
    weight: new Float64Array(capacity),
  };
}

/** Fills in the rows of positive weight; returns how many. */
export function loadRows(rows: NodeRows, y: Float64Array, weight: Float64Array): number {
  let count = 0;
  for (let i = 0; i < y.length; i++) {
    const w = weight[i]!;
    if (w <= 0) continue;
    rows.row[count] = i;
    rows.weight[count] = w;
    rows.weighted[count] = w * y[i]!;
    count++;
  }
  return count;
}

/** Brings rows with code <= `code` to the front of lo..hi; returns where the others begin. */
export function partition(rows: NodeRows, column: CodeColumn, stretch: Stretch): number {
  const { row, weighted, weight } = rows;
  let front = stretch.lo;
  let back = stretch.hi;
  while (front < back) {
    const r = row[front]!;
    if (column[r]! <= stretch.code) {
      front++;
      continue;
    }
    back--;
    const g = weighted[front]!;
    const w = weight[front]!;
    row[front] = row[back]!;
    weighted[front] = weighted[back]!;
    weight[front] = weight[back]!;
    row[back] = r;
    weighted[back] = g;
    weight[back] = w;
  }
  return front;
}

export interface Stretch {
  readonly lo: number;
  readonly hi: number;
  readonly code: number;
}
