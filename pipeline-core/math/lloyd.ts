// Rounds of k-means: rows to their nearest centre, centres to the mean of their rows, until nothing moves.
// An empty group takes the row farthest from its centre, as scikit-learn does.

import { log, square } from './deterministic-math.ts';
import type { Rng } from './rng.ts';

/** Row-major numbers. */
export interface Points {
  readonly data: Float64Array;
  readonly rows: number;
  readonly cols: number;
}

export interface Grouping {
  /** Row-major, a row a centre. */
  readonly centres: Float64Array;
  readonly labels: Int32Array;
  readonly inertia: number;
  readonly nIter: number;
}

export interface Limits {
  readonly maxIter: number;
  readonly tol: number;
}

export function lloyd(x: Points, weight: Float64Array, start: Float64Array, { maxIter, tol }: Limits): Grouping {
  const count = start.length / x.cols;
  const enough = tol * meanVariance(x);
  let centres = start;
  let { labels, distance } = nearestCentre(x, centres, count);
  let nIter = 0;
  let settled = false;
  while (nIter < maxIter) {
    nIter++;
    const next = meansOf(x, weight, { labels, distance, centres, count });
    let shift = 0;
    for (let k = 0; k < next.length; k++) shift += square(next[k]! - centres[k]!);
    centres = next;
    const found = nearestCentre(x, centres, count);
    const same = nIter > 1 && labels.every((label, i) => label === found.labels[i]);
    ({ labels, distance } = found);
    settled = same || shift <= enough;
    if (settled) break;
  }
  let inertia = 0;
  for (let i = 0; i < x.rows; i++) inertia += weight[i]! * distance[i]!;
  return { centres, labels, inertia, nIter };
}

/** Of equally near centres the first; `distance` is squared. */
export function nearestCentre({ data, rows, cols }: Points, centres: Float64Array, count: number) {
  const labels = new Int32Array(rows);
  const distance = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let best = Infinity;
    for (let c = 0; c < count; c++) {
      let sum = 0;
      for (let j = 0; j < cols; j++) {
        const gap = data[i * cols + j]! - centres[c * cols + j]!;
        sum += gap * gap;
      }
      if (sum < best) {
        best = sum;
        labels[i] = c;
      }
    }
    distance[i] = best;
  }
  return { labels, distance };
}

interface Assigned {
  readonly labels: Int32Array;
  readonly distance: Float64Array;
  readonly centres: Float64Array;
  readonly count: number;
}

function meansOf({ data, rows, cols }: Points, weight: Float64Array, own: Assigned): Float64Array {
  const { labels, centres, count } = own;
  const sums = new Float64Array(count * cols);
  const total = new Float64Array(count);
  for (let i = 0; i < rows; i++) {
    const c = labels[i]!;
    const w = weight[i]!;
    total[c]! += w;
    for (let j = 0; j < cols; j++) sums[c * cols + j]! += w * data[i * cols + j]!;
  }
  const empty = Array.from({ length: count }, (_, c) => c).filter((c) => total[c] === 0);
  const far = empty.length === 0 ? [] : farthest(own.distance, empty.length);
  empty.forEach((c, k) => {
    const i = far[k]!;
    const from = labels[i]!;
    const w = weight[i]!;
    for (let j = 0; j < cols; j++) {
      sums[from * cols + j]! -= w * data[i * cols + j]!;
      sums[c * cols + j] = w * data[i * cols + j]!;
    }
    total[c] = w;
    total[from]! -= w;
  });
  return sums.map((sum, k) => {
    const c = Math.floor(k / cols);
    return total[c]! > 0 ? sum / total[c]! : centres[k]!;
  });
}

function farthest(distance: Float64Array, count: number): number[] {
  const order = Array.from(distance, (_, i) => i);
  return order.sort((a, b) => distance[b]! - distance[a]! || a - b).slice(0, count);
}

interface Start {
  readonly init: 'k-means++' | 'random' | readonly (readonly number[])[];
  readonly count: number;
  readonly random: Rng;
}

/** @param init where to start: drawn, or the centres themselves */
export function startCentres(x: Points, weight: Float64Array, { init, count, random }: Start): Float64Array {
  if (typeof init === 'object') return Float64Array.from(init.flat());
  const centres = new Float64Array(count * x.cols);
  const put = (c: number, i: number): void => centres.set(x.data.subarray(i * x.cols, (i + 1) * x.cols), c * x.cols);
  const all = weight.slice();
  if (init === 'random') {
    for (let c = 0; c < count; c++) {
      const i = drawBy(all, random);
      all[i] = 0;
      put(c, i);
    }
    return centres;
  }
  put(0, drawBy(all, random));
  let near = squaredTo(x, centres, 0);
  const trials = 2 + Math.floor(log(count));
  for (let c = 1; c < count; c++) {
    const chance = near.map((own, i) => own * weight[i]!);
    let best: { near: Float64Array; sum: number; row: number } | null = null;
    for (let t = 0; t < trials; t++) {
      const row = drawBy(chance, random);
      put(c, row);
      const own = squaredTo(x, centres, c).map((value, i) => Math.min(value, near[i]!));
      const sum = own.reduce((all, value, i) => all + value * weight[i]!, 0);
      if (best === null || sum < best.sum) best = { near: own, sum, row };
    }
    put(c, best!.row);
    near = best!.near;
  }
  return centres;
}

// A row with a chance of its share; where all shares are 0 (rows alike), any.
function drawBy(share: Float64Array, random: Rng): number {
  const total = share.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) return random.int(share.length);
  let left = random.next() * total;
  for (let i = 0; i < share.length; i++) {
    left -= share[i]!;
    if (left < 0) return i;
  }
  return share.findLastIndex((value) => value > 0);
}

function squaredTo({ data, rows, cols }: Points, centres: Float64Array, c: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += square(data[i * cols + j]! - centres[c * cols + j]!);
    return sum;
  });
}

function meanVariance({ data, rows, cols }: Points): number {
  let total = 0;
  for (let j = 0; j < cols; j++) {
    let mean = 0;
    for (let i = 0; i < rows; i++) mean += data[i * cols + j]! / rows;
    for (let i = 0; i < rows; i++) total += square(data[i * cols + j]! - mean) / rows;
  }
  return total / cols;
}
