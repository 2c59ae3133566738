// The classes of the most similar rows: a vote, or by distance a weighted one. Scale the columns first.

import { PipelineError } from '../core/errors.ts';
import type { LabelVector } from '../estimator/classifier.ts';
import { ClassifierModel } from '../estimator/classifier-model.ts';
import { classTrainingSet } from '../estimator/labels.ts';
import type { FitOptions, Matrix, MatrixLike, ModelJson } from '../estimator/model.ts';
import { demandOneOf, demandWhole, resolveParams } from '../estimator/params.ts';
import { trackProgress } from '../estimator/progress.ts';
import { refuseWeights } from '../estimator/weights.ts';
import { INSTEAD, type KNeighborsParams, type Memory, nearest, STEP } from './neighbors.ts';

const DEFAULTS: KNeighborsParams = { nNeighbors: 5, weights: 'uniform' };

/** Of rows equally far away the earlier one counts as nearer. Predicting costs rows x training rows x columns. */
export class KNeighborsClassifier extends ClassifierModel<KNeighborsParams, Memory> {
  readonly kind = 'KNeighborsClassifier';
  readonly params: KNeighborsParams;

  constructor(params: Partial<KNeighborsParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    demandWhole('nNeighbors', this.params.nNeighbors, 1);
    demandOneOf('weights', this.params.weights, ['uniform', 'distance']);
  }

  /** Throws PipelineError 'too-few-rows' where there are fewer rows than neighbours, 'no-weights'. */
  fit(x: MatrixLike, y: LabelVector, options?: FitOptions): this {
    refuseWeights(this.kind, options, INSTEAD);
    const set = classTrainingSet(x, y);
    const { nNeighbors } = this.params;
    if (set.x.rows < nNeighbors) {
      const message = `${nNeighbors} neighbours cannot be found among ${set.x.rows} rows: lower nNeighbors.`;
      throw new PipelineError('too-few-rows', message, { rows: set.x.rows, nNeighbors });
    }
    const { cols, names, data } = set.x;
    return this.settle(set.x, set.classes, { cols, names, data: data.slice(), y: Float64Array.from(set.codes) });
  }

  protected answer(memory: Memory, x: Matrix, options?: FitOptions): Float64Array {
    const classes = this.known!.classes.length;
    const { cols } = memory;
    const near = new Float64Array(this.params.nNeighbors);
    const which = new Int32Array(near.length);
    const data = new Float64Array(x.rows * classes);
    const progress = trackProgress(options, x.rows);
    for (let i = 0; i < x.rows; i++) {
      nearest(memory, x.data.subarray(i * cols, (i + 1) * cols), near, which);
      const exact = this.params.weights === 'distance' && near[0] === 0;
      let total = 0;
      for (let k = 0; k < near.length; k++) {
        // Rows at distance 0 are the same case: they alone answer, as in scikit-learn.
        if (exact && near[k]! > 0) break;
        const weight = this.params.weights === 'uniform' || exact ? 1 : 1 / Math.sqrt(near[k]!);
        data[i * classes + memory.y[which[k]!]!]! += weight;
        total += weight;
      }
      for (let c = 0; c < classes; c++) data[i * classes + c]! /= total;
      if (i % STEP === STEP - 1) progress.at(i + 1);
    }
    if (x.rows % STEP !== 0) progress.at(x.rows);
    return data;
  }

  protected save({ data, y }: Memory): unknown {
    return { data: [...data], y: [...y] };
  }

  protected load(saved: unknown): Memory {
    const { data, y } = saved as { data: number[]; y: number[] };
    const { cols, names } = this.known!;
    return { cols, names, data: Float64Array.from(data), y: Float64Array.from(y) };
  }

  static fromJSON(json: ModelJson): KNeighborsClassifier {
    return new KNeighborsClassifier(json.params).restore(json);
  }
}
