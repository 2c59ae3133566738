// What every classifier is to the rest: labels in, labels and probabilities out, saved and loaded as JSON.
// Invariant: `classes` is sorted (numbers, then words by code unit; false before true), and every list of probabilities
// has their order.

import type { NumberTable, SeriesLike } from './frames.ts';
import type { FitOptions, Matrix, MatrixLike, ModelJson } from './model.ts';

/** A class: a word, a number or false / true. */
export type ClassLabel = string | number | boolean;

/** One class a row: a list, a typed array, a danfojs Series, or a Table of a single column. */
export type LabelVector = ArrayLike<ClassLabel | null> | SeriesLike | NumberTable;

/** The probability of each class, by its name. */
export type ProbabilityRow = Readonly<Record<string, number>>;

/** A classification model. `fit` returns the model itself. */
export interface Classifier {
  readonly kind: string;
  /** Sorted. Throws PipelineError 'not-fitted' before `fit`. */
  readonly classes: readonly ClassLabel[];
  fit(x: MatrixLike, y: LabelVector, options?: FitOptions): this;
  /** The most probable class of each row; of equals the first. Throws PipelineError 'not-fitted', 'stopped'. */
  predict(x: MatrixLike, options?: FitOptions): ClassLabel[];
  /** Probabilities by class name, one record a row. */
  predictProba(x: MatrixLike, options?: FitOptions): ProbabilityRow[];
  /** The same as one matrix, a column a class: for measures and for models that learn from models. */
  probabilities(x: MatrixLike, options?: FitOptions): Matrix;
  toJSON(): ModelJson;
}

/** Whether a model answers with classes; a pipeline does as the model at its end. */
export function isClassifier(model: object): model is Classifier {
  if ('steps' in model && 'model' in model) return isClassifier(model.model as object);
  if ('searched' in model) return isClassifier(model.searched as object);
  return 'predictProba' in model && 'probabilities' in model;
}

/** A matrix of probabilities, a column a class, as one record a row. */
export function probabilityRows({ data, rows, cols, names }: Matrix): ProbabilityRow[] {
  return Array.from({ length: rows }, (_, i) =>
    Object.fromEntries(names.map((name, k) => [name, data[i * cols + k]!] as const)),
  );
}

/** The place of the largest value of each row; the first of equals. */
export function largestOf({ data, rows, cols }: Pick<Matrix, 'data' | 'rows' | 'cols'>): Int32Array {
  const best = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    const at = i * cols;
    for (let k = 1; k < cols; k++) if (data[at + k]! > data[at + best[i]!]!) best[i] = k;
  }
  return best;
}
