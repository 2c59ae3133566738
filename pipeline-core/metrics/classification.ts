// Measures of pass / fail. Each takes 0/1 (or false/true) labels as scikit-learn does, or numbers such as grades with
// `pass`, the least value that passes. What is neither is refused: a probability or a third class is never rounded away.
// Edge cases as in scikit-learn 1.2; where it raises or answers NaN, these throw PipelineError with a sentence.

import { PipelineError } from '../core/errors.ts';
import type { LabelVector } from '../estimator/classifier.ts';
import { type Vector, vectorOf } from '../estimator/frames.ts';
import { refuseWeights } from '../estimator/weights.ts';
import { log, square } from '../math/deterministic-math.ts';
import {
  INSTEAD_OF_WEIGHTS,
  type Labels,
  labelPairs,
  labelsOf,
  numbersOf,
  type PassOptions,
  truthWithProbability,
} from './binary-labels.ts';
import { demandPairs } from './check-pairs.ts';
import { type Average, averagedScores, classScores } from './labels-and-averages.ts';
import { type ClassProbabilities, classesBrier, classesLogLoss, isProbabilities, judged } from './probabilities.ts';

/** How a figure a class becomes one: see Average; of two classes it may be left out where they are 0 and 1. */
export interface AverageOptions extends PassOptions {
  readonly average?: Average;
}

/** Counts of [[true fails, false passes], [false fails, true passes]]: row the truth, column the prediction. */
export type ConfusionMatrix = readonly [readonly [number, number], readonly [number, number]];

/** Throws PipelineError 'empty' | 'length-mismatch' | 'not-finite' | 'not-labels', as all below. */
export function confusionMatrix(yTrue: Labels, yPred: Labels, options: PassOptions = {}): ConfusionMatrix {
  refuseWeights('confusionMatrix', options, INSTEAD_OF_WEIGHTS, ['pass']);
  const { actual, predicted } = labelPairs(yTrue, yPred, options.pass);
  const counts: [[number, number], [number, number]] = [
    [0, 0],
    [0, 0],
  ];
  for (let i = 0; i < actual.length; i++) counts[actual[i] as 0 | 1][predicted[i] as 0 | 1]++;
  return counts;
}

/** Share of rows predicted right, 0..1. */
export function accuracy(yTrue: LabelVector, yPred: LabelVector, options?: PassOptions): number {
  refuseWeights('accuracy', options, INSTEAD_OF_WEIGHTS, ['pass']);
  if (areClasses(yTrue, yPred, options)) return averagedScores(yTrue, yPred, 'micro').recall;
  const [[trueFails, falsePasses], [falseFails, truePasses]] = confusionMatrix(
    yTrue as Labels,
    yPred as Labels,
    options,
  );
  return (trueFails + truePasses) / (trueFails + falsePasses + falseFails + truePasses);
}

/** Mean of the shares predicted right among those who failed and those who passed; a class that is absent is left out. */
export function balancedAccuracy(yTrue: LabelVector, yPred: LabelVector, options?: PassOptions): number {
  refuseWeights('balancedAccuracy', options, INSTEAD_OF_WEIGHTS, ['pass']);
  if (areClasses(yTrue, yPred, options)) {
    const present = classScores(yTrue, yPred).filter(({ support }) => support > 0);
    return present.reduce((sum, one) => sum + one.recall, 0) / present.length;
  }
  const recalls = confusionMatrix(yTrue as Labels, yPred as Labels, options)
    .map((row, label) => ({ right: row[label as 0 | 1], all: row[0] + row[1] }))
    .filter(({ all }) => all > 0)
    .map(({ right, all }) => right / all);
  return recalls.reduce((sum, share) => sum + share, 0) / recalls.length;
}

/** Of those predicted to pass, the share who did; 0 where nobody is. */
export function precision(yTrue: LabelVector, yPred: LabelVector, options?: AverageOptions): number {
  refuseWeights('precision', options, INSTEAD_OF_WEIGHTS, ['pass', 'average']);
  if (options?.average !== undefined) return averagedScores(yTrue, yPred, options.average).precision;
  if (areClasses(yTrue, yPred, options)) refuseWords('precision');
  const [[, falsePasses], [, truePasses]] = confusionMatrix(yTrue as Labels, yPred as Labels, options);
  return share(truePasses, truePasses + falsePasses);
}

/** Of those who passed, the share predicted to; 0 where nobody passed. */
export function recall(yTrue: LabelVector, yPred: LabelVector, options?: AverageOptions): number {
  refuseWeights('recall', options, INSTEAD_OF_WEIGHTS, ['pass', 'average']);
  if (options?.average !== undefined) return averagedScores(yTrue, yPred, options.average).recall;
  if (areClasses(yTrue, yPred, options)) refuseWords('recall');
  const [, [falseFails, truePasses]] = confusionMatrix(yTrue as Labels, yPred as Labels, options);
  return share(truePasses, truePasses + falseFails);
}

