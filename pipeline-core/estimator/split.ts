// Which rows train and which test: seeded, so that everyone in the session sees the same split.
// Invariant: within one split train and test never share a row; the test parts of k folds cover every row exactly once.
// Sizes as scikit-learn's train_test_split, KFold, RepeatedKFold.
import { PipelineError } from '../core/errors.ts';
import { createRng, permutation, type Rng } from '../math/rng.ts';
import { heldFolds } from './held-folds.ts';
import { demandKnown } from './params.ts';

/** Row numbers from 0, ascending. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** A number of rows, or anything that has one. */
export type RowsLike = number | ArrayLike<unknown> | { readonly rowCount: number };

export interface TrainTestOptions {
  /** A share between 0 and 1 (rounded up) or a whole number of rows. Default 0.25. */
  readonly testSize?: number;
  /** Default 0: there is no chance that is not seeded. */
  readonly randomState?: number;
  /** False takes the last rows as test. Default true. */
  readonly shuffle?: boolean;
  /** One label a row: every label gets its share of the test rows, to within one row. */
  readonly stratify?: ArrayLike<string | number | null>;
}

export interface KFoldOptions {
  /** Default 5. */
  readonly nSplits?: number;
  /** Default: false, as in scikit-learn, unless `randomState` is given. */
  readonly shuffle?: boolean;
  readonly randomState?: number;
  /** One label a row: every fold gets its share of each label, to within one row. */
  readonly stratify?: ArrayLike<string | number | null>;
}

export interface RepeatedKFoldOptions {
  /** Default 5. */
  readonly nSplits?: number;
  /** Default 10. */
  readonly nRepeats?: number;
  /** Default 0. */
  readonly randomState?: number;
  readonly stratify?: ArrayLike<string | number | null>;
}

/** Throws PipelineError 'bad-param', 'too-few-rows', 'length-mismatch'. */
export function trainTestSplit(rows: RowsLike, options: TrainTestOptions = {}): Split {
  demandKnown('trainTestSplit', options, ['testSize', 'randomState', 'shuffle', 'stratify']);
  const n = countOf(rows);
  const size = options.testSize ?? 0.25;
  const nTest = size < 1 ? Math.ceil(n * size - 1e-9) : size;
  if (!(size > 0) || (size >= 1 && !Number.isInteger(size))) {
    const message = `testSize must be a share between 0 and 1 or a whole number of rows, but it is ${size}.`;
    throw new PipelineError('bad-param', message, { param: 'testSize', value: size });
  }
  if (nTest < 1 || nTest >= n) {
    const message = `A test part of ${nTest} out of ${n} rows leaves nothing to train on: take a smaller testSize.`;
    throw new PipelineError('too-few-rows', message, { rows: n, test: nTest });
  }
  const inTest = new Uint8Array(n);
  if (options.shuffle === false) {
    if (options.stratify !== undefined) {
      throw new PipelineError('bad-param', 'A stratified split is always shuffled: leave out shuffle: false.');
    }
    inTest.fill(1, n - nTest);
  } else {
    const rng = createRng(options.randomState ?? 0);
    const groups = options.stratify === undefined ? [allRows(n)] : groupsOf(options.stratify, n);
    const shares = allot(groups, nTest, n);
    groups.forEach((group, g) => {
      const order = shuffled(group, rng.fork(g));
      for (let i = 0; i < shares[g]!; i++) inTest[order[i]!] = 1;
    });
  }
  return { train: rowsWhere(inTest, 0), test: rowsWhere(inTest, 1) };
}

/** `nSplits` splits; the first `n % nSplits` test parts have one row more. Throws 'bad-param', 'too-few-rows'. */
export function kFold(rows: RowsLike, options: KFoldOptions = {}): Split[] {
  demandKnown('kFold', options, ['nSplits', 'shuffle', 'randomState', 'stratify']);
  const n = countOf(rows);
  const k = options.nSplits ?? 5;
  if (!Number.isInteger(k) || k < 2) {
    throw new PipelineError('bad-param', `nSplits must be a whole number of at least 2, but it is ${k}.`, { value: k });
  }
  if (k > n) {
    throw new PipelineError('too-few-rows', `${n} rows cannot be dealt into ${k} folds: use fewer folds.`, { rows: n });
  }
  const shuffle = options.shuffle ?? options.randomState !== undefined;
  const rng = shuffle ? createRng(options.randomState ?? 0) : null;
  const groups = options.stratify === undefined ? [allRows(n)] : groupsOf(options.stratify, n);
  const fold = (options.stratify === undefined ? null : heldFolds(n, k)) ?? dealt(groups, k, rng);
  return Array.from({ length: k }, (_, f) => {
    const inTest = fold.map((own) => (own === f ? 1 : 0));
    return { train: rowsWhere(inTest, 0), test: rowsWhere(inTest, 1) };
  });
}

