// Linear support vector machines for many rows: LinearSVC and LinearSVR, parameters and defaults as scikit-learn's.
// Scale the columns first; the intercept is penalised with the weights, less so with a larger interceptScaling.

import { PipelineError } from '../core/errors.ts';
import type { ClassLabel, LabelVector } from '../estimator/classifier.ts';
import { ClassifierModel } from '../estimator/classifier-model.ts';
import type { Vector } from '../estimator/frames.ts';
import { predictionInput, trainingSet } from '../estimator/input.ts';
import {
  type ClassWeight,
  checkClassWeight,
  classTrainingSet,
  classWeighted,
  demandSeveralClasses,
} from '../estimator/labels.ts';
import type { FitOptions, Matrix, MatrixLike, ModelJson } from '../estimator/model.ts';
import { demandBoolean, demandNumber, demandOneOf, demandWhole, refuse, resolveParams } from '../estimator/params.ts';
import { trackProgress } from '../estimator/progress.ts';
import { LinearModel } from '../models/linear-model.ts';
import { solveLinear } from './linear-dual.ts';

interface LinearSVMParams {
  /** How much rows count against small weights, above 0. */
  readonly C: number;
  readonly fitIntercept: boolean;
  readonly interceptScaling: number;
  /** Ends where a round moves less than this share of the first one. */
  readonly tol: number;
  readonly maxIter: number;
  /** Seed of the order of rows; the answer hardly depends on it. */
  readonly randomState: number;
}

const DEFAULTS: LinearSVMParams = {
  C: 1,
  fitIntercept: true,
  interceptScaling: 1,
  tol: 1e-4,
  maxIter: 1000,
  randomState: 0,
};

export interface LinearSVRParams extends LinearSVMParams {
  readonly loss: 'epsilon_insensitive' | 'squared_epsilon_insensitive';
  /** Errors up to this, in units of the target, cost nothing. */
  readonly epsilon: number;
}

export class LinearSVR extends LinearModel<LinearSVRParams> {
  readonly kind = 'LinearSVR';
  readonly params: LinearSVRParams;

  constructor(params: Partial<LinearSVRParams> = {}) {
    super();
    const own = { loss: 'epsilon_insensitive' as const, epsilon: 0 };
    this.params = checked(resolveParams<LinearSVRParams>(this.kind, { ...DEFAULTS, ...own }, params));
    demandOneOf('loss', this.params.loss, ['epsilon_insensitive', 'squared_epsilon_insensitive']);
    demandNumber('epsilon', this.params.epsilon, 0);
  }

  /** Progress and stopping between rounds. */
  fit(x: MatrixLike, y: Vector, options?: FitOptions): this {
    const set = trainingSet(x, y, options);
    const { C, loss, epsilon, tol, maxIter, randomState } = this.params;
    const { data, cols } = withOnes(set.x, this.params);
    const problem = {
      data,
      rows: set.x.rows,
      cols,
      y: set.y,
      cost: Float64Array.from({ length: set.x.rows }, (_, i) => C * (set.weight?.[i] ?? 1)),
      squared: loss === 'squared_epsilon_insensitive',
      epsilon,
    };
    const progress = trackProgress(options, maxIter);
    const { w, converged, iterations } = solveLinear(problem, tol, maxIter, randomState, progress);
    if (iterations < maxIter) progress.at(maxIter);
    return this.settle(set.x, { ...apart(w, set.x.cols, this.params), converged });
  }

  static fromJSON(json: ModelJson): LinearSVR {
    return new LinearSVR(json.params).restore(json);
  }
}

export interface LinearSVCParams extends LinearSVMParams {
  readonly loss: 'hinge' | 'squared_hinge';
  readonly classWeight: ClassWeight;
}

interface Learned {
  readonly coef: readonly Float64Array[];
  readonly intercept: readonly number[];
  readonly converged: boolean;
}

/** Of several classes each against the rest. It gives classes and decisions, no probabilities, as scikit-learn's. */
export class LinearSVC extends ClassifierModel<LinearSVCParams, Learned> {
  readonly kind = 'LinearSVC';
  readonly params: LinearSVCParams;

  constructor(params: Partial<LinearSVCParams> = {}) {
    super();
    const own = { loss: 'squared_hinge' as const, classWeight: null };
    this.params = checked(resolveParams<LinearSVCParams>(this.kind, { ...DEFAULTS, ...own }, params));
    demandOneOf('loss', this.params.loss, ['hinge', 'squared_hinge']);
    checkClassWeight(this.params.classWeight);
  }

  /** Weights, one list a score: one for two classes, else one a class. Throws PipelineError 'not-fitted'. */
  get coef(): readonly Float64Array[] {
    return this.classes && this.learned!.coef;
  }
  get intercept(): readonly number[] {
    return this.classes && this.learned!.intercept;
  }
  /** false where it ran out of rounds: scale the columns, or raise maxIter. */
  get converged(): boolean {
    return this.classes && this.learned!.converged;
  }

