// The training rows of one tree while it grows, kept in the order of its nodes: a node is a stretch lo..hi, and a split
// sorts its stretch in place. Targets and weights lie in that order too, so that inner loops read them in a row.

import type { CodeColumn } from './codes.ts';

interface RowColumns {
  /** Row numbers of the training set. */
  readonly row: Int32Array;
  /** Target times weight. */
  readonly weighted: Float64Array;
  readonly weight: Float64Array;
}

export interface NodeRows extends RowColumns {
  readonly spare: RowColumns;
}

export function createNodeRows(capacity: number): NodeRows {
  const columns = (): RowColumns => ({
    row: new Int32Array(capacity),
    weighted: new Float64Array(capacity),
    weight: new Float64Array(capacity),
  });
  return { ...columns(), spare: columns() };
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

/**
 * Brings rows with code <= `code` to the front of lo..hi; returns where the others begin.
 * Stable: rows stay in ascending order, so that large tables are read forwards.
 */
export function partition(rows: NodeRows, column: CodeColumn, stretch: Stretch): number {
  const { row, weighted, weight, spare } = rows;
  let front = stretch.lo;
  let back = 0;
  for (let k = stretch.lo; k < stretch.hi; k++) {
    const into = column[row[k]!]! <= stretch.code ? rows : spare;
    const at = into === rows ? front++ : back++;
    into.row[at] = row[k]!;
    into.weighted[at] = weighted[k]!;
    into.weight[at] = weight[k]!;
  }
  for (let k = 0; k < back; k++) {
    row[front + k] = spare.row[k]!;
    weighted[front + k] = spare.weighted[k]!;
    weight[front + k] = spare.weight[k]!;
  }
  return front;
}

export interface Stretch {
  readonly lo: number;
  readonly hi: number;
  readonly code: number;
}
