// The best question where rows have classes: for each drawn column, the cut that leaves the purest sides.
// Gini: the most of sum(count^2) / weight over both sides; entropy: the most of sum(count log(count / weight)).
// (Breiman et al., CART, 1984; Quinlan, C4.5, 1993.) Invariant: exact, as split.ts.

import { log } from '../../math/deterministic-math.ts';
import { createCodeOrder } from './code-order.ts';
import type { CodeColumn, Codes } from './codes.ts';
import type { NodeRows } from './node-rows.ts';
import { drawnCut, type NodeSplit, type SplitScan } from './split.ts';

export interface ClassTally {
  readonly classes: number;
  readonly criterion: 'gini' | 'entropy';
  /** Leaves answer with the number of their entry here: `classes` shares each. The grower's user empties it between trees. */
  readonly shares: number[];
}

/** The rows' targets are codes of classes; `rows.weighted` is not read, the codes are looked up by row in `codes`. */
export function createClassScan(
  { classes, criterion, shares }: ClassTally,
  classOf: Int32Array,
  { columns, values, rows: count }: Codes,
  { row, weight }: NodeRows,
  minSamplesLeaf: number,
): SplitScan {
  let mostValues = 2;
  for (const distinct of values) mostValues = Math.max(mostValues, distinct.length);
  const bins = new Float64Array(mostValues * classes);
  const binRows = new Int32Array(mostValues);
  const whole = new Float64Array(classes);
  const left = new Float64Array(classes);
  const order = createCodeOrder(count, mostValues);

  // How pure both sides are; `left` holds the left one's counts.
  const gainOf = (node: NodeSplit): number => {
    let leftWeight = 0;
    for (let c = 0; c < classes; c++) leftWeight += left[c]!;
    const rightWeight = node.weight - leftWeight;
    let leftSum = 0;
    let rightSum = 0;
    if (criterion === 'gini') {
      for (let c = 0; c < classes; c++) {
        const l = left[c]!;
        const r = whole[c]! - l;
        leftSum += l * l;
        rightSum += r * r;
      }
      return leftSum / leftWeight + rightSum / rightWeight;
    }
    for (let c = 0; c < classes; c++) {
      const l = left[c]!;
      const r = whole[c]! - l;
      if (l > 0) leftSum += l * log(l / leftWeight);
      if (r > 0) rightSum += r * log(r / rightWeight);
    }
    // In bits, so that what a split gains is scikit-learn's number.
    return (leftSum + rightSum) / Math.LN2;
  };

  const offer = (node: NodeSplit, j: number, leftRows: number, code: number, next: number): void => {
    if (leftRows < minSamplesLeaf || node.hi - node.lo - leftRows < minSamplesLeaf) return;
    const gain = gainOf(node);
    if (!(gain > node.gain)) return;
    node.gain = gain;
    node.feature = j;
    node.code = code;
    node.next = next;
  };

  const scanBins = (j: number, column: CodeColumn, node: NodeSplit): boolean => {
    const many = values[j]!.length;
    for (let k = node.lo; k < node.hi; k++) {
      const i = row[k]!;
      const b = column[i]!;
      bins[b * classes + classOf[i]!]! += weight[k]!;
      binRows[b]!++;
    }
    left.fill(0);
    let before = -1;
    let leftRows = 0;
    let found = false;
    for (let b = 0; b < many; b++) {
      if (binRows[b] === 0) continue;
      if (before >= 0) {
        found = true;
        offer(node, j, leftRows, before, b);
      }
      for (let c = 0; c < classes; c++) left[c]! += bins[b * classes + c]!;
      bins.fill(0, b * classes, (b + 1) * classes);
      leftRows += binRows[b]!;
      binRows[b] = 0;
      before = b;
    }
    return found;
  };

  const scanSorted = (j: number, column: CodeColumn, node: NodeSplit): boolean => {
    const { lo } = node;
    const size = node.hi - lo;
    order.sort(column, values[j]!.length, { row, lo, hi: node.hi });
    const { code: codeAt, place } = order;
    left.fill(0);
    let before = codeAt[0]!;
    for (let k = 0; k < size; k++) {
      const code = codeAt[k]!;
      if (code !== before) offer(node, j, k, before, code);
      const position = lo + place[k]!;
      left[classOf[row[position]!]!]! += weight[position]!;
      before = code;
    }
    return codeAt[0] !== before;
  };

  return {
    enter(node) {
      whole.fill(0);
      for (let k = node.lo; k < node.hi; k++) whole[classOf[row[k]!]!]! += weight[k]!;
      let sum = 0;
      for (let c = 0; c < classes; c++) sum += whole[c]!;
      node.weight = sum;
      node.feature = -1;
      node.gain = -Infinity;
      left.fill(0);
      let pure = 0;
      for (let c = 0; c < classes; c++) {
        const own = whole[c]!;
        if (criterion === 'gini') pure += own * own;
        else if (own > 0) pure += own * log(own / sum);
      }
      node.whole = criterion === 'gini' ? pure / sum : pure / Math.LN2;
    },

    leaf(node) {
      for (let c = 0; c < classes; c++) shares.push(whole[c]! / node.weight);
      return shares.length / classes - 1;
    },

    best(j, node) {
      const many = values[j]!.length;
      if (many === 1) return false;
      return (node.hi - node.lo) * 8 < many ? scanSorted(j, columns[j]!, node) : scanBins(j, columns[j]!, node);
    },

    random(j, u, node) {
      const distinct = values[j]!;
      const column = columns[j]!;
      if (distinct.length < 2) return false;
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
      left.fill(0);
      let leftRows = 0;
      for (let k = node.lo; k < node.hi; k++) {
        const i = row[k]!;
        if (column[i]! > code) continue;
        left[classOf[i]!]! += weight[k]!;
        leftRows++;
      }
      const before = node.gain;
      offer(node, j, leftRows, code, -1);
      if (node.gain > before) node.threshold = threshold;
      return true;
    },
  };
}
