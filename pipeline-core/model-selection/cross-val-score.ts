// One score a fold, as scikit-learn's cross_val_score.

import { PipelineError } from '../core/errors.ts';
import { isClassifier, type LabelVector } from '../estimator/classifier.ts';
import type { Vector } from '../estimator/frames.ts';
import { labelList } from '../estimator/labels.ts';
import { demandKnown, describe } from '../estimator/params.ts';
import { kFold, type Split } from '../estimator/split.ts';
import { type Rows, rowTaker } from './fold-scores.ts';

/** A model that can be copied and that scores itself. */
export interface Scorable<X> {
  clone(): Scorable<X>;
  fit(x: X, y: never): unknown;
  score(x: X, y: never): number;
}

export interface CrossValScoreOptions {
  /** Splits, or a number of folds of neighbouring rows (of classes: stratified); default 5. */
  readonly cv?: readonly Split[] | number;
}

/** R2 of regressors, the share of right answers of classifiers; the model itself is left as it is. Throws PipelineError as `fit`. */
export function crossValScore<X extends Rows>(
  model: Scorable<NoInfer<X>>,
  x: X,
  y: Vector | LabelVector,
  options: CrossValScoreOptions = {},
): number[] {
  demandKnown('crossValScore', options, ['cv']);
  if (typeof (model as Partial<Scorable<X>> | null)?.clone !== 'function') {
    const message = `crossValScore takes a model such as new Ridge(), but it is given ${describe(model)}.`;
    throw new PipelineError('bad-param', message);
  }
  const labels = labelList(y as LabelVector);
  const classes = isClassifier(model);
  const { cv = 5 } = options;
  const keep = classes ? { stratify: labels.map(String) } : {};
  const splits = typeof cv === 'object' ? cv : kFold(labels, { nSplits: cv, ...keep });
  const take = rowTaker(x, classes ? new Float64Array(labels.length) : (labels as number[]));
  return splits.map(({ train, test }) => {
    const own = model.clone();
    const of = (rows: Int32Array): never => Array.from(rows, (row) => labels[row]!) as never;
    own.fit(take(train), of(train));
    return own.score(take(test), of(test));
  });
}
