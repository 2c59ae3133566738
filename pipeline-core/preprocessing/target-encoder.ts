// Words to the mean target of the rows that hold them, drawn towards the overall mean where such rows are few
// (Micci-Barreca 2001; parameters and formulas as scikit-learn's TargetEncoder). A missing value is a word of its own; a
// word not seen at fit answers the overall mean.
// Invariant: fitTransform answers for each row without its own target (by folds), so that training rows do not carry it.

import { PipelineError } from '../core/errors.ts';
import type { ClassLabel, LabelVector } from '../estimator/classifier.ts';
import { classesOf, codesOfLabels, labelList } from '../estimator/labels.ts';
import type { Matrix } from '../estimator/model.ts';
import { demandBoolean, demandNumber, demandOneOf, demandWhole, resolveParams } from '../estimator/params.ts';
import { kFold } from '../estimator/split.ts';
import { square } from '../math/deterministic-math.ts';
import type { Cell } from '../table/column.ts';
import { type Categories, codesOf, learnCategories } from './categories.ts';
import {
  type CellColumns,
  cellInput,
  demandStep,
  FittedStep,
  type StepTarget,
  type TransformerJson,
  type TransformInput,
} from './transformer.ts';

export interface TargetEncoderParams {
  readonly categories: Categories;
  /** 'auto': words and false / true are classes, numbers are 'continuous'. Of several classes a column each. */
  readonly targetType: 'auto' | 'continuous' | 'binary' | 'multiclass';
  /** Rows' worth of the overall mean that is mixed in; 'auto': by how much the target varies inside a word and over all. */
  readonly smooth: 'auto' | number;
  /** Folds of fitTransform, at least 2. */
  readonly cv: number;
  readonly shuffle: boolean;
  /** Seed of the shuffled folds. */
  readonly randomState: number;
}

interface State {
  readonly names: readonly string[];
  readonly categories: readonly (readonly Cell[])[];
  /** The classes where there are several; else null. */
  readonly classes: readonly ClassLabel[] | null;
  /** One list of values a column and output, in the order of the categories. */
  readonly encodings: readonly (readonly (readonly number[])[])[];
  /** One an output: the answer for an unknown word. */
  readonly means: readonly number[];
}

const DEFAULTS: TargetEncoderParams = {
  categories: 'auto',
  targetType: 'auto',
  smooth: 'auto',
  cv: 5,
  shuffle: true,
  randomState: 0,
};

export class TargetEncoder extends FittedStep<State> {
  readonly kind = 'TargetEncoder';
  readonly params: TargetEncoderParams;

  constructor(params: Partial<TargetEncoderParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    demandOneOf('targetType', this.params.targetType, ['auto', 'continuous', 'binary', 'multiclass']);
    if (this.params.smooth !== 'auto') demandNumber('smooth', this.params.smooth, 0);
    demandWhole('cv', this.params.cv, 2);
    demandBoolean('shuffle', this.params.shuffle);
    demandWhole('randomState', this.params.randomState, 0);
  }

  /** The values of each column, after fit. */
  get categories(): readonly (readonly Cell[])[] {
    return this.demandFitted().categories;
  }

  /** The overall mean of the target; of several classes the share of each. */
  get targetMean(): readonly number[] {
    return this.demandFitted().means;
  }

  /** Throws PipelineError 'no-target', 'length-mismatch', 'not-finite', 'not-labels'. */
  fit(input: TransformInput, y?: StepTarget): this {
    this.learn(cellInput(input), y);
    return this;
  }

  /** For training rows: each is encoded by the folds that do not hold it. Throws also 'too-few-rows'. */
  override fitTransform(input: TransformInput, y?: StepTarget): Matrix {
    const cells = cellInput(input);
    const { categories, targets, stratify } = this.learn(cells, y);
    const { cv, shuffle, randomState } = this.params;
    const codes = categories.map((values, j) => codesOf(cells, j, values));
    const outputs = targets.length;
    const cols = categories.length * outputs;
    const data = new Float64Array(cells.rows * cols);
    const seed = shuffle ? { shuffle, randomState } : { shuffle };
    for (const { train, test } of kFold(cells.rows, { nSplits: cv, ...seed, ...(stratify && { stratify }) })) {
      targets.forEach((target, c) => {
        const mean = meanOf(target, train);
        codes.forEach((own, j) => {
          const learned = encodingOf({ codes: own, target, rows: train }, categories[j]!.length, this.params.smooth);
          for (const i of test) data[i * cols + j * outputs + c] = learned[own[i]!] ?? mean;
        });
      });
    }
    return { data, rows: cells.rows, cols, names: this.outputNames() };
  }

