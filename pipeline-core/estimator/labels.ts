// Labels as codes: the classes of a target, sorted, and the number of each row's class among them.

import { PipelineError } from '../core/errors.ts';
import type { ClassLabel, LabelVector } from './classifier.ts';
import { type Vector, vectorOf } from './frames.ts';
import { toMatrix } from './input.ts';
import type { FitOptions, Matrix, MatrixLike } from './model.ts';
import { describe, refuse } from './params.ts';
import { weightsOf } from './weights.ts';

/** A checked training set of a classifier. */
export interface ClassTrainingSet {
  readonly x: Matrix;
  readonly classes: readonly ClassLabel[];
  /** The place of each row's class in `classes`. */
  readonly codes: Int32Array;
  /** One a row; null: all count alike. */
  readonly weight: Float64Array | null;
}

/**
 * Checks x and y together.
 * Throws PipelineError 'empty', 'length-mismatch', 'ragged-rows', 'not-finite' or 'not-labels' (naming the row).
 */
export function classTrainingSet(
  x: MatrixLike,
  y: LabelVector,
  options?: FitOptions,
  missing = false,
): ClassTrainingSet {
  const matrix = toMatrix(x, missing);
  if (matrix.rows === 0) throw new PipelineError('empty', 'There are no rows to fit a model on.');
  if (matrix.cols === 0) throw new PipelineError('empty', 'There are no columns to fit a model on: switch one on.');
  const labels = labelList(y, matrix.rows);
  const classes = classesOf(labels);
  return { x: matrix, classes, codes: codesOfLabels(labels, classes), weight: weightsOf(options, matrix.rows) };
}

/** The labels as a plain list. @param rows how many there must be. Throws 'not-a-target', 'length-mismatch', 'not-labels'. */
export function labelList(given: LabelVector, rows?: number): ClassLabel[] {
  const list = vectorOf(given as Vector) as unknown as ArrayLike<unknown>;
  if (
    typeof (list as Partial<ArrayLike<unknown>> | null | undefined)?.length !== 'number' ||
    typeof list === 'string'
  ) {
    throw new PipelineError('not-a-target', `Labels must be a list, one class a row, but they are ${describe(list)}.`);
  }
  if (rows !== undefined && list.length !== rows) {
    const message = `There are ${rows} rows of inputs but ${list.length} labels: they must be as many.`;
    throw new PipelineError('length-mismatch', message, { rows, labels: list.length });
  }
  return Array.from(list, (label, i) => {
    if (typeof label === 'string' || typeof label === 'boolean') return label;
    // + 0 makes -0 into 0.
    if (typeof label === 'number' && Number.isFinite(label)) return label + 0;
    const missing = label === null || label === undefined || Number.isNaN(label);
    const shown = missing ? 'missing' : describe(label);
    const message = `The label of row ${i + 1} is ${shown}: a class must be a word, a finite number, or false / true.`;
    throw new PipelineError('not-labels', message, { row: i + 1 });
  });
}

/** The distinct labels, sorted. @param rows so many are actual labels, and the rest predictions of the same rows. Throws PipelineError 'not-labels' where they are of several types. */
export function classesOf(labels: readonly ClassLabel[], rows = labels.length): ClassLabel[] {
  const classes = [...new Set(labels)];
  const types = new Set(classes.map((label) => typeof label));
  if (types.size > 1) {
    const other = labels.findIndex((label) => typeof label !== typeof labels[0]);
    const message = `The labels are ${JSON.stringify(labels[0])} in row 1 but ${JSON.stringify(labels[other])} in row ${(other % rows) + 1}${other < rows ? '' : ' of the predictions'}: words, numbers and false / true cannot be mixed.`;
    throw new PipelineError('not-labels', message, { row: other + 1 });
  }
  return classes.sort((a, b) => (a < b ? -1 : 1));
}

/** The place of each label. Throws PipelineError 'unknown-class' for one that is not among `classes`. */
export function codesOfLabels(labels: readonly ClassLabel[], classes: readonly ClassLabel[]): Int32Array {
  const place = new Map(classes.map((label, k) => [label, k]));
  return Int32Array.from(labels, (label, i) => {
    const code = place.get(label);
    if (code !== undefined) return code;
    const message = `Row ${i + 1} has the class ${JSON.stringify(label)}, which is not among ${classes.join(', ')}.`;
    throw new PipelineError('unknown-class', message, { row: i + 1 });
  });
}

/** Throws PipelineError 'one-class' where there is nothing to tell apart. */
export function demandSeveralClasses(kind: string, classes: readonly ClassLabel[]): void {
  if (classes.length > 1) return;
  const message = `All rows have the class ${JSON.stringify(classes[0])}: ${kind} needs at least two classes to tell apart.`;
  throw new PipelineError('one-class', message, { kind });
}

/** null: all classes count alike; 'balanced': each class counts as much as any other; or a weight by class name. */
export type ClassWeight = 'balanced' | Readonly<Record<string, number>> | null;

/** Throws PipelineError 'bad-param'. */
export function checkClassWeight(value: unknown): void {
  if (value === null || value === 'balanced') return;
  const expected = "null, 'balanced' or weights by class such as { fail: 2, pass: 1 }";
  if (typeof value !== 'object' || Array.isArray(value)) refuse('classWeight', value, expected);
  for (const weight of Object.values(value as object)) {
    if (typeof weight !== 'number' || !(weight >= 0 && weight < Infinity)) refuse('classWeight', value, expected);
  }
}

/** The weight of each row after that of its class; null where all count alike. */
export function classWeighted(set: ClassTrainingSet, classWeight: ClassWeight): Float64Array | null {
  const { classes, codes, weight } = set;
  if (classWeight === null) return weight;
  if (classWeight !== 'balanced') {
    const unknown = Object.keys(classWeight).find((name) => !classes.some((label) => String(label) === name));
    if (unknown !== undefined) {
      const message = `classWeight names the class "${unknown}", but the classes are ${classes.join(', ')}.`;
      throw new PipelineError('bad-param', message, { param: 'classWeight' });
    }
  }
  const count = new Float64Array(classes.length);
  for (const code of codes) count[code]!++;
  const factor = classes.map((label, k) =>
    classWeight === 'balanced' ? codes.length / (classes.length * count[k]!) : (classWeight[String(label)] ?? 1),
  );
  return Float64Array.from(codes, (code, i) => factor[code]! * (weight?.[i] ?? 1));
}
