// Grows one exact regression tree (CART), depth first, for decision tree, random forest and extra trees.
// A grower is made once per model: its scratch arrays serve every tree.

import type { Codes } from './codes.ts';
import { createColumnDraw, createDraws } from './draw.ts';
import { growBestFirst } from './grow-best-first.ts';
import { createNodeRows, loadRows, type NodeRows, partition } from './node-rows.ts';
import { between, decreaseOf, type GrowParams, sameTarget } from './node-rules.ts';
import { createSplitScan, type NodeSplit, type SplitScan } from './split.ts';
import type { Tree } from './tree.ts';

export interface GrowJob {
  readonly y: Float64Array;
  /** One a row; rows of weight 0 are left out. At least one must be above 0. */
  readonly weight: Float64Array;
  readonly seed: number;
  /** Called now and then with what share of the rows has reached its leaf. */
  readonly onShare?: (share: number) => void;
}

/** Rows that reach their leaves between two calls of `onShare`. */
const SHARE_STEP = 2000;

/** Makes what looks for cuts among rows. */
export type ScanMaker = (codes: Codes, rows: NodeRows, minSamplesLeaf: number) => SplitScan;

/** @param makeScan what cuts are worth and leaves answer; default: the squared error, the mean */
export function createGrower(
  codes: Codes,
  params: GrowParams,
  makeScan: ScanMaker = createSplitScan,
): (job: GrowJob) => Tree {
  const rows = createNodeRows(codes.rows);
  const scan = makeScan(codes, rows, params.minSamplesLeaf);
  const maxDepth = params.maxDepth ?? Infinity;
  const least = params.minImpurityDecrease;
  const open = createOpenNodes(codes.rows + 1);
  const most = 2 * codes.rows;
  const feature = new Int32Array(most);
  const at = new Float64Array(most);
  const right = new Int32Array(most);
  const cover = new Float64Array(most);
  const node: NodeSplit = {
    lo: 0,
    hi: 0,
    weighted: 0,
    weight: 0,
    whole: 0,
    feature: -1,
    code: 0,
    gain: 0,
    next: 0,
    threshold: 0,
  };

  return ({ y, weight, seed, onShare }) => {
    const draws = createDraws(seed);
    const columns = createColumnDraw(codes.cols, draws);
    const look = params.randomCuts
      ? (j: number) => scan.random(j, draws.share(), node)
      : (j: number) => scan.best(j, node);
    const count = loadRows(rows, y, weight);
    if (params.maxLeafNodes !== null) {
      return growBestFirst({ codes, rows, columns, scan, look, node, y, count, params, onShare });
    }
    let settled = 0;
    let reported = 0;
    let nodes = 0;
    let height = 0;
    let total = 0;
    open.lo[height] = 0;
    open.hi[height] = count;
    open.depth[height] = 0;
    open.parent[height] = -1;
    open.constants[height] = 0;
    height++;
    while (height > 0) {
      height--;
      const lo = open.lo[height]!;
      const hi = open.hi[height]!;
      const depth = open.depth[height]!;
      const parent = open.parent[height]!;
      const id = nodes++;
      if (id === 0) for (let k = 0; k < count; k++) total += rows.weight[k]!;
      if (parent >= 0) right[parent] = id;
      node.lo = lo;
      node.hi = hi;
      scan.enter(node);
      cover[id] = node.weight;
      let constants = open.constants[height]!;
      const large = hi - lo >= params.minSamplesSplit && hi - lo >= 2 * params.minSamplesLeaf;
      if (large && depth < maxDepth && !sameTarget(rows.row, y, node)) {
        // Two rows are parted alike by every column that tells them apart.
        constants = columns.forNode(constants, hi - lo === 2 ? 1 : params.maxFeatures, look);
      }
      if (node.feature < 0 || (least > 0 && decreaseOf(node, total) < least)) {
        feature[id] = -1;
        at[id] = scan.leaf(node);
        right[id] = 0;
        settled += hi - lo;
        if (settled - reported >= SHARE_STEP) {
          reported = settled;
          onShare?.(settled / count);
        }
        continue;
      }
      const middle = partition(rows, codes.columns[node.feature]!, { lo, hi, code: node.code });
      feature[id] = node.feature;
      at[id] = node.next < 0 ? node.threshold : between(codes.values[node.feature]!, node.code, node.next);
      // The left child is taken first, so it gets the next number; only the right one has to report its own.
      open.lo[height] = middle;
      open.hi[height] = hi;
      open.depth[height] = depth + 1;
      open.parent[height] = id;
      open.constants[height] = constants;
      height++;
      open.lo[height] = lo;
      open.hi[height] = middle;
      open.depth[height] = depth + 1;
      open.parent[height] = -1;
      open.constants[height] = constants;
      height++;
    }
    return {
      feature: feature.slice(0, nodes),
      at: at.slice(0, nodes),
      right: right.slice(0, nodes),
      cover: cover.slice(0, nodes),
    };
  };
}

interface OpenNodes {
  readonly lo: Int32Array;
  readonly hi: Int32Array;
  readonly depth: Int32Array;
  readonly parent: Int32Array;
  readonly constants: Int32Array;
}

function createOpenNodes(capacity: number): OpenNodes {
  const column = (): Int32Array => new Int32Array(capacity + 1);
  return { lo: column(), hi: column(), depth: column(), parent: column(), constants: column() };
}
