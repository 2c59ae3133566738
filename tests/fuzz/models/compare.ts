// Draws a case, asks both sides, and says whether they agree; where not, whether that is explained.
import * as core from '#pipeline-core';
import { createRng, PipelineError } from '#pipeline-core';
import { type Kind, ourParams, type Params, theirParams } from './case.ts';
import { type Drawn, drawData } from './data.ts';
import { KINDS } from './kinds.ts';

export interface Case {
  readonly seed: number;
  readonly kind: Kind;
  readonly params: Params;
  readonly data: Drawn;
  readonly y: readonly (number | string)[];
  readonly weight: readonly number[] | null;
}

export interface Theirs {
  readonly answer?: unknown;
  readonly settled?: readonly boolean[];
  readonly error?: string;
  /** Of linear models that are asked for it. */
  readonly coef?: readonly (readonly number[])[];
  readonly intercept?: readonly number[];
}

export interface Verdict {
  readonly outcome: 'same' | 'both refuse' | 'explained' | 'different';
  readonly why: string;
}

/** @param place of the kind among KINDS */
export function caseOf(seed: number, place: number): Case {
  const random = createRng(seed);
  const kind = KINDS[place]!;
  const data = drawData(random.int(2 ** 31), kind.data);
  const y = data[kind.target ?? 'value'];
  const weight = kind.weights === true && random.int(2) === 0 ? data.weight : null;
  return { seed, kind, params: kind.params(random, data), data, y, weight };
}

/** The case as scikit-learn's side takes it. */
export function jobOf({ kind, params, data, y, weight }: Case): object {
  const rows = (list: readonly (readonly number[])[]) =>
    list.map((row) => row.map((value) => (Number.isNaN(value) ? null : value)));
  return {
    make: { class: kind.name, params: { ...theirParams(params), ...kind.theirs } },
    x: rows(data.x),
    y,
    weight,
    test: rows(data.test),
    ask: kind.ask,
    coef: kind.loss !== undefined,
    jitter: kind.jitter ?? null,
    // Labels and counts cannot be moved a little: weights are.
    weigh: kind.target === 'label' || kind.target === 'count',
  };
}

type Answer = number[][];

/** Of all kinds together: a case asks what its kind has. */
interface AnyModel {
  readonly featureImportances: Float64Array;
  readonly coef: readonly Float64Array[];
  readonly intercept: Float64Array;
  fit(x: number[][], y: readonly unknown[], options: object): unknown;
  predict(x: number[][]): ArrayLike<number>;
  probabilities(x: number[][]): core.Matrix;
  decisionFunction(x: number[][]): core.Matrix;
  transform(x: number[][]): core.Matrix;
  fitTransform(x: number[][], y: readonly unknown[]): core.Matrix;
}

const classes = core as unknown as Record<string, new (params: object) => Record<string, unknown>>;

function build(of: { class: string; params: Params }): Record<string, unknown> {
  return new classes[of.class]!(ourParams(of.params, build));
}

/** Ours, as rows of numbers. Throws PipelineError. */
export function oursOf({ kind, params, data, y, weight }: Case): Answer {
  const model = build({ class: kind.name, params }) as unknown as AnyModel;
  const options = weight === null ? {} : { sampleWeight: weight };
  if (kind.ask === 'transform') {
    model.fit(data.x, y, options);
    return rowsOf(model.transform(data.test));
  }
  if (kind.ask === 'fit_transform') {
    return rowsOf(model.fitTransform(data.x, y));
  }
  model.fit(data.x, y, options);
  if (kind.ask === 'feature_importances_') {
    return Array.from(model.featureImportances, (value) => [value]);
  }
  if (kind.ask === 'predict_proba') return rowsOf(model.probabilities(data.test));
  if (kind.ask === 'decision_function') {
    return rowsOf(model.decisionFunction(data.test));
  }
  return Array.from(model.predict(data.test), (value) => [value]);
}

function rowsOf({ data, rows, cols }: core.Matrix): Answer {
  return Array.from({ length: rows }, (_, i) => [...data.subarray(i * cols, (i + 1) * cols)]);
}

/** Whether the version that answers has this class. */
export function isThere({ since }: Kind, version: string): boolean {
  const [major, minor] = version.split('.').map(Number) as [number, number];
  const [a, b] = (since ?? '0.0').split('.').map(Number) as [number, number];
  return major > a || (major === a && minor >= b);
}

