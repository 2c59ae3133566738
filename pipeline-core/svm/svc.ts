// Support vector classification: the border with the widest margin, between each two classes (Cortes & Vapnik 1995).
// Parameters, defaults and decisions as scikit-learn's SVC (one against one). Probabilities: one sigmoid a pair (Platt 2000,
// by Lin, Lin & Weng 2007) on decisions across five folds, coupled over classes (Wu, Lin & Weng 2004); scikit-learn draws its
// folds by chance. Scale the columns first. Some thousand rows.

import { PipelineError } from '../core/errors.ts';
import type { ClassLabel, LabelVector } from '../estimator/classifier.ts';
import { ClassifierModel } from '../estimator/classifier-model.ts';
import { predictionInput, takeRows } from '../estimator/input.ts';
import {
  type ClassWeight,
  checkClassWeight,
  classTrainingSet,
  classWeighted,
  demandSeveralClasses,
} from '../estimator/labels.ts';
import type { FitOptions, Matrix, MatrixLike, ModelJson } from '../estimator/model.ts';
import { demandBoolean, resolveParams } from '../estimator/params.ts';
import { kFold } from '../estimator/split.ts';
import { checkKernel, gammaOf, KERNEL_DEFAULTS, type KernelParams, kernelOf, likenessRows } from './kernel.ts';
import { coupled, fitSigmoid, type Sigmoid, sigmoidBy } from './platt.ts';
import { solveDual } from './smo.ts';
import { demandFew, stopped } from './svr.ts';

export interface SVCParams extends KernelParams {
  /** Whether predictProba works: five more fits. */
  readonly probability: boolean;
  readonly classWeight: ClassWeight;
}

/** Between two classes: above 0 is the first of them. */
interface Border {
  readonly support: Float64Array;
  readonly dual: Float64Array;
  readonly rho: number;
  readonly sigmoid: Sigmoid | null;
}

interface Learned {
  readonly gamma: number;
  /** 0 against 1, 0 against 2 ... 1 against 2 ... */
  readonly borders: readonly Border[];
}

const DEFAULTS: SVCParams = { ...KERNEL_DEFAULTS, probability: false, classWeight: null };

export class SVC extends ClassifierModel<SVCParams, Learned> {
  readonly kind = 'SVC';
  readonly params: SVCParams;

  /** Throws PipelineError 'unknown-param' | 'bad-param'. */
  constructor(params: Partial<SVCParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    checkKernel(this.params);
    demandBoolean('probability', this.params.probability);
    checkClassWeight(this.params.classWeight);
  }

  /** How many rows carry each border. Throws PipelineError 'not-fitted'. */
  get nSupport(): number[] {
    predictionInput(this.kind, [], this.known);
    return this.learned!.borders.map(({ dual }) => dual.length);
  }

  /** Stopping between steps. Throws PipelineError 'one-class', 'too-many-rows'. */
  fit(x: MatrixLike, y: LabelVector, options?: FitOptions): this {
    const set = classTrainingSet(x, y, options);
    demandSeveralClasses(this.kind, set.classes);
    demandFew(this.kind, set.x.rows);
    const weight = classWeighted(set, this.params.classWeight);
    const gamma = gammaOf(this.params, set.x);
    const borders: Border[] = [];
    for (const [a, b] of pairsOf(set.classes.length)) {
      const rows = Int32Array.from(set.codes.keys()).filter((i) => set.codes[i] === a || set.codes[i] === b);
      const own: PairRows = {
        x: takeRows(set.x, rows),
        sign: Int8Array.from(rows, (i) => (set.codes[i] === a ? 1 : -1)),
        weight: weight && Float64Array.from(rows, (i) => weight[i]!),
      };
      const border = this.borderOf(own, gamma, options);
      const sigmoid = this.params.probability ? this.sigmoidOf(own, gamma, options) : null;
      borders.push({ ...border, sigmoid });
    }
    options?.onProgress?.(1);
    return this.settle(set.x, set.classes, { gamma, borders });
  }

  /** Of two classes one column, above 0 the second class; of several one a pair (the first of it above 0), as scikit-learn's 'ovo'. */
  decisionFunction(x: MatrixLike): Matrix {
    const matrix = predictionInput(this.kind, x, this.known);
    const { borders, gamma } = this.learned!;
    const data = new Float64Array(matrix.rows * borders.length);
    borders.forEach((border, b) => {
      const own = this.decisions(border, matrix, gamma);
      // scikit-learn turns the sign round where there are two classes.
      for (let i = 0; i < own.length; i++) data[i * borders.length + b] = borders.length === 1 ? -own[i]! : own[i]!;
    });
    return { data, rows: matrix.rows, cols: borders.length, names: [] };
  }

  /** By votes of the borders; of equals the first class. */
  override predict(x: MatrixLike): ClassLabel[] {
    const { data, rows, cols } = this.decisionFunction(x);
    const { classes } = this.known!;
    const pairs = pairsOf(classes.length);
    return Array.from({ length: rows }, (_, i) => {
      const votes = new Int32Array(classes.length);
      pairs.forEach(([a, b], p) => {
        const value = cols === 1 ? -data[i]! : data[i * cols + p]!;
        votes[value > 0 ? a : b]!++;
      });
      return classes[votes.indexOf(Math.max(...votes))]!;
    });
  }

