// Numbers to bins: equally wide, equally full, or around k-means centres; a bin's number or a column of 0 and 1 each.
// Parameters and edges as scikit-learn's KBinsDiscretizer; a constant column is one bin. Missing values are refused.

import { toMatrix } from '../estimator/input.ts';
import type { Matrix } from '../estimator/model.ts';
import { demandOneOf, demandWhole, resolveParams } from '../estimator/params.ts';
import { percentile } from '../math/distribution.ts';
import { lloyd } from '../math/lloyd.ts';
import {
  demandInput,
  demandStep,
  FittedStep,
  numberInput,
  type TransformerJson,
  type TransformInput,
} from './transformer.ts';

export interface KBinsParams {
  /** At least 2. */
  readonly nBins: number;
  readonly encode: 'onehot' | 'ordinal';
  readonly strategy: 'uniform' | 'quantile' | 'kmeans';
}

interface State {
  readonly names: readonly string[];
  /** Inner edges of each column: bin b holds what lies from edge b - 1 up to below edge b. */
  readonly cuts: readonly (readonly number[])[];
  readonly ends: readonly (readonly [number, number])[];
}

const DEFAULTS: KBinsParams = { nBins: 5, encode: 'onehot', strategy: 'quantile' };
/** Bins of no width are joined, as in scikit-learn. */
const LEAST_WIDTH = 1e-8;

export class KBinsDiscretizer extends FittedStep<State> {
  readonly kind = 'KBinsDiscretizer';
  readonly params: KBinsParams;

  constructor(params: Partial<KBinsParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    demandWhole('nBins', this.params.nBins, 2);
    demandOneOf('encode', this.params.encode, ['onehot', 'ordinal']);
    demandOneOf('strategy', this.params.strategy, ['uniform', 'quantile', 'kmeans']);
  }

  /** The edges of each column's bins, one more than bins. */
  get binEdges(): number[][] {
    const { cuts, ends } = this.demandFitted();
    return cuts.map((own, j) => [ends[j]![0], ...own, ends[j]![1]]);
  }

  fit(input: TransformInput): this {
    demandInput(input, true);
    const { data, rows, cols, names } = toMatrix(numberInput(input));
    const edges = names.map((_, j) => {
      const sorted = Float64Array.from({ length: rows }, (_, i) => data[i * cols + j]!).sort();
      return edgesOf(sorted, this.params);
    });
    const ends = edges.map((own) => [own[0]!, own.at(-1)!] as const);
    this.state = { names, cuts: edges.map((own) => own.slice(1, -1)), ends };
    return this;
  }

  transform(input: TransformInput): Matrix {
    const { names, cuts } = this.demandFitted();
    const { data, rows, cols } = toMatrix(numberInput(input, names));
    const onehot = this.params.encode === 'onehot';
    const width = onehot ? cuts.reduce((sum, own) => sum + own.length + 1, 0) : cols;
    const out = new Float64Array(rows * width);
    let offset = 0;
    for (let j = 0; j < cols; j++) {
      const own = cuts[j]!;
      for (let i = 0; i < rows; i++) {
        const bin = binOf(data[i * cols + j]!, own);
        if (onehot) out[i * width + offset + bin] = 1;
        else out[i * width + j] = bin;
      }
      offset += own.length + 1;
    }
    return { data: out, rows, cols: width, names: this.outputNames() };
  }

  outputNames(): string[] {
    const { names, cuts } = this.demandFitted();
    if (this.params.encode === 'ordinal') return [...names];
    return names.flatMap((name, j) => Array.from({ length: cuts[j]!.length + 1 }, (_, bin) => `${name}_${bin}`));
  }

  clone(): KBinsDiscretizer {
    return new KBinsDiscretizer(this.params);
  }

  toJSON(): TransformerJson {
    return { kind: this.kind, version: 1, params: { ...this.params }, state: this.state };
  }

  static fromJSON(json: TransformerJson): KBinsDiscretizer {
    demandStep(json, 'KBinsDiscretizer');
    const step = new KBinsDiscretizer(json.params);
    step.state = json.state as State | null;
    return step;
  }
}

function edgesOf(sorted: Float64Array, { nBins, strategy }: KBinsParams): number[] {
  const [min, max] = [sorted[0]!, sorted.at(-1)!];
  if (min === max) return [min, max];
  const width = (max - min) / nBins;
  const uniform = Array.from({ length: nBins + 1 }, (_, k) => (k === nBins ? max : min + k * width));
  if (strategy === 'uniform') return uniform;
  if (strategy === 'kmeans') return [min, ...betweenCentres(sorted, uniform), max];
  const at = Array.from({ length: nBins + 1 }, (_, k) =>
    percentile(sorted, k === nBins ? 1 : (k * (100 / nBins)) / 100),
  );
  return at.filter((edge, k) => k === 0 || edge - at[k - 1]! > LEAST_WIDTH);
}

// From the middles of equal bins, as scikit-learn starts it.
function betweenCentres(sorted: Float64Array, uniform: readonly number[]): number[] {
  const start = Float64Array.from(uniform.slice(1), (edge, k) => (edge + uniform[k]!) / 2);
  const points = { data: sorted, rows: sorted.length, cols: 1 };
  const { centres } = lloyd(points, new Float64Array(sorted.length).fill(1), start, { maxIter: 300, tol: 1e-4 });
  return middles([...centres].sort((a, b) => a - b));
}

function middles(centres: readonly number[]): number[] {
  return centres.slice(1).map((centre, k) => (centre + centres[k]!) / 2);
}

/** How many of the ascending `cuts` are at most `value`. */
function binOf(value: number, cuts: readonly number[]): number {
  let bin = 0;
  while (bin < cuts.length && cuts[bin]! <= value) bin++;
  return bin;
}