  transform(input: TransformInput): Matrix {
    const { names, categories, encodings, means } = this.demandFitted();
    const cells = cellInput(input, names);
    const outputs = means.length;
    const cols = names.length * outputs;
    const data = new Float64Array(cells.rows * cols);
    categories.forEach((values, j) => {
      const codes = codesOf(cells, j, values);
      for (let c = 0; c < outputs; c++) {
        const learned = encodings[j]![c]!;
        for (let i = 0; i < codes.length; i++) data[i * cols + j * outputs + c] = learned[codes[i]!] ?? means[c]!;
      }
    });
    return { data, rows: cells.rows, cols, names: this.outputNames() };
  }

  /** The columns' own names; of several classes `column_class`. */
  outputNames(): string[] {
    const { names, classes } = this.demandFitted();
    if (classes === null) return [...names];
    return names.flatMap((name) => classes.map((label) => `${name}_${label}`));
  }

  clone(): TargetEncoder {
    return new TargetEncoder(this.params);
  }

  toJSON(): TransformerJson {
    return { kind: this.kind, version: 1, params: { ...this.params }, state: this.state };
  }

  static fromJSON(json: TransformerJson): TargetEncoder {
    demandStep(json, 'TargetEncoder');
    const step = new TargetEncoder(json.params);
    step.state = json.state as State | null;
    return step;
  }

  private learn(cells: CellColumns, y: StepTarget | undefined) {
    if (y === undefined) {
      const message =
        'TargetEncoder learns from the target: call fit(x, y), or put it into a Pipeline, which hands y on.';
      throw new PipelineError('no-target', message);
    }
    const labels = labelList(y as LabelVector, cells.rows);
    if (labels.length === 0)
      throw new PipelineError('empty', 'There are no rows to learn from: fit needs at least one.');
    const { targets, classes, stratify } = targetsOf(labels, this.params.targetType);
    const categories = learnCategories(cells, this.params.categories);
    const rows = Int32Array.from(labels, (_, i) => i);
    const encodings = categories.map((values, j) => {
      const codes = codesOf(cells, j, values);
      return targets.map((target) => [...encodingOf({ codes, target, rows }, values.length, this.params.smooth)]);
    });
    this.state = { names: cells.names, categories, classes, encodings, means: targets.map((own) => meanOf(own, rows)) };
    return { categories, targets, stratify };
  }
}

function targetsOf(labels: readonly ClassLabel[], type: TargetEncoderParams['targetType']) {
  const number = typeof labels[0] === 'number';
  if (type === 'continuous' || (type === 'auto' && number)) {
    const word = labels.findIndex((label) => typeof label !== 'number');
    if (word >= 0) {
      const message = `The target of row ${word + 1} is ${JSON.stringify(labels[word])}: with targetType 'continuous' it must be a number.`;
      throw new PipelineError('not-finite', message, { row: word + 1 });
    }
    return { targets: [Float64Array.from(labels as number[])], classes: null, stratify: undefined };
  }
  const classes = classesOf(labels);
  if (type === 'binary' && classes.length > 2) {
    const message = `The target has ${classes.length} classes, but targetType is 'binary': leave it 'auto', or 'multiclass'.`;
    throw new PipelineError('bad-param', message, { param: 'targetType' });
  }
  const codes = codesOfLabels(labels, classes);
  const shares = (k: number) => Float64Array.from(codes, (code) => (code === k ? 1 : 0));
  const several = classes.length > 2;
  const targets = several ? classes.map((_, k) => shares(k)) : [shares(classes.length - 1)];
  return { targets, classes: several ? classes : null, stratify: codes };
}

interface Rows {
  readonly codes: Int32Array;
  readonly target: Float64Array;
  readonly rows: Int32Array;
}

function meanOf(target: Float64Array, rows: Int32Array): number {
  let sum = 0;
  for (const i of rows) sum += target[i]!;
  return sum / rows.length;
}

function encodingOf({ codes, target, rows }: Rows, count: number, smooth: 'auto' | number): Float64Array {
  const mean = meanOf(target, rows);
  const sum = new Float64Array(count);
  const n = new Float64Array(count);
  let variance = 0;
  for (const i of rows) {
    variance += square(target[i]! - mean);
    if (codes[i]! < 0) continue;
    sum[codes[i]!]! += target[i]!;
    n[codes[i]!]!++;
  }
  variance /= rows.length;
  if (smooth !== 'auto') return sum.map((own, c) => (n[c] === 0 ? mean : (own + smooth * mean) / (n[c]! + smooth)));
  const squares = new Float64Array(count);
  for (const i of rows) if (codes[i]! >= 0) squares[codes[i]!]! += square(target[i]! - sum[codes[i]!]! / n[codes[i]!]!);
  return sum.map((own, c) => {
    // Empirical Bayes: how far the word's own mean may be trusted.
    const within = squares[c]! / n[c]!;
    const trust = (variance * n[c]!) / (variance * n[c]! + within);
    return Number.isNaN(trust) ? mean : trust * (own / n[c]!) + (1 - trust) * mean;
  });
}
