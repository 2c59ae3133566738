// The loop of histogram boosting: derivatives, a tree an output, look whether it still gains.

import { type ColumnLevels, takeRows } from '../../estimator/input.ts';
import type { FitOptions, Matrix } from '../../estimator/model.ts';
import { trackProgress } from '../../estimator/progress.ts';
import { trainTestSplit } from '../../estimator/split.ts';
import { addTree, hasMissing, type Tree, type TreeEnsemble } from '../tree/tree.ts';
import { binColumns } from './bins.ts';
import type { BoostParams } from './boost-params.ts';
import { createBoostGrower } from './grow.ts';
import type { Loss, LossData } from './losses.ts';

/** Rows above which 'auto' stops early. */
const MANY_ROWS = 10_000;

export interface BoostJob extends LossData {
  readonly x: Matrix;
  readonly levels: ColumnLevels | null;
  readonly loss: Loss;
  readonly params: BoostParams;
  /** Whether the rows held out keep the shares of `y`. */
  readonly stratify: boolean;
  readonly options: FitOptions | undefined;
}

interface Part extends LossData {
  /** Of the table; null: all of them. */
  readonly rows: Int32Array | null;
  readonly prediction: readonly Float64Array[];
}

/** One ensemble an output of the loss. */
export function boost(job: BoostJob): TreeEnsemble[] {
  const { loss, params, options } = job;
  const { learningRate, maxIter } = params;
  const early = stopsEarly(params, job.x.rows);
  const { train, held } = early ? parted(job) : { train: partOf(job, null), held: null };
  const base = loss.base(train);
  for (const part of [train, held]) {
    part?.prediction.forEach((own, k) => {
      own.fill(base[k]!);
    });
  }
  const curved = loss.curved || train.weight !== null;
  const rows = train.y.length;
  const column = (): Float32Array => new Float32Array(rows);
  // Single precision halves what the histograms read and is what scikit-learn keeps, so both cut alike.
  const residual = Array.from({ length: loss.outputs }, column);
  const curvature = curved ? Array.from({ length: loss.outputs }, column) : [];
  const grower = createBoostGrower(binColumns(job.x, params.maxBins, job.levels, train.rows), params, curved);
  // Only the trees' own way through the rows that are held out needs them as they were given.
  const heldX = held === null ? null : takeRows(job.x, held.rows!);
  const holes = heldX !== null && hasMissing(heldX);
  const watch = early ? createWatch(params, loss, held ?? train) : null;
  watch?.look();
  const progress = trackProgress(options, maxIter);
  const trees = residual.map((): Tree[] => []);
  let done = 0;
  while (done < maxIter) {
    loss.derivatives(train, train.prediction, { residual, curvature });
    for (let k = 0; k < loss.outputs; k++) {
      const left = { residual: residual[k]!, curvature: curvature[k] ?? null };
      const leaf = loss.leaf && leafOf(loss.leaf, train, k);
      const tree = grower.grow(leaf === undefined ? left : { ...left, leaf }, train.prediction[k]!, learningRate);
      trees[k]!.push(tree);
      if (heldX !== null) addTree({ tree, scale: learningRate, x: heldX, holes }, held!.prediction[k]!);
    }
    done++;
    if (watch?.look() === true) break;
    progress.at(done);
  }
  if (done < maxIter) progress.at(maxIter);
  return trees.map((own, k) => ({ trees: own, base: base[k]!, scale: learningRate }));
}

function stopsEarly({ earlyStopping }: BoostParams, rows: number): boolean {
  return earlyStopping === 'auto' ? rows > MANY_ROWS : earlyStopping;
}

function parted(job: BoostJob): { train: Part; held: Part | null } {
  const { validationFraction, randomState } = job.params;
  if (validationFraction === null) return { train: partOf(job, null), held: null };
  const labels = job.stratify ? { stratify: job.y } : {};
  const { train, test } = trainTestSplit(job.x.rows, { testSize: validationFraction, randomState, ...labels });
  return { train: partOf(job, train), held: partOf(job, test) };
}

function partOf({ x, y, weight, loss }: BoostJob, rows: Int32Array | null): Part {
  const size = rows?.length ?? x.rows;
  return {
    rows,
    y: rows === null ? y : Float64Array.from(rows, (i) => y[i]!),
    weight: rows === null || weight === null ? weight : Float64Array.from(rows, (i) => weight[i]!),
    prediction: Array.from({ length: loss.outputs }, () => new Float64Array(size)),
  };
}

// The rows' answers so far are read before the leaf adds its own.
function leafOf(
  leaf: NonNullable<Loss['leaf']>,
  { y, weight, prediction }: Part,
  output: number,
): (rows: Int32Array) => number {
  const own = prediction[output]!;
  return (rows) =>
    leaf(
      Float64Array.from(rows, (i) => y[i]! - own[i]!),
      weight && Float64Array.from(rows, (i) => weight[i]!),
    );
}

// Looks at the loss after each round; true once none of the last `nIterNoChange` is better than the one before them.
function createWatch({ nIterNoChange, tol }: BoostParams, loss: Loss, part: Part): { look(): boolean } {
  const losses: number[] = [];
  return {
    look() {
      losses.push(loss.mean(part, part.prediction));
      if (losses.length <= nIterNoChange) return false;
      const [reference, ...recent] = losses.slice(-nIterNoChange - 1);
      return recent.every((value) => value >= reference! - tol);
    },
  };
}