/** `nRepeats` shuffled k-folds one after another: `nSplits * nRepeats` splits. */
export function repeatedKFold(rows: RowsLike, options: RepeatedKFoldOptions = {}): Split[] {
  demandKnown('repeatedKFold', options, ['nSplits', 'nRepeats', 'randomState', 'stratify']);
  const { nSplits = 5, nRepeats = 10, randomState = 0, stratify } = options;
  if (!Number.isInteger(nRepeats) || nRepeats < 1) {
    throw new PipelineError('bad-param', `nRepeats must be a whole number of at least 1, but it is ${nRepeats}.`);
  }
  const rng = createRng(randomState);
  return Array.from({ length: nRepeats }, () => {
    const labels = stratify === undefined ? {} : { stratify };
    return kFold(rows, { nSplits, shuffle: true, randomState: rng.int(4294967296), ...labels });
  }).flat();
}

/** The fold in which each row is tested. Throws PipelineError 'not-a-partition' where a row is in none or in two. */
export function foldOf(splits: readonly Split[], rows: number): Int32Array {
  const fold = new Int32Array(rows).fill(-1);
  splits.forEach(({ test }, f) => {
    for (const row of test) {
      if (row < 0 || row >= rows || fold[row] !== -1) {
        const message = `Row ${row} is tested more than once or is not one of ${rows} rows: give the splits of one k-fold.`;
        throw new PipelineError('not-a-partition', message, { row });
      }
      fold[row] = f;
    }
  });
  const left = fold.indexOf(-1);
  if (left >= 0) throw new PipelineError('not-a-partition', `Row ${left} is in no fold's test part.`, { row: left });
  return fold;
}

function countOf(rows: RowsLike): number {
  const n = typeof rows === 'number' ? rows : 'rowCount' in rows ? rows.rowCount : rows.length;
  if (Number.isInteger(n) && n >= 0) return n;
  throw new PipelineError('bad-param', `A number of rows must be a whole number, but it is ${n}.`, { value: n });
}

function allRows(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i);
}

function groupsOf(labels: ArrayLike<string | number | null>, n: number): Int32Array[] {
  if (labels.length !== n) {
    const message = `There are ${labels.length} labels to stratify by, but ${n} rows: one label a row.`;
    throw new PipelineError('length-mismatch', message, { labels: labels.length, rows: n });
  }
  const groups = new Map<string | number | null, number[]>();
  for (let i = 0; i < n; i++) {
    const group = groups.get(labels[i]!);
    if (group === undefined) groups.set(labels[i]!, [i]);
    else group.push(i);
  }
  return [...groups.values()].map((group) => Int32Array.from(group));
}

function shuffled(group: Int32Array, rng: Rng): Int32Array {
  return permutation(group.length, rng).map((i) => group[i]!);
}

// Largest remainders: every group gets its exact share rounded down, what is left goes to the largest fractions.
function allot(groups: readonly Int32Array[], nTest: number, n: number): number[] {
  const exact = groups.map((group) => (group.length * nTest) / n);
  const shares = exact.map(Math.floor);
  const order = exact
    .map((share, g) => ({ g, rest: share - Math.floor(share) }))
    .sort((a, b) => b.rest - a.rest || a.g - b.g);
  let left = nTest - shares.reduce((sum, share) => sum + share, 0);
  for (const { g } of order) {
    if (left === 0) break;
    shares[g]! += 1;
    left--;
  }
  return shares;
}

function dealt(groups: readonly Int32Array[], k: number, rng: Rng | null): Int32Array {
  const piles = groups.map((group, g) => (rng === null ? group : shuffled(group, rng.fork(g))));
  const n = piles.reduce((sum, pile) => sum + pile.length, 0);
  const fold = new Int32Array(n);
  if (piles.length === 1) {
    // Blocks, as scikit-learn cuts them: unshuffled folds are runs of neighbouring rows.
    const small = Math.floor(n / k);
    const wide = (n % k) * (small + 1);
    piles[0]!.forEach((row, i) => {
      fold[row] = i < wide ? Math.floor(i / (small + 1)) : (n % k) + Math.floor((i - wide) / small);
    });
    return fold;
  }
  // Dealt like cards, pile after pile without starting over: folds and labels both stay even to within one row.
  let next = 0;
  for (const pile of piles) for (const row of pile) fold[row] = next++ % k;
  return fold;
}

function rowsWhere(flags: ArrayLike<number>, wanted: number): Int32Array {
  const rows: number[] = [];
  for (let i = 0; i < flags.length; i++) if (flags[i] === wanted) rows.push(i);
  return Int32Array.from(rows);
}
