// Splits that know more of the rows than their number: which belong together, and which came first.
// Invariant: of groups, no group is on both sides of a split; of times, no test row comes before a training row.
// Folds are scikit-learn's own, to the row.

import { PipelineError } from '../core/errors.ts';
import { square } from '../math/deterministic-math.ts';
import { createRng, permutation } from '../math/rng.ts';
import { heldFolds } from './held-folds.ts';
import { demandKnown, demandWhole } from './params.ts';
import type { RowsLike, Split } from './split.ts';

type Groups = ArrayLike<string | number | null>;

export interface GroupKFoldOptions {
  /** Default 5. */
  readonly nSplits?: number;
  /** One label a row: every fold gets its share of each label as far as groups allow. */
  readonly stratify?: ArrayLike<string | number | boolean | null>;
}

/** @param groups one a row: rows of one group are tested together. Throws PipelineError 'too-few-groups', 'bad-param', 'length-mismatch'. */
export function groupKFold(groups: Groups, options: GroupKFoldOptions = {}): Split[] {
  demandKnown('groupKFold', options, ['nSplits', 'stratify']);
  const { nSplits = 5, stratify } = options;
  demandWhole('nSplits', nSplits, 2);
  const { codes, count } = codesOf(groups);
  if (count < nSplits) {
    const message = `${count} groups cannot be dealt into ${nSplits} folds: use fewer folds.`;
    throw new PipelineError('too-few-groups', message, { groups: count, nSplits });
  }
  const held = stratify === undefined ? null : heldFolds(codes.length, nSplits);
  if (held !== null) return splitsOfFolds(held, nSplits);
  const foldOfGroup =
    stratify === undefined ? bySize(codes, count, nSplits) : byLabels(codes, count, nSplits, stratify);
  return splitsOfFolds(
    codes.map((group) => foldOfGroup[group]!),
    nSplits,
  );
}

export interface GroupSplitOptions {
  /** The share of the rows that are tested, as near as whole groups come to it. Default 0.25. */
  readonly testSize?: number;
  /** Default 0. */
  readonly randomState?: number;
  /** One label a row: of several drawn splits the one whose test rows have each label's share most nearly. */
  readonly stratify?: ArrayLike<string | number | boolean | null>;
}

const DRAWS = 25;

/**
 * Whole groups for the test, drawn until they have the wanted share of the rows.
 * @param groups one a row. Throws PipelineError 'too-few-groups', 'bad-param', 'length-mismatch'.
 */
export function groupTrainTestSplit(groups: Groups, options: GroupSplitOptions = {}): Split {
  demandKnown('groupTrainTestSplit', options, ['testSize', 'randomState', 'stratify']);
  const { testSize = 0.25, randomState = 0, stratify } = options;
  if (!(testSize > 0 && testSize < 1)) {
    const message = `testSize must be a share between 0 and 1, but it is ${testSize}.`;
    throw new PipelineError('bad-param', message, { param: 'testSize', value: testSize });
  }
  const { codes, count } = codesOf(groups);
  if (count < 2) {
    const message = `${count} group cannot be split into training and test rows: it needs two.`;
    throw new PipelineError('too-few-groups', message, { groups: count });
  }
  const labels = stratify === undefined ? null : labelsOf(stratify, codes.length);
  const rng = createRng(randomState);
  let best: { readonly test: Uint8Array; readonly miss: number } | null = null;
  for (let draw = 0; draw < (labels === null ? 1 : DRAWS); draw++) {
    const test = groupsUpTo(codes, permutation(count, rng.fork(draw)), testSize);
    const miss = labels === null ? 0 : missOf(labels, test, codes);
    if (best === null || miss < best.miss) best = { test, miss };
  }
  const inTest = codes.map((group) => best!.test[group]!);
  const rows = range(0, codes.length);
  return { train: rows.filter((i) => inTest[i] === 0), test: rows.filter((i) => inTest[i] === 1) };
}

/** Groups in this order, each taken where that brings the number of rows nearer to the wanted one; one at least, not all. */
function groupsUpTo(codes: Int32Array, order: Int32Array, share: number): Uint8Array {
  const size = new Int32Array(order.length);
  for (const group of codes) size[group]!++;
  const wanted = share * codes.length;
  const test = new Uint8Array(order.length);
  let rows = 0;
  let taken = 0;
  for (const group of order) {
    const nearer = Math.abs(rows + size[group]! - wanted) < Math.abs(rows - wanted);
    if (taken > 0 && (!nearer || taken === order.length - 1)) continue;
    test[group] = 1;
    taken++;
    rows += size[group]!;
  }
  return test;
}

/** How far the labels of the test rows are from their shares in all rows, summed. */
function missOf(labels: ReturnType<typeof codesOf>, test: Uint8Array, codes: Int32Array): number {
  const [all, tested] = [new Float64Array(labels.count), new Float64Array(labels.count)];
  let rows = 0;
  codes.forEach((group, i) => {
    all[labels.codes[i]!]!++;
    if (test[group] === 0) return;
    tested[labels.codes[i]!]!++;
    rows++;
  });
  return all.reduce((sum, own, k) => sum + Math.abs(own / codes.length - tested[k]! / rows), 0);
}

function labelsOf(stratify: ArrayLike<unknown>, rows: number): ReturnType<typeof codesOf> {
  if (stratify.length === rows) return codesOf(stratify);
  const message = `There are ${stratify.length} labels to stratify by, but ${rows} rows: one label a row.`;
  throw new PipelineError('length-mismatch', message, { labels: stratify.length, rows });
}

