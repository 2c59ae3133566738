// Random forest (Breiman 2001) and extremely randomised trees (Geurts et al. 2006): the mean of many exact trees.
// Invariant: tree t draws from a stream of its own, so the first trees of a larger forest are the smaller forest.

import { PipelineError } from '../core/errors.ts';
import type { Vector } from '../estimator/frames.ts';
import { trainingSet } from '../estimator/input.ts';
import type { FitOptions, MatrixLike, ModelJson } from '../estimator/model.ts';
import { demandBoolean, demandWhole, refuse, resolveParams } from '../estimator/params.ts';
import { trackProgress } from '../estimator/progress.ts';
import { createRng, type Rng } from '../math/rng.ts';
import { encodeColumns } from './tree/codes.ts';
import { createGrower } from './tree/grow.ts';
import type { Tree } from './tree/tree.ts';
import { TreeModel } from './tree/tree-model.ts';
import { checkTreeParams, featureCount, type TreeParams } from './tree/tree-params.ts';

export interface ForestParams extends TreeParams {
  /** Number of trees. */
  readonly nEstimators: number;
  /** true: each tree sees as many rows drawn with replacement. */
  readonly bootstrap: boolean;
  /** How many rows are drawn: null or 1 as many as there are, a fraction below 1 that share, else that many. */
  readonly maxSamples: number | null;
}

export const FOREST_DEFAULTS: ForestParams = {
  nEstimators: 100,
  maxDepth: null,
  minSamplesSplit: 2,
  minSamplesLeaf: 1,
  maxFeatures: 1,
  maxLeafNodes: null,
  minImpurityDecrease: 0,
  bootstrap: true,
  maxSamples: null,
  randomState: 0,
};

abstract class Forest extends TreeModel<ForestParams> {
  protected abstract readonly randomCuts: boolean;

  /** Progress and stopping between trees, and inside trees of thousands of rows. */
  fit(x: MatrixLike, y: Vector, options?: FitOptions): this {
    const set = trainingSet(x, y, options);
    const { nEstimators, bootstrap, randomState } = this.params;
    const maxFeatures = featureCount(this.params.maxFeatures, set.x.cols);
    const grow = createGrower(encodeColumns(set.x), { ...this.params, maxFeatures, randomCuts: this.randomCuts });
    const progress = trackProgress(options, nEstimators);
    const random = createRng(randomState);
    const weight = new Float64Array(set.x.rows);
    const drawn = sampleCount(this.params.maxSamples, set.x.rows);
    const trees: Tree[] = [];
    for (let t = 0; t < nEstimators; t++) {
      const own = random.fork(t);
      if (bootstrap) drawWithReplacement(weight, drawn, own);
      else weight.fill(1);
      if (set.weight !== null) for (let i = 0; i < weight.length; i++) weight[i]! *= set.weight[i]!;
      const onShare = (share: number): void => progress.at(t + share);
      trees.push(grow({ y: set.y, weight, seed: own.int(4294967296), onShare }));
      progress.at(t + 1);
    }
    return this.settle(set.x, { trees, base: 0, scale: 1 / nEstimators });
  }
}

/** Mean of trees grown on bootstrap samples, each node on the best cut of `maxFeatures` drawn columns. */
export class RandomForestRegressor extends Forest {
  readonly kind = 'RandomForestRegressor';
  readonly params: ForestParams;
  protected readonly randomCuts = false;

  /** Defaults as scikit-learn's; `randomState` 0. Throws PipelineError 'unknown-param' | 'bad-param'. */
  constructor(params: Partial<ForestParams> = {}) {
    super();
    this.params = checkForestParams(resolveParams(this.kind, FOREST_DEFAULTS, params));
  }

  static fromJSON(json: ModelJson): RandomForestRegressor {
    return new RandomForestRegressor(json.params).restore(json);
  }
}

/** Mean of trees grown on all rows, each node on the best of one random cut per drawn column. */
export class ExtraTreesRegressor extends Forest {
  readonly kind = 'ExtraTreesRegressor';
  readonly params: ForestParams;
  protected readonly randomCuts = true;

  /** Defaults as scikit-learn's (bootstrap false); `randomState` 0. */
  constructor(params: Partial<ForestParams> = {}) {
    super();
    this.params = checkForestParams(resolveParams(this.kind, { ...FOREST_DEFAULTS, bootstrap: false }, params));
  }

  static fromJSON(json: ModelJson): ExtraTreesRegressor {
    return new ExtraTreesRegressor(json.params).restore(json);
  }
}

export function checkForestParams(params: ForestParams): ForestParams {
  checkTreeParams(params);
  demandWhole('nEstimators', params.nEstimators, 1);
  const { bootstrap, maxSamples } = params;
  demandBoolean('bootstrap', bootstrap);
  if (maxSamples === null) return params;
  const expected = 'null, a fraction up to 1 or a whole number of rows';
  if (typeof maxSamples !== 'number' || !(maxSamples > 0)) refuse('maxSamples', maxSamples, expected);
  if (maxSamples > 1 && !Number.isInteger(maxSamples)) refuse('maxSamples', maxSamples, expected);
  if (!bootstrap) refuse('maxSamples', maxSamples, 'null where bootstrap is false: then every tree sees all rows');
  return params;
}

export function sampleCount(maxSamples: number | null, rows: number): number {
  if (maxSamples === null) return rows;
  if (maxSamples <= 1) return Math.max(1, Math.round(maxSamples * rows));
  if (maxSamples <= rows) return maxSamples;
  const message = `maxSamples is ${maxSamples}, but there are only ${rows} rows: take a fraction, or null for as many as there are.`;
  throw new PipelineError('bad-param', message, { param: 'maxSamples', rows });
}

export function drawWithReplacement(weight: Float64Array, count: number, random: Rng): void {
  weight.fill(0);
  for (let k = 0; k < count; k++) weight[random.int(weight.length)]!++;
}