  /** Progress and stopping between rounds. Throws also PipelineError 'one-class'. */
  fit(x: MatrixLike, y: LabelVector, options?: FitOptions): this {
    const set = classTrainingSet(x, y, options);
    demandSeveralClasses(this.kind, set.classes);
    const { C, loss, tol, maxIter, randomState, classWeight } = this.params;
    const { data, cols } = withOnes(set.x, this.params);
    const weight = classWeighted(set, classWeight);
    const scores = set.classes.length === 2 ? [1] : set.classes.map((_, k) => k);
    const progress = trackProgress(options, maxIter * scores.length);
    const found = scores.map((own, s) => {
      const target = Float64Array.from(set.codes, (code) => (code === own ? 1 : -1));
      // As LIBLINEAR: of several classes the weight of a class is for its own border, the rest counts plainly there.
      const two = scores.length === 1;
      const cost = Float64Array.from(set.codes, (code, i) => {
        return C * ((two || code === own ? weight : set.weight)?.[i] ?? 1);
      });
      const squared = loss === 'squared_hinge';
      const problem = { data, rows: set.x.rows, cols, y: target, cost, squared, epsilon: null };
      const part = { at: (done: number) => progress.at(s * maxIter + done) };
      return solveLinear(problem, tol, maxIter, randomState, part);
    });
    progress.at(maxIter * scores.length);
    const all = found.map(({ w }) => apart(w, set.x.cols, this.params));
    return this.settle(set.x, set.classes, {
      coef: all.map(({ coef }) => coef),
      intercept: all.map(({ intercept }) => intercept),
      converged: found.every(({ converged }) => converged),
    });
  }

  /** One column for two classes (above 0: the second), else one a class: the largest wins. */
  decisionFunction(x: MatrixLike): Matrix {
    const matrix = predictionInput(this.kind, x, this.known);
    const { coef, intercept } = this.learned!;
    const { data, rows, cols } = matrix;
    const out = new Float64Array(rows * coef.length);
    coef.forEach((own, s) => {
      for (let i = 0; i < rows; i++) {
        let sum = 0;
        for (let j = 0; j < cols; j++) sum += data[i * cols + j]! * own[j]!;
        out[i * coef.length + s] = sum + intercept[s]!;
      }
    });
    return { data: out, rows, cols: coef.length, names: [] };
  }

  override predict(x: MatrixLike): ClassLabel[] {
    const { data, rows, cols } = this.decisionFunction(x);
    const { classes } = this.known!;
    return Array.from({ length: rows }, (_, i) => {
      if (cols === 1) return classes[data[i]! > 0 ? 1 : 0]!;
      const own = data.subarray(i * cols, (i + 1) * cols);
      return classes[own.indexOf(Math.max(...own))]!;
    });
  }

  /** Throws PipelineError 'no-probabilities'. */
  protected answer(): never {
    const message =
      'LinearSVC gives classes and decisionFunction, no probabilities: take LogisticRegression, or SVC({ kernel: "linear", probability: true }).';
    throw new PipelineError('no-probabilities', message, { kind: this.kind });
  }

  protected save({ coef, intercept, converged }: Learned): unknown {
    return { coef: coef.map((own) => [...own]), intercept, converged };
  }

  protected load(saved: unknown): Learned {
    const { coef, intercept, converged } = saved as Omit<Learned, 'coef'> & { coef: number[][] };
    return { coef: coef.map((own) => Float64Array.from(own)), intercept, converged };
  }

  static fromJSON(json: ModelJson): LinearSVC {
    return new LinearSVC(json.params).restore(json);
  }
}

function checked<P extends LinearSVMParams>(params: P): P {
  demandNumber('C', params.C, 0);
  if (params.C === 0) refuse('C', params.C, 'above 0');
  demandBoolean('fitIntercept', params.fitIntercept);
  demandNumber('interceptScaling', params.interceptScaling, Number.MIN_VALUE);
  demandNumber('tol', params.tol, 0);
  demandWhole('maxIter', params.maxIter, 1);
  demandWhole('randomState', params.randomState, 0);
  return params;
}

function withOnes({ data, rows, cols }: Matrix, { fitIntercept, interceptScaling }: LinearSVMParams) {
  if (!fitIntercept) return { data, cols };
  const out = new Float64Array(rows * (cols + 1)).fill(interceptScaling);
  for (let i = 0; i < rows; i++) out.set(data.subarray(i * cols, (i + 1) * cols), i * (cols + 1));
  return { data: out, cols: cols + 1 };
}

function apart(w: Float64Array, cols: number, { fitIntercept, interceptScaling }: LinearSVMParams) {
  return { coef: w.slice(0, cols), intercept: fitIntercept ? w[cols]! * interceptScaling : 0 };
}
