// Principal components: new columns, each a weighted sum of the old ones, that keep most of the spread (Jolliffe 2002).
// Parameters and numbers as scikit-learn's PCA (full SVD). Of each component the largest weight is positive, as in its newer
// versions. Scale the columns first: one in large units decides alone.

import { PipelineError } from '../core/errors.ts';
import { toMatrix } from '../estimator/input.ts';
import type { Matrix } from '../estimator/model.ts';
import { demandBoolean, demandNumber, refuse, resolveParams } from '../estimator/params.ts';
import { singularDirections } from '../math/jacobi.ts';
import { lowerFactor } from '../models/least-squares.ts';
import {
  demandInput,
  demandStep,
  FittedStep,
  numberInput,
  type TransformerJson,
  type TransformInput,
} from '../preprocessing/transformer.ts';

export interface PCAParams {
  /** null: as many as rows or columns; below 1: as few as keep that share of the variance; else so many. */
  readonly nComponents: number | null;
  /** Components of variance 1. */
  readonly whiten: boolean;
}

interface State {
  readonly names: readonly string[];
  readonly mean: readonly number[];
  readonly components: readonly (readonly number[])[];
  readonly variance: readonly number[];
  readonly ratio: readonly number[];
  readonly values: readonly number[];
}

const DEFAULTS: PCAParams = { nComponents: null, whiten: false };

export class PCA extends FittedStep<State> {
  readonly kind = 'PCA';
  readonly params: PCAParams;

  constructor(params: Partial<PCAParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    const { nComponents } = this.params;
    demandBoolean('whiten', this.params.whiten);
    if (nComponents === null) return;
    demandNumber('nComponents', nComponents, 0);
    if (nComponents === 0 || (nComponents > 1 && !Number.isInteger(nComponents))) {
      refuse('nComponents', nComponents, 'null, a share of the variance below 1, or a whole number of at least 1');
    }
  }

  /** One row a component, one weight a column. */
  get components(): readonly (readonly number[])[] {
    return this.demandFitted().components;
  }
  /** Variance along each component (n - 1), in squared units of the columns. */
  get explainedVariance(): readonly number[] {
    return this.demandFitted().variance;
  }
  /** Its share of the variance of all columns. */
  get explainedVarianceRatio(): readonly number[] {
    return this.demandFitted().ratio;
  }
  get singularValues(): readonly number[] {
    return this.demandFitted().values;
  }
  get mean(): readonly number[] {
    return this.demandFitted().mean;
  }

  /** Cost: rows x columns^2, and some ten times columns^3. Throws PipelineError 'too-few-rows', 'bad-param', 'not-finite'. */
  fit(input: TransformInput): this {
    demandInput(input, true);
    const { data, rows, cols, names } = toMatrix(numberInput(input));
    if (rows < 2) throw new PipelineError('too-few-rows', 'PCA needs at least two rows to see a spread.');
    const most = Math.min(rows, cols);
    const { nComponents } = this.params;
    if (nComponents !== null && nComponents > most) {
      const message = `nComponents is ${nComponents}, but ${rows} rows of ${cols} columns have at most ${most} components.`;
      throw new PipelineError('bad-param', message, { param: 'nComponents' });
    }
    const mean = new Float64Array(cols);
    for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) mean[j]! += data[i * cols + j]! - data[j]!;
    for (let j = 0; j < cols; j++) mean[j] = data[j]! + mean[j]! / rows;
    const centred = data.map((value, k) => value - mean[k % cols]!);
    // X = QR has the spread of R alone.
    const lower = lowerFactor(centred, cols, 0);
    const triangle = Array.from({ length: cols }, (_, k) =>
      Float64Array.from({ length: cols }, (_, j) => lower[j * cols + k]!),
    );
    const { values, vectors } = singularDirections(triangle, cols);
    const variance = Array.from(values, (value) => (value * value) / (rows - 1));
    const total = variance.reduce((sum, value) => sum + value, 0);
    const ratio = variance.map((value) => (total === 0 ? 0 : value / total));
    const count = countOf(nComponents, ratio, most);
    this.state = {
      names,
      mean: [...mean],
      components: vectors.slice(0, count).map(upright),
      variance: variance.slice(0, count),
      ratio: ratio.slice(0, count),
      values: [...values.slice(0, count)],
    };
    return this;
  }

  transform(input: TransformInput): Matrix {
    const { names, mean, components, variance } = this.demandFitted();
    const { data, rows, cols } = toMatrix(numberInput(input, names));
    const width = components.length;
    const out = new Float64Array(rows * width);
    components.forEach((component, k) => {
      const by = this.scaleOf(variance[k]!);
      for (let i = 0; i < rows; i++) {
        let sum = 0;
        for (let j = 0; j < cols; j++) sum += (data[i * cols + j]! - mean[j]!) * component[j]!;
        out[i * width + k] = sum / by;
      }
    });
    return { data: out, rows, cols: width, names: this.outputNames() };
  }

  /** Back to the columns, without what the components left out. */
  inverseTransform(input: TransformInput): Matrix {
    const { names, mean, components, variance } = this.demandFitted();
    const { data, rows, cols } = numberInput(input, this.outputNames());
    const out = new Float64Array(rows * names.length);
    for (let i = 0; i < rows; i++) {
      names.forEach((_, j) => {
        let sum = mean[j]!;
        for (let k = 0; k < cols; k++) sum += data[i * cols + k]! * this.scaleOf(variance[k]!) * components[k]![j]!;
        out[i * names.length + j] = sum;
      });
    }
    return { data: out, rows, cols: names.length, names };
  }

  outputNames(): string[] {
    return this.demandFitted().components.map((_, k) => `pca${k}`);
  }

  clone(): PCA {
    return new PCA(this.params);
  }

  toJSON(): TransformerJson {
    return { kind: this.kind, version: 1, params: { ...this.params }, state: this.state };
  }

  static fromJSON(json: TransformerJson): PCA {
    demandStep(json, 'PCA');
    const step = new PCA(json.params);
    step.state = json.state as State | null;
    return step;
  }

  // A component without spread is all 0: whitened it stays so.
  private scaleOf(variance: number): number {
    return this.params.whiten && variance > 0 ? Math.sqrt(variance) : 1;
  }
}

function countOf(wanted: number | null, ratio: readonly number[], most: number): number {
  if (wanted === null) return most;
  if (wanted >= 1) return wanted;
  let kept = 0;
  let count = 0;
  while (count < most && kept <= wanted) kept += ratio[count++]!;
  return count;
}

function upright(vector: Float64Array): number[] {
  let largest = 0;
  for (let j = 1; j < vector.length; j++) if (Math.abs(vector[j]!) > Math.abs(vector[largest]!)) largest = j;
  const sign = vector[largest]! < 0 ? -1 : 1;
  return Array.from(vector, (value) => sign * value + 0);
}
