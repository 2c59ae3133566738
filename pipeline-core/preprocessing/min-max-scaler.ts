// Numbers to a range, by default 0..1: the smallest training value becomes 0, the largest 1; a constant column 0.
// Parameters and numbers as scikit-learn's MinMaxScaler; missing values are left out of the fit and stay missing.
import type { Matrix } from '../estimator/model.ts';
import { demandBoolean, refuse, resolveParams } from '../estimator/params.ts';
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

export interface MinMaxParams {
  readonly featureRange: readonly [number, number];
  /** Keep rows outside the training range at its ends. */
  readonly clip: boolean;
}

interface State {
  readonly names: readonly string[];
  readonly dataMin: readonly number[];
  readonly dataMax: readonly number[];
}

const DEFAULTS: MinMaxParams = { featureRange: [0, 1], clip: false };

export class MinMaxScaler extends FittedStep<State> {
  readonly kind = 'MinMaxScaler';
  readonly params: MinMaxParams;

  constructor(params: Partial<MinMaxParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    const { featureRange, clip } = this.params;
    demandBoolean('clip', clip);
    if (!Array.isArray(featureRange) || featureRange.length !== 2 || !(featureRange[0]! < featureRange[1]!)) {
      refuse('featureRange', featureRange, 'two numbers, the smaller first');
    }
  }

  get dataMin(): readonly number[] {
    return this.demandFitted().dataMin;
  }
  get dataMax(): readonly number[] {
    return this.demandFitted().dataMax;
  }

  fit(input: TransformInput): this {
    demandInput(input, true);
    const { data, cols, names } = numberInput(input);
    const dataMin = new Array<number>(cols).fill(Infinity);
    const dataMax = new Array<number>(cols).fill(-Infinity);
    for (let k = 0; k < data.length; k++) {
      const value = data[k]!;
      const j = k % cols;
      if (value < dataMin[j]!) dataMin[j] = value;
      if (value > dataMax[j]!) dataMax[j] = value;
    }
    // As scikit-learn: of a column without any value nothing is known, so nothing is said of its values.
    // -0 would not come back from JSON.
    const known = (ends: number[]) => ends.map((end) => (Number.isFinite(end) ? end + 0 : Number.NaN));
    this.state = { names, dataMin: known(dataMin), dataMax: known(dataMax) };
    return this;
  }

  transform(input: TransformInput): Matrix {
    const { names, dataMin } = this.demandFitted();
    const [low, high] = this.params.featureRange;
    const scale = Float64Array.from(names, (_, j) => this.scaleOf(j));
    const from = Float64Array.from(dataMin);
    const { clip } = this.params;
    return mapCells(numberInput(input, names), (x, j) => {
      const scaled = (x - from[j]!) * scale[j]! + low;
      return clip ? Math.min(high, Math.max(low, scaled)) : scaled;
    });
  }

  /** Back to the unit of the input. */
  inverseTransform(input: TransformInput): Matrix {
    const { names, dataMin } = this.demandFitted();
    const low = this.params.featureRange[0];
    return mapCells(numberInput(input, names), (z, j) => (z - low) / this.scaleOf(j) + dataMin[j]!);
  }

  clone(): MinMaxScaler {
    return new MinMaxScaler(this.params);
  }

  toJSON(): TransformerJson {
    return { kind: this.kind, version: 1, params: { ...this.params }, state: this.state };
  }

  static fromJSON(json: TransformerJson): MinMaxScaler {
    demandStep(json, 'MinMaxScaler');
    const step = new MinMaxScaler(json.params);
    const state = json.state as State | null;
    if (state !== null) {
      const { names, dataMin, dataMax } = state;
      step.state = { names, dataMin: dataMin.map(orNaN), dataMax: dataMax.map(orNaN) };
    }
    return step;
  }

  private scaleOf(column: number): number {
    const { dataMin, dataMax } = this.demandFitted();
    const [low, high] = this.params.featureRange;
    const range = dataMax[column]! - dataMin[column]!;
    // As scikit-learn: a range below ten units of rounding is a constant column, not a lever of 1e300.
    return (high - low) / (range < 10 * Number.EPSILON ? 1 : range);
  }
}