/** Harmonic mean of precision and recall; 0 where both are. */
export function f1(yTrue: LabelVector, yPred: LabelVector, options?: AverageOptions): number {
  refuseWeights('f1', options, INSTEAD_OF_WEIGHTS, ['pass', 'average']);
  if (options?.average !== undefined) return averagedScores(yTrue, yPred, options.average).f1;
  if (areClasses(yTrue, yPred, options)) refuseWords('f1');
  const [[, falsePasses], [falseFails, truePasses]] = confusionMatrix(yTrue as Labels, yPred as Labels, options);
  return share(2 * truePasses, 2 * truePasses + falsePasses + falseFails);
}

/**
 * The chance that a random pass is scored above a random fail; ties count half. 0.5 is guessing, 1 perfect.
 * @param scored any number that rises with passing: a probability or the predicted grade itself; or the probabilities of
 * a classifier, of several classes the mean over them of one against the rest
 * Throws PipelineError 'one-class' where all passed or all failed.
 */
export function rocAuc(yTrue: LabelVector, scored: Vector | ClassProbabilities, options: PassOptions = {}): number {
  refuseWeights('rocAuc', options, INSTEAD_OF_WEIGHTS, ['pass']);
  if (isProbabilities(scored)) return classesAuc(yTrue, scored);
  return binaryAuc(yTrue as Labels, scored, options);
}

function binaryAuc(yTrue: Labels, scored: Vector, options: PassOptions): number {
  const { n, predicted: score } = demandPairs(numbersOf(yTrue), scored);
  const actual = labelsOf(numbersOf(yTrue), options.pass, 'actual');
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => score[a]! - score[b]! || a - b);
  let passes = 0;
  let rankSum = 0;
  for (let start = 0; start < n; ) {
    let end = start;
    let tiedPasses = 0;
    while (end < n && score[order[end]!]! === score[order[start]!]!) tiedPasses += actual[order[end++]!]!;
    // Tied rows share the mean of their ranks (Mann & Whitney 1947).
    rankSum += (tiedPasses * (start + end + 1)) / 2;
    passes += tiedPasses;
    start = end;
  }
  if (passes === 0 || passes === n) {
    const message = `All ${n} rows ${passes === 0 ? 'failed' : 'passed'}: the area under the ROC curve needs both kinds.`;
    throw new PipelineError('one-class', message, { rows: n });
  }
  return (rankSum - (passes * (passes + 1)) / 2) / (passes * (n - passes));
}

/** Mean of -log of the probability given to what came true (natural log); probabilities are kept off 0 and 1 by 2.2e-16. */
export function logLoss(yTrue: LabelVector, given: Vector | ClassProbabilities, options: PassOptions = {}): number {
  refuseWeights('logLoss', options, INSTEAD_OF_WEIGHTS, ['pass']);
  if (isProbabilities(given)) return classesLogLoss(judged(yTrue, given));
  const { actual, probability } = truthWithProbability(yTrue as Labels, given, options);
  let sum = 0;
  for (let i = 0; i < actual.length; i++) {
    const p = Math.min(Math.max(probability[i]!, Number.EPSILON), 1 - Number.EPSILON);
    sum -= log(actual[i] === 1 ? p : 1 - p);
  }
  return sum / actual.length;
}

/** Brier score: mean squared difference of probability and what came true, 0..1; lower is better. */
export function brier(yTrue: LabelVector, given: Vector | ClassProbabilities, options: PassOptions = {}): number {
  refuseWeights('brier', options, INSTEAD_OF_WEIGHTS, ['pass']);
  if (isProbabilities(given)) return classesBrier(judged(yTrue, given));
  const { actual, probability } = truthWithProbability(yTrue as Labels, given, options);
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += square(probability[i]! - actual[i]!);
  return sum / actual.length;
}

// Words, or numbers of more than two kinds that no pass mark is given for. What is neither 0 nor 1 but has a fraction is a
// probability or a grade, and is refused below.
function areClasses(yTrue: LabelVector, yPred: LabelVector, options: PassOptions | undefined): boolean {
  if (options?.pass !== undefined) return false;
  return [yTrue, yPred].some((given) => {
    const list = vectorOf((given ?? []) as Vector) as ArrayLike<unknown>;
    return typeof list[0] === 'string';
  });
}

function refuseWords(measure: string): never {
  const message = `Of classes by name say how ${measure} is averaged over them: { average: 'macro' }; classScores gives each class its own.`;
  throw new PipelineError('bad-param', message, { param: 'average' });
}

function classesAuc(yTrue: LabelVector, given: ClassProbabilities): number {
  const { names, codes, data } = judged(yTrue, given);
  const cols = names.length;
  const aucOf = (k: number): number =>
    binaryAuc(
      Uint8Array.from(codes, (code) => (code === k ? 1 : 0)),
      Float64Array.from(codes, (_, i) => data[i * cols + k]!),
      {},
    );
  if (cols === 2) return aucOf(1);
  return names.reduce((sum, _, k) => sum + aucOf(k), 0) / cols;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
