// Numbers to mean 0 and standard deviation 1: (x - mean) / sd, sd with n. A constant column becomes 0, never NaN.
// Parameters and numbers as scikit-learn's StandardScaler; missing values are left out of the fit and stay missing.

import type { Matrix } from '../estimator/model.ts';
import { demandBoolean, resolveParams } from '../estimator/params.ts';
import { square } from '../math/deterministic-math.ts';
import {
  demandInput,
  demandStep,
  FittedStep,
  mapCells,
  numberInput,
  orNaN,
  type TransformerJson,
  type TransformInput,
} from './transformer.ts';

export interface StandardScalerParams {
  readonly withMean: boolean;
  readonly withStd: boolean;
}

interface State {
  readonly names: readonly string[];
  readonly mean: readonly number[];
  readonly variance: readonly number[];
  readonly scale: readonly number[];
}

const DEFAULTS: StandardScalerParams = { withMean: true, withStd: true };

export class StandardScaler extends FittedStep<State> {
  readonly kind = 'StandardScaler';
  readonly params: StandardScalerParams;

  constructor(params: Partial<StandardScalerParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    demandBoolean('withMean', this.params.withMean);
    demandBoolean('withStd', this.params.withStd);
  }

  get mean(): readonly number[] {
    return this.demandFitted().mean;
  }
  get variance(): readonly number[] {
    return this.demandFitted().variance;
  }
  get scale(): readonly number[] {
    return this.demandFitted().scale;
  }

  fit(input: TransformInput): this {
    demandInput(input, true);
    const matrix = numberInput(input);
    const moments = matrix.names.map((_, j) => momentsOf(matrix, j));
    this.state = {
      names: matrix.names,
      mean: moments.map(({ mean }) => mean),
      variance: moments.map(({ variance }) => variance),
      scale: moments.map(({ scale }) => scale),
    };
    return this;
  }

  transform(input: TransformInput): Matrix {
    const { names, mean, scale } = this.demandFitted();
    const { withMean, withStd } = this.params;
    const from = Float64Array.from(mean, (own) => (withMean ? own : 0));
    const by = Float64Array.from(scale, (own) => (withStd ? own : 1));
    return mapCells(numberInput(input, names), (x, j) => (x - from[j]!) / by[j]!);
  }

  /** Back to the unit of the input. */
  inverseTransform(input: TransformInput): Matrix {
    const { names, mean, scale } = this.demandFitted();
    const { withMean, withStd } = this.params;
    return mapCells(numberInput(input, names), (z, j) => (withStd ? z * scale[j]! : z) + (withMean ? mean[j]! : 0));
  }

  clone(): StandardScaler {
    return new StandardScaler(this.params);
  }

  toJSON(): TransformerJson {
    return { kind: this.kind, version: 1, params: { ...this.params }, state: this.state };
  }

  static fromJSON(json: TransformerJson): StandardScaler {
    demandStep(json, 'StandardScaler');
    const step = new StandardScaler(json.params);
    const state = json.state as State | null;
    if (state !== null) {
      const { names, mean, variance, scale } = state;
      step.state = { names, mean: mean.map(orNaN), variance: variance.map(orNaN), scale: scale.map(orNaN) };
    }
    return step;
  }
}

function momentsOf({ data, rows, cols }: Matrix, column: number): { mean: number; variance: number; scale: number } {
  let n = 0;
  let first = 0;
  let sum = 0;
  for (let k = column; k < rows * cols; k += cols) {
    if (Number.isNaN(data[k]!)) continue;
    if (n++ === 0) first = data[k]!;
    // From the first value, so that the mean of a constant is that constant.
    sum += data[k]! - first;
  }
  // As scikit-learn: nothing is known of this column, so nothing is said of its values.
  if (n === 0) return { mean: Number.NaN, variance: Number.NaN, scale: Number.NaN };
  const mean = first + sum / n;
  let squares = 0;
  let drift = 0;
  for (let k = column; k < rows * cols; k += cols) {
    if (Number.isNaN(data[k]!)) continue;
    squares += square(data[k]! - mean);
    drift += data[k]! - mean;
  }
  // Two passes with the drift of the mean taken out (Chan, Golub, LeVeque 1983).
  const variance = Math.max(0, (squares - (drift * drift) / n) / n);
  // Constant up to rounding: dividing by what is left would blow rounding errors up to whole units.
  const constant = variance <= n * Number.EPSILON * variance + square(n * mean * Number.EPSILON);
  // -0 would not come back from JSON.
  return { mean: mean + 0, variance, scale: constant ? 1 : Math.sqrt(variance) };
}