export function compare(question: Case, theirs: Theirs): Verdict {
  const { kind } = question;
  let ours: Answer;
  try {
    ours = oursOf(question);
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    if (theirs.error !== undefined) return { outcome: 'both refuse', why: `${error.message} | ${theirs.error}` };
    const instead = kind.refuses?.[error.code];
    if (instead !== undefined) return { outcome: 'explained', why: `${error.message} (scikit-learn: ${instead})` };
    return { outcome: 'different', why: `ours refuses (${error.code}): ${error.message}` };
  }
  if (theirs.error !== undefined) return explainedError(theirs.error);
  const given = theirs.answer as readonly unknown[];
  const other = given.map((row) => (Array.isArray(row) ? row : [row]));
  if (other.length !== ours.length || other[0]!.length !== ours[0]!.length) {
    return {
      outcome: 'different',
      why: `ours is ${ours.length} x ${ours[0]!.length}, theirs ${other.length} x ${other[0]!.length}`,
    };
  }
  const flip = kind.anySign === true ? signsOf(ours, other) : null;
  const tied = kind.tied?.(question.params, question.data);
  let scale = 1;
  for (const row of other)
    for (const value of row) if (typeof value === 'number') scale = Math.max(scale, Math.abs(value));
  let [worst, at, unsettled] = [0, 0, 0];
  ours.forEach((row, i) => {
    const gap = Math.max(...row.map((value, j) => gapOf(value * (flip?.[j] ?? 1), other[i]![j], value)));
    if (gap <= kind.tolerance * scale) return;
    if (theirs.settled?.[i] === false || tied?.[i] === true) unsettled++;
    else if (gap > worst) [worst, at] = [gap, i];
  });
  const short = worst > 0 ? shortfall(question, theirs) : 0;
  if (short > 0) {
    return { outcome: 'explained', why: `scikit-learn's loss is larger than ours by ${short.toExponential(1)} of it` };
  }
  const shifts = ours[0]!.map((value, j) => value - Number(other[0]![j]));
  const isShifted = ours.every((row, i) =>
    row.every((value, j) => Math.abs(value - Number(other[i]![j]) - shifts[j]!) <= kind.tolerance * scale),
  );
  if (worst > 0 && isShifted && kind.asGood?.(question, shifts) === true) {
    return {
      outcome: 'explained',
      why: `every intercept from ours to ${shifts.join(', ')} below it has the same loss`,
    };
  }
  if (worst > 0) {
    return {
      outcome: 'different',
      why: `row ${at + 1}: ours ${ours[at]!.join(' ')}, theirs ${other[at]!.join(' ')} (gap ${worst.toExponential(2)})`,
    };
  }
  if (unsettled === 0) return { outcome: 'same', why: '' };
  return {
    outcome: 'explained',
    why: `${unsettled} rows hang on rounding or on the order of ties: scikit-learn's own answers change there`,
  };
}

/** How much larger their loss is than ours, as a share of it; 0 where that is no more than rounding. */
function shortfall(question: Case, theirs: Theirs): number {
  const { kind, params, data, y, weight } = question;
  if (kind.loss === undefined || theirs.coef === undefined) return 0;
  const model = build({ class: kind.name, params }) as unknown as AnyModel;
  model.fit(data.x, y, weight === null ? {} : { sampleWeight: weight });
  const ours = kind.loss(
    question,
    model.coef.map((own) => [...own]),
    [...model.intercept],
  );
  const more = (kind.loss(question, theirs.coef, theirs.intercept ?? []) - ours) / Math.abs(ours);
  return more > 1e-14 ? more : 0;
}

function gapOf(ours: number, theirs: unknown, raw: unknown): number {
  if (typeof theirs !== 'number')
    return theirs === null ? (Number.isNaN(ours) ? 0 : Infinity) : raw === theirs ? 0 : Infinity;
  return Number.isNaN(ours) ? Infinity : Math.abs(ours - theirs);
}

// A component may point either way.
function signsOf(ours: Answer, other: readonly (readonly unknown[])[]): number[] {
  return ours[0]!.map((_, j) => {
    const product = ours.reduce((sum, row, i) => sum + row[j]! * (other[i]![j] as number), 0);
    return product < 0 ? -1 : 1;
  });
}

/** What scikit-learn refuses and we answer. */
const THEIR_LIMITS: readonly (readonly [part: string, why: string])[] = [
  ['needs samples of at least 2 classes', 'one class is answered with certainty'],
  ['The least populated class', 'a warning of theirs'],
  ['a minimum of 2 is required by RFE', 'the only column is kept'],
];

function explainedError(error: string): Verdict {
  const known = THEIR_LIMITS.find(([part]) => error.includes(part));
  if (known !== undefined) return { outcome: 'explained', why: `${error} (ours: ${known[1]})` };
  return { outcome: 'different', why: `theirs refuses: ${error}` };
}
