// Measures of probabilities by class, for any number of classes.

import { PipelineError } from '../core/errors.ts';
import type { ClassLabel, LabelVector, ProbabilityRow } from '../estimator/classifier.ts';
import { labelList } from '../estimator/labels.ts';
import type { Matrix } from '../estimator/model.ts';
import { log, square } from '../math/deterministic-math.ts';

/** What `predictProba` or `probabilities` of a classifier give. */
export type ClassProbabilities = Matrix | readonly ProbabilityRow[];

export function isProbabilities(given: unknown): given is ClassProbabilities {
  if (typeof given !== 'object' || given === null) return false;
  if (!Array.isArray(given)) return 'data' in given && 'cols' in given;
  const [first] = given;
  return typeof first === 'object' && first !== null && !Array.isArray(first);
}

export interface Judged {
  readonly names: readonly string[];
  /** The place of each row's class among the names. */
  readonly codes: Int32Array;
  /** Row-major, a column a class. */
  readonly data: Float64Array;
}

/** Throws PipelineError 'empty', 'length-mismatch', 'unknown-class', 'not-a-probability' (naming the row). */
export function judged(yTrue: LabelVector, given: ClassProbabilities): Judged {
  const labels = labelList(yTrue);
  if (labels.length === 0) throw new PipelineError('empty', 'There is nothing to measure: both lists are empty.');
  const matrix = Array.isArray(given) ? matrixOf(given as readonly ProbabilityRow[]) : (given as Matrix);
  if (matrix.rows !== labels.length) {
    const message = `There are ${labels.length} actual values but ${matrix.rows} rows of probabilities: they must be as many.`;
    throw new PipelineError('length-mismatch', message, { actual: labels.length, predicted: matrix.rows });
  }
  const { names, data, cols } = matrix;
  const place = new Map(names.map((name, k) => [name, k]));
  const codes = Int32Array.from(labels, (label: ClassLabel, i) => {
    const code = place.get(String(label));
    if (code !== undefined) return code;
    const message = `Row ${i + 1} has the class ${JSON.stringify(label)}, but the probabilities are of ${names.join(', ')}.`;
    throw new PipelineError('unknown-class', message, { row: i + 1 });
  });
  for (let i = 0; i < codes.length; i++) {
    let sum = 0;
    for (let k = 0; k < cols; k++) sum += data[i * cols + k]! >= 0 ? data[i * cols + k]! : Number.NaN;
    if (Math.abs(sum - 1) < 1e-6) continue;
    const message = `The probabilities of row ${i + 1} must be at least 0 and add up to 1, but they add up to ${sum}.`;
    throw new PipelineError('not-a-probability', message, { row: i + 1 });
  }
  return { names, codes, data };
}

/** Mean of -log of the probability given to what came true, kept off 0 and 1 as scikit-learn does. */
export function classesLogLoss({ names, codes, data }: Judged): number {
  const cols = names.length;
  let sum = 0;
  for (let i = 0; i < codes.length; i++) {
    let total = 0;
    const clipped = (k: number): number => Math.min(Math.max(data[i * cols + k]!, Number.EPSILON), 1 - Number.EPSILON);
    for (let k = 0; k < cols; k++) total += clipped(k);
    sum -= log(clipped(codes[i]!) / total);
  }
  return sum / codes.length;
}

/** Two classes: mean squared error of the second's probability, 0..1. Several: summed over the classes, 0..2 (Brier 1950). */
export function classesBrier({ names, codes, data }: Judged): number {
  const cols = names.length;
  let sum = 0;
  for (let i = 0; i < codes.length; i++) {
    for (let k = 0; k < cols; k++) sum += square(data[i * cols + k]! - (codes[i] === k ? 1 : 0));
  }
  return sum / codes.length / (cols === 2 ? 2 : 1);
}

function matrixOf(rows: readonly ProbabilityRow[]): Matrix {
  const names = Object.keys(rows[0] ?? {});
  const cols = names.length;
  const data = new Float64Array(rows.length * cols);
  rows.forEach((row, i) => {
    names.forEach((name, k) => {
      data[i * cols + k] = row[name] ?? Number.NaN;
    });
  });
  return { data, rows: rows.length, cols, names };
}
