// Missing numbers filled in with a figure of the training rows. Parameters as scikit-learn's SimpleImputer.
// Words need none: OneHotEncoder takes a missing word as a value of its own.

import { PipelineError } from '../core/errors.ts';
import type { Matrix } from '../estimator/model.ts';
import { demandBoolean, demandOneOf, refuse, resolveParams } from '../estimator/params.ts';
import { quantile } from '../math/distribution.ts';
import {
  demandInput,
  demandStep,
  FittedStep,
  mapCells,
  numberInput,
  type TransformerJson,
  type TransformInput,
} from './transformer.ts';

export interface ImputerParams {
  /** 'most_frequent' takes the smallest of equally frequent values. */
  readonly strategy: 'mean' | 'median' | 'most_frequent' | 'constant';
  /** For strategy 'constant'. */
  readonly fillValue: number;
  /** Adds a column `missing_<name>` of 0 and 1 for each column that had missing values at fit. */
  readonly addIndicator: boolean;
}

interface State {
  readonly names: readonly string[];
  readonly fill: readonly number[];
  /** Positions of the columns that had missing values at fit. */
  readonly gaps: readonly number[];
}

const DEFAULTS: ImputerParams = { strategy: 'mean', fillValue: 0, addIndicator: false };

export class SimpleImputer extends FittedStep<State> {
  readonly kind = 'SimpleImputer';
  readonly params: ImputerParams;

  constructor(params: Partial<ImputerParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    demandOneOf('strategy', this.params.strategy, ['mean', 'median', 'most_frequent', 'constant']);
    if (!Number.isFinite(this.params.fillValue)) refuse('fillValue', this.params.fillValue, 'a number');
    demandBoolean('addIndicator', this.params.addIndicator);
  }

  /** What each column's missing values become. */
  get statistics(): readonly number[] {
    return this.demandFitted().fill;
  }

  /** Throws PipelineError 'empty-column' for a column without any value, unless the strategy is 'constant'. */
  fit(input: TransformInput): this {
    demandInput(input, true);
    const matrix = numberInput(input);
    const present = matrix.names.map((_, j) => presentIn(matrix, j));
    const fill = present.map((values, j) => this.figure(values, matrix.names[j]!));
    const gaps = present.flatMap((values, j) => (values.length < matrix.rows ? [j] : []));
    this.state = { names: matrix.names, fill, gaps };
    return this;
  }

  transform(input: TransformInput): Matrix {
    const { names, fill, gaps } = this.demandFitted();
    const matrix = numberInput(input, names);
    const filled = mapCells(matrix, (value, j) => (Number.isNaN(value) ? fill[j]! : value));
    if (!this.params.addIndicator || gaps.length === 0) return filled;
    const cols = matrix.cols + gaps.length;
    const data = new Float64Array(matrix.rows * cols);
    for (let i = 0; i < matrix.rows; i++) {
      data.set(filled.data.subarray(i * matrix.cols, (i + 1) * matrix.cols), i * cols);
      gaps.forEach((j, g) => {
        data[i * cols + matrix.cols + g] = Number.isNaN(matrix.data[i * matrix.cols + j]!) ? 1 : 0;
      });
    }
    return { data, rows: matrix.rows, cols, names: [...names, ...gaps.map((j) => `missing_${names[j]}`)] };
  }

  clone(): SimpleImputer {
    return new SimpleImputer(this.params);
  }

  toJSON(): TransformerJson {
    return { kind: this.kind, version: 1, params: { ...this.params }, state: this.state };
  }

  static fromJSON(json: TransformerJson): SimpleImputer {
    demandStep(json, 'SimpleImputer');
    const step = new SimpleImputer(json.params);
    step.state = json.state as State | null;
    return step;
  }

  private figure(values: Float64Array, name: string): number {
    const { strategy, fillValue } = this.params;
    if (strategy === 'constant') return fillValue;
    if (values.length === 0) {
      const message = `Column "${name}" has no value in the training rows, so there is no ${strategy} to fill in: drop it, or use strategy constant.`;
      throw new PipelineError('empty-column', message, { column: name });
    }
    if (strategy === 'mean') return values.reduce((sum, value) => sum + value, 0) / values.length;
    values.sort();
    return strategy === 'median' ? quantile(values, 0.5) : mostFrequent(values);
  }
}

/** The values of a column that are there. */
function presentIn({ data, rows, cols }: Matrix, column: number): Float64Array {
  const values = new Float64Array(rows);
  let count = 0;
  for (let k = column; k < data.length; k += cols) if (!Number.isNaN(data[k]!)) values[count++] = data[k]!;
  return values.subarray(0, count);
}

function mostFrequent(sorted: Float64Array): number {
  let [best, most, run] = [sorted[0]!, 0, 0];
  sorted.forEach((value, i) => {
    run = i > 0 && value === sorted[i - 1] ? run + 1 : 1;
    if (run > most) [best, most] = [value, run];
  });
  return best;
}
