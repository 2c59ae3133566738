// The best question to ask at a node: for each drawn column, the cut that leaves the smallest squared error.
// Minimising it is maximising sumLeft^2 / weightLeft + sumRight^2 / weightRight (Breiman et al., CART, 1984).
// Invariant: exact, every cut between two different values present is tried; no allocation per node or column.

import { createCodeOrder } from './code-order.ts';
import type { CodeColumn, Codes } from './codes.ts';
import type { NodeRows } from './node-rows.ts';

/** What is looked for at one node; also where the answer is written. */
export interface NodeSplit {
  lo: number;
  hi: number;
  /** Sums over lo..hi. */
  weighted: number;
  weight: number;
  /** What `gain` would be without any cut. */
  whole: number;
  /** -1: no cut found. */
  feature: number;
  /** Rows with code <= this go left. */
  code: number;
  gain: number;
  /** Code of the next value present; -1 where `threshold` was drawn and not derived. */
  next: number;
  threshold: number;
}

export interface SplitScan {
  /** Reads the sums of the rows lo..hi into the node, before any column is tried. */
  enter(node: NodeSplit): void;
  /** What a leaf of the node entered last answers. */
  leaf(node: NodeSplit): number;
  /** Tries column `j`; false where it holds a single value in this node. */
  best(j: number, node: NodeSplit): boolean;
  /** Tries one cut of column `j` at the share `u` between its least and largest value; false where it is constant. */
  random(j: number, u: number, node: NodeSplit): boolean;
}

