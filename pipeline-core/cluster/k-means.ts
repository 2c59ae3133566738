// k-means: groups of rows around centres, without any target (Lloyd 1982; starts after Arthur & Vassilvitskii 2007, the best
// of a few drawn). Parameters as scikit-learn's KMeans. As a step of a Pipeline it answers the distances to the centres.
// Scale the columns first.

import { PipelineError } from '../core/errors.ts';
import { toMatrix } from '../estimator/input.ts';
import type { FitOptions, Matrix } from '../estimator/model.ts';
import { demandNumber, demandWhole, describe, refuse, resolveParams } from '../estimator/params.ts';
import { weightsOf } from '../estimator/weights.ts';
import { type Grouping, lloyd, nearestCentre, startCentres } from '../math/lloyd.ts';
import { createRng } from '../math/rng.ts';
import {
  demandInput,
  demandStep,
  FittedStep,
  numberInput,
  type StepTarget,
  type TransformerJson,
  type TransformInput,
} from '../preprocessing/transformer.ts';

export interface KMeansParams {
  readonly nClusters: number;
  /** Where centres start: 'k-means++' far from each other, 'random' at rows, or given, a list of numbers a centre. */
  readonly init: 'k-means++' | 'random' | readonly (readonly number[])[];
  /** Starts of which the best counts. */
  readonly nInit: number;
  readonly maxIter: number;
  /** Ends where centres move less than this share of the mean variance (squared). */
  readonly tol: number;
  readonly randomState: number;
}

interface State {
  readonly names: readonly string[];
  readonly centres: readonly (readonly number[])[];
  readonly inertia: number;
  readonly nIter: number;
}

const DEFAULTS: KMeansParams = {
  nClusters: 8,
  init: 'k-means++',
  nInit: 1,
  maxIter: 300,
  tol: 1e-4,
  randomState: 0,
};

export class KMeans extends FittedStep<State> {
  readonly kind = 'KMeans';
  readonly params: KMeansParams;
  private assigned: Int32Array | null = null;

  constructor(params: Partial<KMeansParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    const { init, nClusters } = this.params;
    demandWhole('nClusters', nClusters, 1);
    demandWhole('nInit', this.params.nInit, 1);
    demandWhole('maxIter', this.params.maxIter, 1);
    demandNumber('tol', this.params.tol, 0);
    demandWhole('randomState', this.params.randomState, 0);
    if (init === 'k-means++' || init === 'random') return;
    if (!Array.isArray(init) || init.length !== nClusters) {
      refuse('init', describe(init), `'k-means++', 'random' or a list of ${nClusters} centres`);
    }
  }

  /** One row a centre, in the units of the columns. */
  get clusterCenters(): readonly (readonly number[])[] {
    return this.demandFitted().centres;
  }
  /** Sum of the rows' squared distances to their centres, each times its weight. */
  get inertia(): number {
    return this.demandFitted().inertia;
  }
  get nIter(): number {
    return this.demandFitted().nIter;
  }
  /** The group of each training row. Throws PipelineError 'not-fitted'; also for a loaded model, which keeps none. */
  get labels(): Int32Array {
    if (this.assigned !== null) return this.assigned;
    const message = 'Only the KMeans that was fitted knows the groups of its training rows: ask predict(x).';
    throw new PipelineError('not-fitted', message, { kind: this.kind });
  }

  /** @param _y not looked at. Throws PipelineError 'too-few-rows', 'bad-weights', 'not-finite', 'other-columns'. */
  fit(input: TransformInput, _y?: StepTarget, options?: FitOptions): this {
    demandInput(input, true);
    const x = toMatrix(numberInput(input));
    const weight = weightsOf(options, x.rows) ?? new Float64Array(x.rows).fill(1);
    const { nClusters, init, nInit, randomState, maxIter, tol } = this.params;
    if (x.rows < nClusters) {
      const message = `${x.rows} rows cannot be put into ${nClusters} groups: lower nClusters.`;
      throw new PipelineError('too-few-rows', message, { rows: x.rows, nClusters });
    }
    if (typeof init === 'object' && init.some((centre) => centre.length !== x.cols)) {
      const message = `Each centre of init needs ${x.cols} numbers, one a column.`;
      throw new PipelineError('other-columns', message, { cols: x.cols });
    }
    const random = createRng(randomState);
    let best: Grouping | null = null;
    const starts = typeof init === 'object' ? 1 : nInit;
    for (let t = 0; t < starts; t++) {
      const centres = startCentres(x, weight, { init, count: nClusters, random: random.fork(t) });
      const found = lloyd(x, weight, centres, { maxIter, tol });
      if (best === null || found.inertia < best.inertia) best = found;
      options?.onProgress?.((t + 1) / starts);
      if (options?.shouldStop?.() === true) throw new PipelineError('stopped', 'The work was stopped before its end.');
    }
    const { centres, inertia, nIter, labels } = best!;
    const rows = Array.from({ length: nClusters }, (_, c) => [...centres.subarray(c * x.cols, (c + 1) * x.cols)]);
    this.state = { names: x.names, centres: rows, inertia, nIter };
    this.assigned = labels;
    return this;
  }

  /** The group of each row, from 0: that of the nearest centre. */
  predict(input: TransformInput): Int32Array {
    const { names, centres } = this.demandFitted();
    const x = toMatrix(numberInput(input, names));
    return nearestCentre(x, Float64Array.from(centres.flat()), centres.length).labels;
  }

  fitPredict(input: TransformInput, options?: FitOptions): Int32Array {
    return this.fit(input, undefined, options).labels;
  }

  /** Distances to the centres, a column each. */
  transform(input: TransformInput): Matrix {
    const { names, centres } = this.demandFitted();
    const { data, rows, cols } = toMatrix(numberInput(input, names));
    const out = new Float64Array(rows * centres.length);
    centres.forEach((centre, c) => {
      for (let i = 0; i < rows; i++) {
        let sum = 0;
        for (let j = 0; j < cols; j++) sum += (data[i * cols + j]! - centre[j]!) * (data[i * cols + j]! - centre[j]!);
        out[i * centres.length + c] = Math.sqrt(sum);
      }
    });
    return { data: out, rows, cols: centres.length, names: centres.map((_, c) => `kmeans${c}`) };
  }

  /** The other way round the sum of squared distances: larger is better, as scikit-learn has it. */
  score(input: TransformInput): number {
    return 0 - this.transform(input).data.reduce(leastSquaresOf(this.demandFitted().centres.length), 0);
  }

  clone(): KMeans {
    return new KMeans(this.params);
  }

  toJSON(): TransformerJson {
    return { kind: this.kind, version: 1, params: { ...this.params }, state: this.state };
  }

  static fromJSON(json: TransformerJson): KMeans {
    demandStep(json, 'KMeans');
    const step = new KMeans(json.params);
    step.state = json.state as State | null;
    return step;
  }
}

// Adds up the square of the least of each row's `count` distances.
function leastSquaresOf(count: number) {
  let least = Infinity;
  return (sum: number, distance: number, k: number): number => {
    least = k % count === 0 ? distance : Math.min(least, distance);
    return k % count === count - 1 ? sum + least * least : sum;
  };
}
