// Measures of pass / fail. Each takes 0/1 (or false/true) labels as scikit-learn does, or numbers such as grades with
// `pass`, the least value that passes. What is neither is refused: a probability or a third class is never rounded away.
// Edge cases as in scikit-learn 1.2; where it raises or answers NaN, these throw PipelineError with a sentence.

import { PipelineError } from '../core/errors.ts';
import type { LabelVector } from '../estimator/classifier.ts';
import { type SeriesLike, type Vector, vectorOf } from '../estimator/frames.ts';
import { demandOneOf } from '../estimator/params.ts';
import { refuseWeights } from '../estimator/weights.ts';
import { log, square } from '../math/deterministic-math.ts';
import { demandPairs } from './check-pairs.ts';
import { type Average, averagedScores, classScores } from './labels-and-averages.ts';
import { type ClassProbabilities, classesBrier, classesLogLoss, isProbabilities, judged } from './probabilities.ts';

export type Labels = ArrayLike<number> | ArrayLike<boolean> | SeriesLike;

/** What to do where rows do not count alike. */
const INSTEAD_OF_WEIGHTS = 'rows count alike here; rmse, mae and r2 take weights, and so do fit and score of a model';

export interface PassOptions {
  /** The values are numbers such as grades, and this is the least that passes. Without it they must be 0 and 1. */
  readonly pass?: number;
}

/** How a figure a class becomes one: see Average; of two classes it may be left out where they are 0 and 1. */
export interface AverageOptions extends PassOptions {
  readonly average?: Average;
}

/** Counts of [[true fails, false passes], [false fails, true passes]]: row the truth, column the prediction. */
export type ConfusionMatrix = readonly [readonly [number, number], readonly [number, number]];

/** Throws PipelineError 'empty' | 'length-mismatch' | 'not-finite' | 'not-labels', as all below. */
export function confusionMatrix(yTrue: Labels, yPred: Labels, options: PassOptions = {}): ConfusionMatrix {
  refuseWeights('confusionMatrix', options, INSTEAD_OF_WEIGHTS);
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
  refuseWeights('accuracy', options, INSTEAD_OF_WEIGHTS);
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
  refuseWeights('balancedAccuracy', options, INSTEAD_OF_WEIGHTS);
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
  refuseWeights('precision', options, INSTEAD_OF_WEIGHTS);
  if (options?.average !== undefined) return averagedScores(yTrue, yPred, options.average).precision;
  if (areClasses(yTrue, yPred, options)) refuseWords('precision');
  const [[, falsePasses], [, truePasses]] = confusionMatrix(yTrue as Labels, yPred as Labels, options);
  return share(truePasses, truePasses + falsePasses);
}

/** Of those who passed, the share predicted to; 0 where nobody passed. */
export function recall(yTrue: LabelVector, yPred: LabelVector, options?: AverageOptions): number {
  refuseWeights('recall', options, INSTEAD_OF_WEIGHTS);
  if (options?.average !== undefined) return averagedScores(yTrue, yPred, options.average).recall;
  if (areClasses(yTrue, yPred, options)) refuseWords('recall');
  const [, [falseFails, truePasses]] = confusionMatrix(yTrue as Labels, yPred as Labels, options);
  return share(truePasses, truePasses + falseFails);
}

/** Harmonic mean of precision and recall; 0 where both are. */
export function f1(yTrue: LabelVector, yPred: LabelVector, options?: AverageOptions): number {
  refuseWeights('f1', options, INSTEAD_OF_WEIGHTS);
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
  refuseWeights('rocAuc', options, INSTEAD_OF_WEIGHTS);
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
  refuseWeights('logLoss', options, INSTEAD_OF_WEIGHTS);
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
  refuseWeights('brier', options, INSTEAD_OF_WEIGHTS);
  if (isProbabilities(given)) return classesBrier(judged(yTrue, given));
  const { actual, probability } = truthWithProbability(yTrue as Labels, given, options);
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += square(probability[i]! - actual[i]!);
  return sum / actual.length;
}

export interface CalibrationOptions extends PassOptions {
  /** Default 5. */
  readonly nBins?: number;
  /** 'uniform' (default): bins of equal width; 'quantile': bins of equally many rows. */
  readonly strategy?: 'uniform' | 'quantile';
}

/** One entry per bin that holds rows, in ascending order. */
export interface CalibrationCurve {
  /** Share who passed. */
  readonly probTrue: readonly number[];
  /** Mean probability given. */
  readonly probPred: readonly number[];
  /** Rows. */
  readonly count: readonly number[];
  readonly xLabel: string;
  readonly yLabel: string;
}

