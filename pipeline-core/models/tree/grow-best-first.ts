// Grows a tree of at most so many leaves: always the leaf whose split gains most is split next.

import type { Codes } from './codes.ts';
import type { ColumnDraw } from './draw.ts';
import { flatten } from './flatten.ts';
import { type NodeRows, partition } from './node-rows.ts';
import { between, decreaseOf, type GrowParams, sameTarget } from './node-rules.ts';
import type { NodeSplit, SplitScan } from './split.ts';
import type { Tree } from './tree.ts';

export interface BestFirstJob {
  readonly codes: Codes;
  /** Loaded with the rows of this tree. */
  readonly rows: NodeRows;
  readonly columns: ColumnDraw;
  readonly scan: SplitScan;
  readonly look: (column: number) => boolean;
  /** What `look` reads and writes. */
  readonly node: NodeSplit;
  readonly y: Float64Array;
  /** Rows loaded. */
  readonly count: number;
  readonly params: GrowParams;
  readonly onShare: ((share: number) => void) | undefined;
}

interface Leaf {
  readonly lo: number;
  readonly hi: number;
  readonly depth: number;
  readonly weight: number;
  readonly answer: number;
  /** -1: not to be split. */
  readonly feature: number;
  readonly code: number;
  readonly threshold: number;
  readonly decrease: number;
  left: Leaf | null;
  right: Leaf | null;
}

/** Splits between two calls of `onShare`. */
const SPLIT_STEP = 64;

export function growBestFirst(job: BestFirstJob): Tree {
  const { codes, rows, count, onShare } = job;
  const most = job.params.maxLeafNodes!;
  let total = 0;
  for (let k = 0; k < count; k++) total += rows.weight[k]!;
  const root = leafOf(job, { lo: 0, hi: count, depth: 0, total });
  const open: Leaf[] = root.feature < 0 ? [] : [root];
  for (let leaves = 1; open.length > 0 && leaves < most; leaves++) {
    let best = 0;
    for (let k = 1; k < open.length; k++) if (open[k]!.decrease > open[best]!.decrease) best = k;
    const [leaf] = open.splice(best, 1) as [Leaf];
    const { lo, hi, depth, code, feature } = leaf;
    const middle = partition(rows, codes.columns[feature]!, { lo, hi, code });
    leaf.left = leafOf(job, { lo, hi: middle, depth: depth + 1, total });
    leaf.right = leafOf(job, { lo: middle, hi, depth: depth + 1, total });
    for (const child of [leaf.left, leaf.right]) if (child.feature >= 0) open.push(child);
    if (leaves % SPLIT_STEP === 0) onShare?.(leaves / most);
  }
  return flatten<Leaf>(root, {
    cover: (leaf) => leaf.weight,
    threshold: (leaf) => leaf.threshold,
    answer: (leaf) => leaf.answer,
  });
}

interface Stretch {
  readonly lo: number;
  readonly hi: number;
  readonly depth: number;
  /** Weight of all rows of the tree. */
  readonly total: number;
}

function leafOf(
  { codes, rows, columns, scan, look, node, y, params }: BestFirstJob,
  { lo, hi, depth, total }: Stretch,
): Leaf {
  node.lo = lo;
  node.hi = hi;
  scan.enter(node);
  const large = hi - lo >= params.minSamplesSplit && hi - lo >= 2 * params.minSamplesLeaf;
  if (large && depth < (params.maxDepth ?? Infinity) && !sameTarget(rows.row, y, node)) {
    // Branches come in any order here, so that what one knows of constant columns is not handed down.
    columns.forNode(0, hi - lo === 2 ? 1 : params.maxFeatures, look);
  }
  const leaf = { lo, hi, depth, weight: node.weight, answer: scan.leaf(node), left: null, right: null };
  const decrease = node.feature < 0 ? 0 : decreaseOf(node, total);
  if (node.feature < 0 || decrease < params.minImpurityDecrease) {
    return { ...leaf, feature: -1, code: 0, threshold: 0, decrease: 0 };
  }
  const { feature, code, next } = node;
  const threshold = next < 0 ? node.threshold : between(codes.values[feature]!, code, next);
  return { ...leaf, feature, code, threshold, decrease };
}
