// Numbers to their rank among the training rows, 0..1, or to the normal distribution of that rank: outliers lose their pull.
// Parameters and numbers as scikit-learn's QuantileTransformer (all rows are used, none drawn); missing values stay missing.

import type { Matrix } from '../estimator/model.ts';
import { demandOneOf, demandWhole, resolveParams } from '../estimator/params.ts';
import { percentile } from '../math/distribution.ts';
import { normalQuantile } from '../math/normal.ts';
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

export interface QuantileParams {
  /** Points of the curve that is learned; at most one a row. */
  readonly nQuantiles: number;
  readonly outputDistribution: 'uniform' | 'normal';
}

interface State {
  readonly names: readonly string[];
  /** One ascending list a column; NaN throughout where a column has no value. */
  readonly quantiles: readonly (readonly number[])[];
}

const DEFAULTS: QuantileParams = { nQuantiles: 1000, outputDistribution: 'uniform' };
/** Nearer than this to an end counts as the end, and ends answer as far out as this share: 5.2 of the normal. */
const EDGE = 1e-7;
const FARTHEST = normalQuantile(1 - (EDGE - Number.EPSILON));

export class QuantileTransformer extends FittedStep<State> {
  readonly kind = 'QuantileTransformer';
  readonly params: QuantileParams;

  constructor(params: Partial<QuantileParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    demandWhole('nQuantiles', this.params.nQuantiles, 1);
    demandOneOf('outputDistribution', this.params.outputDistribution, ['uniform', 'normal']);
  }

  get quantiles(): readonly (readonly number[])[] {
    return this.demandFitted().quantiles;
  }

  fit(input: TransformInput): this {
    demandInput(input, true);
    const { data, rows, cols, names } = numberInput(input);
    const count = Math.min(this.params.nQuantiles, rows);
    const quantiles = names.map((_, j) => {
      const sorted = Float64Array.from({ length: rows }, (_, i) => data[i * cols + j]!)
        .filter((value) => !Number.isNaN(value))
        .sort();
      let most = -Infinity;
      return Array.from({ length: count }, (_, k) => {
        if (sorted.length === 0) return Number.NaN;
        // Interpolation may round down a little: the curve never falls.
        most = Math.max(most, percentile(sorted, evenShare(k, count)));
        return most + 0;
      });
    });
    this.state = { names, quantiles };
    return this;
  }

  transform(input: TransformInput): Matrix {
    const { names, quantiles } = this.demandFitted();
    const normal = this.params.outputDistribution === 'normal';
    const curves = quantiles.map((own) => Float64Array.from(own));
    return mapCells(numberInput(input, names), (x, j) => {
      if (Number.isNaN(x)) return x;
      const share = shareOf(x, curves[j]!, normal ? EDGE : 0);
      return normal ? Math.min(FARTHEST, Math.max(-FARTHEST, normalQuantile(share))) : share;
    });
  }

  clone(): QuantileTransformer {
    return new QuantileTransformer(this.params);
  }

  toJSON(): TransformerJson {
    return { kind: this.kind, version: 1, params: { ...this.params }, state: this.state };
  }

  static fromJSON(json: TransformerJson): QuantileTransformer {
    demandStep(json, 'QuantileTransformer');
    const step = new QuantileTransformer(json.params);
    const state = json.state as State | null;
    if (state !== null) step.state = { ...state, quantiles: state.quantiles.map((own) => own.map(orNaN)) };
    return step;
  }
}

// Rounded as scikit-learn's.
function evenShare(k: number, count: number): number {
  if (k === 0 || k === count - 1) return k === 0 ? 0 : 1;
  return (k * (1 / (count - 1)) * 100) / 100;
}

function shareOf(x: number, curve: Float64Array, edge: number): number {
  const last = curve.length - 1;
  if (Number.isNaN(curve[0]!)) return Number.NaN;
  // In scikit-learn's order: the lower end decides last.
  if (x - edge <= curve[0]! && (edge > 0 || x === curve[0])) return 0;
  if (x + edge >= curve[last]! && (edge > 0 || x === curve[last])) return 1;
  // Among equal points of the curve the middle of the first and the last.
  return (along(x, curve, true) + along(x, curve, false)) / 2;
}

function along(x: number, curve: Float64Array, fromBelow: boolean): number {
  const last = curve.length - 1;
  if (x <= curve[0]!) return x < curve[0]! || !fromBelow ? 0 : stepOf(curve, x, true) / last;
  if (x >= curve[last]!) return x > curve[last]! || fromBelow ? 1 : stepOf(curve, x, false) / last;
  const k = stepOf(curve, x, fromBelow);
  if (curve[k] === x) return k / last;
  return (k + (x - curve[k]!) / (curve[k + 1]! - curve[k]!)) / last;
}

/** The last (or where `upper` is false the first) point at x; where none is, the last below it. */
function stepOf(curve: Float64Array, x: number, upper: boolean): number {
  let low = 0;
  let high = curve.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (curve[middle]! < x || (upper && curve[middle] === x)) low = middle + 1;
    else high = middle;
  }
  return upper || curve[low] !== x ? low - 1 : low;
}