  /** Throws PipelineError 'no-probabilities' unless `probability` is true. */
  protected answer({ borders, gamma }: Learned, x: Matrix): Float64Array {
    if (borders.some(({ sigmoid }) => sigmoid === null)) {
      const message =
        'This SVC gives classes alone: new SVC({ probability: true }) also learns probabilities, by five more fits.';
      throw new PipelineError('no-probabilities', message, { kind: this.kind });
    }
    const classes = this.known!.classes.length;
    const decisions = borders.map((border) => this.decisions(border, x, gamma));
    const out = new Float64Array(x.rows * classes);
    for (let i = 0; i < x.rows; i++) {
      const shares = borders.map(({ sigmoid }, b) => sigmoid!(decisions[b]![i]!));
      out.set(coupled(shares, classes), i * classes);
    }
    return out;
  }

  protected save({ gamma, borders }: Learned): unknown {
    const saved = borders.map(({ support, dual, rho, sigmoid }) => {
      return { support: [...support], dual: [...dual], rho, sigmoid: sigmoid && [sigmoid.a, sigmoid.b] };
    });
    return { gamma, borders: saved };
  }

  protected load(saved: unknown): Learned {
    const { gamma, borders } = saved as SavedBorders;
    return {
      gamma,
      borders: borders.map(({ support, dual, rho, sigmoid }) => ({
        support: Float64Array.from(support),
        dual: Float64Array.from(dual),
        rho,
        sigmoid: sigmoid && sigmoidBy(...sigmoid),
      })),
    };
  }

  static fromJSON(json: ModelJson): SVC {
    return new SVC(json.params).restore(json);
  }

  private borderOf({ x, sign, weight }: PairRows, gamma: number, options?: FitOptions): Border {
    const { rows, cols, data } = x;
    const { C, tol, maxIter } = this.params;
    const alike = likenessRows(kernelOf(this.params, gamma, cols), data, rows);
    const scratch = [new Float64Array(rows), new Float64Array(rows)];
    let turn = 0;
    const row = (i: number): Float64Array => {
      const own = alike(i);
      const out = scratch[turn++ % 2]!;
      for (let k = 0; k < rows; k++) out[k] = sign[i]! * sign[k]! * own[k]!;
      return out;
    };
    const diagonal = Float64Array.from({ length: rows }, (_, i) => alike(i)[i]!);
    const most = Float64Array.from({ length: rows }, (_, i) => C * (weight?.[i] ?? 1));
    const linear = new Float64Array(rows).fill(-1);
    const problem = { size: rows, row, diagonal, linear, sign, most };
    const { alpha, rho } = solveDual(problem, tol, maxIter < 0 ? Infinity : maxIter, () => stopped(options));
    const kept = Array.from({ length: rows }, (_, i) => i).filter((i) => alpha[i]! > 0);
    return {
      support: Float64Array.from(kept.flatMap((i) => [...data.subarray(i * cols, (i + 1) * cols)])),
      dual: Float64Array.from(kept, (i) => alpha[i]! * sign[i]!),
      rho,
      sigmoid: null,
    };
  }

  private sigmoidOf(own: PairRows, gamma: number, options?: FitOptions): Sigmoid {
    const { x, sign, weight } = own;
    const decisions = new Float64Array(x.rows);
    const fewest = Math.min(sign.filter((s) => s > 0).length, sign.filter((s) => s < 0).length);
    const folds = Math.min(5, fewest);
    if (folds < 2) {
      // One row of a class: its own border is all there is to learn from.
      return fitSigmoid(this.decisions(this.borderOf(own, gamma, options), x, gamma), sign);
    }
    for (const { train, test } of kFold(x.rows, { nSplits: folds, randomState: 0, stratify: sign })) {
      const part: PairRows = {
        x: takeRows(x, train),
        sign: Int8Array.from(train, (i) => sign[i]!),
        weight: weight && Float64Array.from(train, (i) => weight[i]!),
      };
      const answers = this.decisions(this.borderOf(part, gamma, options), takeRows(x, test), gamma);
      test.forEach((i, k) => {
        decisions[i] = answers[k]!;
      });
    }
    return fitSigmoid(decisions, sign);
  }

  private decisions({ support, dual, rho }: Border, { data, rows, cols }: Matrix, gamma: number): Float64Array {
    const kernel = kernelOf(this.params, gamma, cols);
    return Float64Array.from({ length: rows }, (_, i) => {
      let sum = -rho;
      for (let k = 0; k < dual.length; k++) sum += dual[k]! * kernel(data, i, support, k);
      return sum;
    });
  }
}

interface PairRows {
  readonly x: Matrix;
  readonly sign: Int8Array;
  readonly weight: Float64Array | null;
}

interface SavedBorders {
  readonly gamma: number;
  readonly borders: readonly { support: number[]; dual: number[]; rho: number; sigmoid: [number, number] | null }[];
}

function pairsOf(classes: number): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (let a = 0; a < classes; a++) for (let b = a + 1; b < classes; b++) pairs.push([a, b]);
  return pairs;
}
