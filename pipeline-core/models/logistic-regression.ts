// Logistic regression: linear scores whose probabilities make the log loss small, with a price on large weights.
// Several classes are separated at once (softmax), as scikit-learn's default does.
// Deviation from scikit-learn: solved to the precision of the data, whatever the solver; the intercept is never penalised.

import type { LabelVector } from '../estimator/classifier.ts';
import { ClassifierModel } from '../estimator/classifier-model.ts';
import {
  type ClassWeight,
  checkClassWeight,
  classTrainingSet,
  classWeighted,
  demandSeveralClasses,
} from '../estimator/labels.ts';
import type { FitOptions, Matrix, MatrixLike, ModelJson } from '../estimator/model.ts';
import { demandBoolean, demandNumber, demandWhole, refuse, resolveParams } from '../estimator/params.ts';
import { trackProgress } from '../estimator/progress.ts';
import { sigmoid, softmaxRows } from '../math/links.ts';
import { centre } from './linear-model.ts';
import { lasso } from './logistic/lasso.ts';
import { newton } from './logistic/newton.ts';

export interface LogisticRegressionParams {
  /** 'l2' shrinks all weights, 'l1' makes useless ones 0; null: no price. */
  readonly penalty: 'l1' | 'l2' | null;
  /** How much the rows count against the price, above 0: smaller is a higher price. */
  readonly C: number;
  readonly fitIntercept: boolean;
  readonly classWeight: ClassWeight;
  readonly maxIter: number;
}

const DEFAULTS: LogisticRegressionParams = { penalty: 'l2', C: 1, fitIntercept: true, classWeight: null, maxIter: 100 };

interface Learned {
  /** Row-major, a row a score: 1 for two classes (the log odds of the second), else one a class. */
  readonly coef: Float64Array;
  readonly intercept: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

export class LogisticRegression extends ClassifierModel<LogisticRegressionParams, Learned> {
  readonly kind = 'LogisticRegression';
  readonly params: LogisticRegressionParams;

  constructor(params: Partial<LogisticRegressionParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    const { penalty, C } = this.params;
    if (penalty !== null && penalty !== 'l1' && penalty !== 'l2') refuse('penalty', penalty, "'l1', 'l2' or null");
    demandNumber('C', C, 0);
    if (C === 0) refuse('C', C, 'above 0');
    demandBoolean('fitIntercept', this.params.fitIntercept);
    checkClassWeight(this.params.classWeight);
    demandWhole('maxIter', this.params.maxIter, 1);
  }

  /** Weights, one list a score: one for two classes (log odds of the second), else one a class. Throws 'not-fitted'. */
  get coef(): Float64Array[] {
    const { cols } = this.classes && this.known!;
    const { coef, intercept } = this.learned!;
    return Array.from(intercept, (_, k) => coef.slice(k * cols, (k + 1) * cols));
  }

  /** One a score. */
  get intercept(): Float64Array {
    return this.classes && this.learned!.intercept.slice();
  }

  /** false where it ran out of rounds: scale the columns, or raise maxIter or the price. */
  get converged(): boolean {
    return this.classes && this.learned!.converged;
  }

  /** Progress and stopping between rounds. Throws also PipelineError 'one-class'. */
  fit(x: MatrixLike, y: LabelVector, options?: FitOptions): this {
    const set = classTrainingSet(x, y, options);
    demandSeveralClasses(this.kind, set.classes);
    const { penalty, C, fitIntercept, classWeight, maxIter } = this.params;
    const { rows, cols } = set.x;
    const scores = set.classes.length === 2 ? 1 : set.classes.length;
    const own = classWeighted(set, classWeight);
    // Around the means the intercept and the weights do not interfere.
    const centred = centre(set.x, new Float64Array(rows), fitIntercept);
    const d = {
      data: centred.data,
      rows,
      cols,
      codes: set.codes,
      weight: Float64Array.from({ length: rows }, (_, i) => C * (own?.[i] ?? 1)),
      scores,
      fitIntercept,
      l2: penalty === 'l2' ? 1 : 0,
    };
    const progress = trackProgress(options, maxIter);
    const { w, iterations, converged } =
      penalty === 'l1' ? lasso(d, 1, maxIter * 10, progress) : newton(d, maxIter, progress);
    progress.at(maxIter);
    const coef = new Float64Array(scores * cols);
    const intercept = new Float64Array(scores);
    for (let k = 0; k < scores; k++) {
      const from = k * (cols + 1);
      coef.set(w.subarray(from, from + cols), k * cols);
      intercept[k] = w[from + cols]!;
      for (let j = 0; j < cols; j++) intercept[k]! -= coef[k * cols + j]! * centred.xMean[j]!;
    }
    // Only differences of scores count; their mean is 0.
    if (scores > 1) {
      const mean = intercept.reduce((sum, value) => sum + value, 0) / scores;
      for (let k = 0; k < scores; k++) intercept[k]! -= mean;
    }
    return this.settle(set.x, set.classes, { coef, intercept, iterations, converged });
  }

  protected answer({ coef, intercept }: Learned, { data, rows, cols }: Matrix): Float64Array {
    const classes = this.known!.classes.length;
    const out = new Float64Array(rows * classes);
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < intercept.length; k++) {
        let sum = intercept[k]!;
        for (let j = 0; j < cols; j++) sum += data[i * cols + j]! * coef[k * cols + j]!;
        out[i * classes + (intercept.length === 1 ? 1 : k)] = sum;
      }
    }
    if (intercept.length > 1) softmaxRows(out, classes);
    else {
      for (let k = 0; k < out.length; k += 2) {
        out[k] = sigmoid(-out[k + 1]!);
        out[k + 1] = sigmoid(out[k + 1]!);
      }
    }
    return out;
  }

  protected save({ coef, intercept, iterations, converged }: Learned): unknown {
    return { coef: [...coef], intercept: [...intercept], iterations, converged };
  }

  protected load(saved: unknown): Learned {
    const { coef, intercept, iterations, converged } = saved as Omit<Learned, 'coef' | 'intercept'> & {
      coef: number[];
      intercept: number[];
    };
    return { coef: Float64Array.from(coef), intercept: Float64Array.from(intercept), iterations, converged };
  }

  static fromJSON(json: ModelJson): LogisticRegression {
    return new LogisticRegression(json.params).restore(json);
  }
}
