// One score a fold, as scikit-learn's cross_val_score.

import { PipelineError } from '../core/errors.ts';
import { isClassifier, type LabelVector } from '../estimator/classifier.ts';
import type { Vector } from '../estimator/frames.ts';
import { labelList } from '../estimator/labels.ts';
import type { FitOptions } from '../estimator/model.ts';
import { demandKnown, describe } from '../estimator/params.ts';
import { kFold, type Split } from '../estimator/split.ts';
import { weightsOf } from '../estimator/weights.ts';
import { type Rows, rowTaker } from './fold-scores.ts';
import { type Scoring, scorerOf } from './scoring.ts';

/** A model that can be copied and that scores itself. */
export interface Scorable<X> {
  clone(): Scorable<X>;
  fit(x: X, y: never, options?: FitOptions): unknown;
  predict(x: X): unknown;
  score(x: X, y: never): number;
}

export interface CrossValScoreOptions<X = unknown> extends FitOptions {
  /** Splits, or a number of folds of neighbouring rows (of classes: stratified); default 5. */
  readonly cv?: readonly Split[] | number;
  /** null: the model's own score, R2 or the share of right answers; else a name of scikit-learn's, or a function. */
  readonly scoring?: Scoring<X>;
}

/**
 * R2 of regressors, the share of right answers of classifiers, or `scoring`; the model itself is left as it is. Weights
 * go to the fits. Throws PipelineError as `fit`.
 */
export function crossValScore<X extends Rows>(
  model: Scorable<NoInfer<X>>,
  x: X,
  y: Vector | LabelVector,
  options: CrossValScoreOptions<NoInfer<X>> = {},
): number[] {
  demandKnown('crossValScore', options, ['cv', 'scoring', 'sampleWeight', 'onProgress', 'shouldStop']);
  if (typeof (model as Partial<Scorable<X>> | null)?.clone !== 'function') {
    const message = `crossValScore takes a model such as new Ridge(), but it is given ${describe(model)}.`;
    throw new PipelineError('bad-param', message);
  }
  const { splits, take, labels } = foldsFor(model, x, y, options.cv ?? 5);
  const score = scorerOf(options.scoring ?? null, model);
  const { sampleWeight } = options;
  const weight = weightsOf(sampleWeight === undefined ? undefined : { sampleWeight }, labels.length);
  return splits.map(({ train, test }, f) => {
    const own = model.clone();
    const of = (rows: Int32Array): never => Array.from(rows, (row) => labels[row]!) as never;
    own.fit(
      take(train),
      of(train),
      weight === null ? {} : { sampleWeight: Float64Array.from(train, (i) => weight[i]!) },
    );
    options.onProgress?.((f + 1) / splits.length);
    if (options.shouldStop?.() === true) throw new PipelineError('stopped', 'The work was stopped before its end.');
    return score(own, take(test), of(test));
  });
}

/** The splits of a model's rows, and how to cut to them. */
export function foldsFor<X extends Rows>(model: object, x: X, y: Vector | LabelVector, cv: readonly Split[] | number) {
  const labels = labelList(y as LabelVector);
  const classes = isClassifier(model);
  const keep = classes ? { stratify: labels.map(String) } : {};
  const splits = typeof cv === 'object' ? cv : kFold(labels, { nSplits: cv, ...keep });
  const take = rowTaker(model, x, classes ? new Float64Array(labels.length) : (labels as number[]));
  return { splits, take, labels };
}