/** @param minSamplesLeaf rows (not weight) each side must keep */
export function createSplitScan(codes: Codes, rows: NodeRows, minSamplesLeaf: number): SplitScan {
  const { columns, values } = codes;
  const { row, weighted, weight } = rows;
  let mostValues = 2;
  for (const distinct of values) mostValues = Math.max(mostValues, distinct.length);
  const binSum = new Float64Array(mostValues);
  const binWeight = new Float64Array(mostValues);
  const binCount = new Int32Array(mostValues);
  const order = createCodeOrder(codes.rows, mostValues);

  const offer = (node: NodeSplit, j: number, left: Side, next: number): void => {
    const count = node.hi - node.lo;
    if (left.count < minSamplesLeaf || count - left.count < minSamplesLeaf) return;
    const rest = node.weighted - left.sum;
    const gain = (left.sum * left.sum) / left.weight + (rest * rest) / (node.weight - left.weight);
    if (gain > node.gain) {
      node.gain = gain;
      node.feature = j;
      node.code = left.code;
      node.next = next;
    }
  };

  const side: Side = { sum: 0, weight: 0, count: 0, code: 0 };

  // Two values need no bins: the sums of the upper one are a product with the code itself.
  const scanBinary = (j: number, column: Uint8Array, node: NodeSplit): boolean => {
    let upperSum = 0;
    let upperWeight = 0;
    let upperCount = 0;
    for (let k = node.lo; k < node.hi; k++) {
      const code = column[row[k]!]!;
      upperSum += code * weighted[k]!;
      upperWeight += code * weight[k]!;
      upperCount += code;
    }
    if (upperCount === 0 || upperCount === node.hi - node.lo) return false;
    side.sum = node.weighted - upperSum;
    side.weight = node.weight - upperWeight;
    side.count = node.hi - node.lo - upperCount;
    side.code = 0;
    offer(node, j, side, 1);
    return true;
  };

  const fillBytes = (column: Uint8Array, lo: number, hi: number): void => {
    for (let k = lo; k < hi; k++) {
      const code = column[row[k]!]!;
      binSum[code]! += weighted[k]!;
      binWeight[code]! += weight[k]!;
      binCount[code]!++;
    }
  };

  const fillBytesUncounted = (column: Uint8Array, lo: number, hi: number): void => {
    for (let k = lo; k < hi; k++) {
      const code = column[row[k]!]!;
      binSum[code]! += weighted[k]!;
      binWeight[code]! += weight[k]!;
    }
  };

  const fillWide = (column: CodeColumn, lo: number, hi: number): void => {
    for (let k = lo; k < hi; k++) {
      const code = column[row[k]!]!;
      binSum[code]! += weighted[k]!;
      binWeight[code]! += weight[k]!;
      binCount[code]!++;
    }
  };

  const scanBins = (j: number, column: CodeColumn, node: NodeSplit): boolean => {
    const bins = values[j]!.length;
    const counted = minSamplesLeaf > 1 || !(column instanceof Uint8Array);
    if (!(column instanceof Uint8Array)) {
      fillWide(column, node.lo, node.hi);
    } else if (counted) {
      fillBytes(column, node.lo, node.hi);
    } else {
      fillBytesUncounted(column, node.lo, node.hi);
    }
    const count = node.hi - node.lo;
    let before = -1;
    let leftSum = 0;
    let leftWeight = 0;
    let leftCount = 0;
    let found = false;
    for (let b = 0; b < bins; b++) {
      const w = binWeight[b]!;
      if (w === 0) continue;
      if (before >= 0) {
        found = true;
        if (!counted || (leftCount >= minSamplesLeaf && count - leftCount >= minSamplesLeaf)) {
          const rest = node.weighted - leftSum;
          const gain = (leftSum * leftSum) / leftWeight + (rest * rest) / (node.weight - leftWeight);
          if (gain > node.gain) {
            node.gain = gain;
            node.feature = j;
            node.code = before;
            node.next = b;
          }
        }
      }
      leftSum += binSum[b]!;
      leftWeight += w;
      if (counted) leftCount += binCount[b]!;
      // Swept while still warm: the bins are all zero between two columns.
      binSum[b] = 0;
      binWeight[b] = 0;
      binCount[b] = 0;
      before = b;
    }
    return found;
  };

  const scanSorted = (j: number, column: CodeColumn, node: NodeSplit): boolean => {
    const { lo } = node;
    const count = node.hi - lo;
    order.sort(column, values[j]!.length, { row, lo, hi: node.hi });
    const { code: codeAt, place } = order;
    let before = codeAt[0]!;
    let leftSum = 0;
    let leftWeight = 0;
    for (let k = 0; k < count; k++) {
      const code = codeAt[k]!;
      if (code !== before && k >= minSamplesLeaf && count - k >= minSamplesLeaf) {
        const rest = node.weighted - leftSum;
        const gain = (leftSum * leftSum) / leftWeight + (rest * rest) / (node.weight - leftWeight);
        if (gain > node.gain) {
          node.gain = gain;
          node.feature = j;
          node.code = before;
          node.next = code;
        }
      }
      const position = lo + place[k]!;
      leftSum += weighted[position]!;
      leftWeight += weight[position]!;
      before = code;
    }
    return codeAt[0] !== before;
  };

  return {
    enter(node) {
      let weightedSum = 0;
      let weightSum = 0;
      for (let k = node.lo; k < node.hi; k++) {
        weightedSum += weighted[k]!;
        weightSum += weight[k]!;
      }
      node.weighted = weightedSum;
      node.weight = weightSum;
      node.whole = (weightedSum * weightedSum) / weightSum;
      node.feature = -1;
      node.gain = -Infinity;
    },

    leaf: (node) => node.weighted / node.weight,

    best(j, node) {
      const column = columns[j]!;
      const bins = values[j]!.length;
      if (bins === 1) return false;
      if (bins === 2) return scanBinary(j, column as Uint8Array, node);
      return (node.hi - node.lo) * 8 < bins ? scanSorted(j, column, node) : scanBins(j, column, node);
    },

    random(j, u, node) {
      const column = columns[j]!;
      const distinct = values[j]!;
      const gainBefore = node.gain;
      if (distinct.length <= 2) {
        if (distinct.length < 2 || !scanBinary(j, column as Uint8Array, node)) return false;
        if (node.gain > gainBefore) {
          node.next = -1;
          node.threshold = drawnCut(distinct[0]!, distinct[1]!, u);
        }
        return true;
      }
      let least = distinct.length;
      let largest = -1;
      for (let k = node.lo; k < node.hi; k++) {
        const code = column[row[k]!]!;
        if (code < least) least = code;
        if (code > largest) largest = code;
      }
      if (least === largest) return false;
      const threshold = drawnCut(distinct[least]!, distinct[largest]!, u);
      let code = least;
      while (distinct[code + 1]! <= threshold) code++;
      side.sum = 0;
      side.weight = 0;
      side.count = 0;
      side.code = code;
      for (let k = node.lo; k < node.hi; k++) {
        if (column[row[k]!]! > code) continue;
        side.sum += weighted[k]!;
        side.weight += weight[k]!;
        side.count++;
      }
      offer(node, j, side, -1);
      if (node.gain > gainBefore) node.threshold = threshold;
      return true;
    },
  };
}

interface Side {
  sum: number;
  weight: number;
  count: number;
  code: number;
}

// Rounding may carry a share just below 1 up to the top, which would leave the right side empty.
export function drawnCut(bottom: number, top: number, u: number): number {
  const threshold = bottom + u * (top - bottom);
  return threshold < top ? threshold : bottom;
}