export interface TimeSeriesSplitOptions {
  /** Default 5. */
  readonly nSplits?: number;
  /** Rows tested each time; default: rows / (nSplits + 1), rounded down. */
  readonly testSize?: number;
  /** Rows left out between training and test; default 0. */
  readonly gap?: number;
  /** At most so many training rows, the latest; default all. */
  readonly maxTrainSize?: number;
}

/** Rows must be in the order of time: each split trains on what came before its test rows. Throws PipelineError 'too-few-rows', 'bad-param'. */
export function timeSeriesSplit(rows: RowsLike, options: TimeSeriesSplitOptions = {}): Split[] {
  demandKnown('timeSeriesSplit', options, ['nSplits', 'testSize', 'gap', 'maxTrainSize']);
  const n = typeof rows === 'number' ? rows : 'rowCount' in rows ? rows.rowCount : rows.length;
  const { nSplits = 5, gap = 0, maxTrainSize } = options;
  const testSize = options.testSize ?? Math.floor(n / (nSplits + 1));
  demandWhole('nSplits', nSplits, 1);
  demandWhole('gap', gap, 0);
  demandWhole('testSize', testSize, 0);
  if (maxTrainSize !== undefined) demandWhole('maxTrainSize', maxTrainSize, 1);
  if (testSize < 1 || n - gap - testSize * nSplits <= 0) {
    const message = `${n} rows are too few for ${nSplits} splits of ${testSize} test rows with a gap of ${gap}: use fewer splits.`;
    throw new PipelineError('too-few-rows', message, { rows: n, nSplits });
  }
  return Array.from({ length: nSplits }, (_, k) => {
    const start = n - (nSplits - k) * testSize;
    const end = start - gap;
    return { train: range(Math.max(0, end - (maxTrainSize ?? end)), end), test: range(start, start + testSize) };
  });
}

function range(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, i) => from + i);
}

// The largest group first, each into the fold that has the fewest rows.
function bySize(codes: Int32Array, count: number, nSplits: number): Int32Array {
  const size = new Int32Array(count);
  for (const group of codes) size[group]!++;
  const order = Array.from(size, (_, group) => group).sort((a, b) => size[b]! - size[a]! || b - a);
  const rows = new Int32Array(nSplits);
  const fold = new Int32Array(count);
  for (const group of order) {
    const lightest = rows.indexOf(Math.min(...rows));
    rows[lightest]! += size[group]!;
    fold[group] = lightest;
  }
  return fold;
}

// The group of the most uneven labels first, each where the shares of the labels stay most alike over the folds.
function byLabels(
  codes: Int32Array,
  count: number,
  nSplits: number,
  stratify: NonNullable<GroupKFoldOptions['stratify']>,
): Int32Array {
  const labels = labelsOf(stratify, codes.length);
  const perGroup = Array.from({ length: count }, () => new Float64Array(labels.count));
  const total = new Float64Array(labels.count);
  codes.forEach((group, i) => {
    perGroup[group]![labels.codes[i]!]!++;
    total[labels.codes[i]!]!++;
  });
  const uneven = perGroup.map(spread);
  const order = perGroup.map((_, group) => group).sort((a, b) => uneven[b]! - uneven[a]! || a - b);
  const perFold = Array.from({ length: nSplits }, () => new Float64Array(labels.count));
  const fold = new Int32Array(count);
  for (const group of order) {
    let best = -1;
    let least = Infinity;
    let fewest = Infinity;
    perFold.forEach((own, f) => {
      const add = (sign: number): void => {
        for (let k = 0; k < own.length; k++) own[k]! += sign * perGroup[group]![k]!;
      };
      add(1);
      let sum = 0;
      for (let k = 0; k < own.length; k++) sum += spread(perFold.map((other) => other[k]! / total[k]!));
      const worth = sum / own.length;
      const rows = own.reduce((all, value) => all + value, 0);
      add(-1);
      const close = Math.abs(worth - least) <= 1e-8 + 1e-5 * Math.abs(least);
      if (worth < least ? !close || rows < fewest || best < 0 : close && rows < fewest) {
        least = worth;
        fewest = rows;
        best = f;
      }
    });
    fold[group] = best;
    for (let k = 0; k < labels.count; k++) perFold[best]![k]! += perGroup[group]![k]!;
  }
  return fold;
}

function spread(values: ArrayLike<number>): number {
  const n = values.length;
  let mean = 0;
  for (let k = 0; k < n; k++) mean += values[k]! / n;
  let sum = 0;
  for (let k = 0; k < n; k++) sum += square(values[k]! - mean);
  return Math.sqrt(sum / n);
}

// Codes in the sorted order of the values, as numpy.unique.
function codesOf(values: ArrayLike<unknown>): { codes: Int32Array; count: number } {
  const list = Array.from(values);
  const distinct = [...new Set(list)].sort((a, b) => ((a as string) < (b as string) ? -1 : 1));
  const place = new Map(distinct.map((value, k) => [value, k]));
  return { codes: Int32Array.from(list, (value) => place.get(value)!), count: distinct.length };
}

function splitsOfFolds(fold: Int32Array, nSplits: number): Split[] {
  const rows = range(0, fold.length);
  return Array.from({ length: nSplits }, (_, f) => ({
    train: rows.filter((i) => fold[i] !== f),
    test: rows.filter((i) => fold[i] === f),
  }));
}
