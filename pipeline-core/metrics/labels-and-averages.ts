// Two or more classes: how many rows of each class were taken for which, and averages over the classes.

import { PipelineError } from '../core/errors.ts';
import type { ClassLabel, LabelVector } from '../estimator/classifier.ts';
import { classesOf, codesOfLabels, labelList } from '../estimator/labels.ts';

/** macro: classes count alike; weighted: by their rows; micro: every row counts alike. */
export type Average = 'macro' | 'weighted' | 'micro';

export interface ClassCounts {
  readonly classes: readonly ClassLabel[];
  /** Rows of class a (first) that were taken for class b (second). */
  readonly counts: readonly (readonly number[])[];
}

/** Of true and predicted classes. @param classes default: all that occur, sorted. Throws 'empty', 'length-mismatch', 'not-labels', 'unknown-class'. */
export function classConfusion(yTrue: LabelVector, yPred: LabelVector, classes?: readonly ClassLabel[]): ClassCounts {
  const actual = labelList(yTrue);
  const predicted = labelList(yPred);
  if (actual.length !== predicted.length) {
    const message = `There are ${actual.length} actual values but ${predicted.length} predictions: they must be as many.`;
    throw new PipelineError('length-mismatch', message, { actual: actual.length, predicted: predicted.length });
  }
  if (actual.length === 0) throw new PipelineError('empty', 'There is nothing to measure: both lists are empty.');
  const twice = classes?.find((name, i) => classes.indexOf(name) !== i);
  if (twice !== undefined) {
    const message = `The class ${JSON.stringify(twice)} is named twice: each class has one row and one column.`;
    throw new PipelineError('bad-param', message, { param: 'classes' });
  }
  const known = classes ?? classesOf([...actual, ...predicted], actual.length);
  const counts = known.map(() => known.map(() => 0));
  const [from, to] = [codesOfLabels(actual, known), codesOfLabels(predicted, known)];
  for (let i = 0; i < from.length; i++) counts[from[i]!]![to[i]!]!++;
  return { classes: known, counts };
}

export interface ClassScores {
  readonly label: ClassLabel;
  /** 0 where nobody was taken for it. */
  readonly precision: number;
  /** 0 where nobody is of it. */
  readonly recall: number;
  readonly f1: number;
  /** Rows of this class. */
  readonly support: number;
}

/** Precision, recall and f1 of each class, as scikit-learn's precision_recall_fscore_support. */
export function classScores(yTrue: LabelVector, yPred: LabelVector): ClassScores[] {
  const { classes, counts } = classConfusion(yTrue, yPred);
  return classes.map((label, k) => {
    const right = counts[k]![k]!;
    const support = counts[k]!.reduce((sum, count) => sum + count, 0);
    const taken = counts.reduce((sum, row) => sum + row[k]!, 0);
    return { label, ...scoresOf(right, taken, support), support };
  });
}

/** One figure over all classes. Throws PipelineError 'bad-param'. */
export function averagedScores(
  yTrue: LabelVector,
  yPred: LabelVector,
  average: Average,
): { readonly precision: number; readonly recall: number; readonly f1: number } {
  const each = classScores(yTrue, yPred);
  const rows = each.reduce((sum, { support }) => sum + support, 0);
  if (average === 'micro') {
    const right = each.reduce((sum, { recall, support }) => sum + Math.round(recall * support), 0);
    return scoresOf(right, rows, rows);
  }
  if (average !== 'macro' && average !== 'weighted') {
    const message = `average must be 'macro', 'weighted' or 'micro', but it is ${JSON.stringify(average)}.`;
    throw new PipelineError('bad-param', message, { param: 'average' });
  }
  const mean = (value: (one: ClassScores) => number): number =>
    each.reduce((sum, one) => sum + value(one) * (average === 'macro' ? 1 / each.length : one.support / rows), 0);
  return { precision: mean((o) => o.precision), recall: mean((o) => o.recall), f1: mean((o) => o.f1) };
}

function scoresOf(right: number, taken: number, support: number) {
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  return { precision: share(right, taken), recall: share(right, support), f1: share(2 * right, taken + support) };
}