/** How often those given a probability of p did pass; on the diagonal the probabilities can be taken at their word. */
export function calibrationCurve(yTrue: Labels, given: Vector, options: CalibrationOptions = {}): CalibrationCurve {
  refuseWeights('calibrationCurve', options, INSTEAD_OF_WEIGHTS);
  const { actual, probability } = truthWithProbability(yTrue, given, options);
  const { nBins = 5, strategy = 'uniform' } = options;
  if (!Number.isInteger(nBins) || nBins < 1) {
    throw new PipelineError('bad-param', `nBins must be a whole number of at least 1, but it is ${nBins}.`);
  }
  demandOneOf('strategy', strategy, ['uniform', 'quantile']);
  const sorted = Float64Array.from(probability).sort();
  const inner = Array.from({ length: nBins - 1 }, (_, k) => {
    const at = (k + 1) / nBins;
    return strategy === 'uniform' ? at : quantile(sorted, at);
  });
  const bins = Array.from({ length: nBins }, () => ({ count: 0, passes: 0, sum: 0 }));
  for (let i = 0; i < actual.length; i++) {
    const p = probability[i]!;
    const bin = bins[inner.filter((edge) => edge < p).length]!;
    bin.count++;
    bin.passes += actual[i]!;
    bin.sum += p;
  }
  const filled = bins.filter(({ count }) => count > 0);
  return {
    probTrue: filled.map(({ passes, count }) => passes / count),
    probPred: filled.map(({ sum, count }) => sum / count),
    count: filled.map(({ count }) => count),
    xLabel: 'Mean predicted probability of passing',
    yLabel: 'Share who passed',
  };
}

/** Truth as 0 and 1 beside scores. Throws as rocAuc. */
export function labelsWithScores(yTrue: Labels, scored: Vector, { pass }: PassOptions) {
  const { predicted: score } = demandPairs(numbersOf(yTrue), scored);
  return { actual: labelsOf(numbersOf(yTrue), pass, 'actual'), score };
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

interface LabelPairs {
  readonly actual: Uint8Array;
  readonly predicted: Uint8Array;
}

function labelPairs(yTrue: Labels, yPred: Labels, pass: number | undefined): LabelPairs {
  const actual = numbersOf(yTrue);
  const predicted = numbersOf(yPred);
  demandPairs(actual, predicted);
  return { actual: labelsOf(actual, pass, 'actual'), predicted: labelsOf(predicted, pass, 'predicted') };
}

function labelsOf(values: Float64Array, pass: number | undefined, side: 'actual' | 'predicted'): Uint8Array {
  if (pass !== undefined) {
    if (!Number.isFinite(pass)) {
      throw new PipelineError('bad-param', `pass must be a finite number, but it is ${pass}.`, { param: 'pass' });
    }
    if (pass > 1 && isMixed(values)) {
      const message = `The ${side} values are 0 and 1 already: leave out pass (${pass}), or give the numbers it applies to.`;
      throw new PipelineError('not-labels', message, { side });
    }
    return Uint8Array.from(values, (value) => (value >= pass ? 1 : 0));
  }
  const row = values.findIndex((value) => value !== 0 && value !== 1);
  if (row === -1) return Uint8Array.from(values);
  const value = values[row]!;
  const remedy =
    value > 0 && value < 1
      ? 'For probabilities choose a threshold first: p.map((one) => (one >= 0.5 ? 1 : 0)).'
      : 'For numbers such as grades say which value passes: { pass: 10 }. Several classes are given by name: labels.map(String).';
  const message = `Row ${row + 1} of the ${side} values is ${value}: labels must be 0 or 1, or false or true. ${remedy}`;
  throw new PipelineError('not-labels', message, { side, row: row + 1 });
}

/** Both labels and nothing else. */
function isMixed(values: Float64Array): boolean {
  return values.includes(0) && values.includes(1) && values.every((value) => value === 0 || value === 1);
}

function truthWithProbability(yTrue: Labels, given: Vector, { pass }: PassOptions) {
  const { n, predicted: probability } = demandPairs(numbersOf(yTrue), given);
  for (let i = 0; i < n; i++) {
    const p = probability[i]!;
    if (p < 0 || p > 1) {
      const message = `Row ${i + 1} has the probability ${p}: it must lie between 0 and 1. For predicted grades use passProbability first.`;
      throw new PipelineError('not-a-probability', message, { row: i + 1 });
    }
  }
  return { actual: labelsOf(numbersOf(yTrue), pass, 'actual'), probability };
}

function numbersOf(values: Labels): Float64Array {
  const list = vectorOf((values ?? []) as Vector) as ArrayLike<number | boolean | null>;
  // null is missing, not 0.
  return Float64Array.from(list, (value) => (value === null ? Number.NaN : Number(value)));
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function quantile(sorted: Float64Array, at: number): number {
  const place = at * (sorted.length - 1);
  const lower = sorted[Math.floor(place)]!;
  return lower + (place - Math.floor(place)) * (sorted[Math.ceil(place)]! - lower);
}
