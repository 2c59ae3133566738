// Random forest (Breiman 2001) and extremely randomised trees (Geurts et al. 2006): the mean of many exact trees.
// Law: tree t draws from a stream of its own, so the first trees of a larger forest are the smaller forest.
// RUNS IN browser | server | child | isolate

import { createRng, type Rng } from '../rng.ts';
import { trainingSet } from './input.ts';
import type { FitOptions, MatrixLike, ModelJson } from './model.ts';
import { demandBoolean, demandWhole, resolveParams } from './params.ts';
import { trackProgress } from './progress.ts';
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
}

const FOREST_DEFAULTS: ForestParams = {
  nEstimators: 100,
  maxDepth: null,
  minSamplesSplit: 2,
  minSamplesLeaf: 1,
  maxFeatures: 1,
  bootstrap: true,
  randomState: 0,
};

abstract class Forest extends TreeModel<ForestParams> {
  protected abstract readonly randomCuts: boolean;

  /** Progress and stopping between trees, and inside trees of thousands of rows. */
  fit(x: MatrixLike, y: ArrayLike<number>, options?: FitOptions): this {
    const set = trainingSet(x, y);
    const { nEstimators, bootstrap, randomState } = this.params;
    const maxFeatures = featureCount(this.params.maxFeatures, set.x.cols);
    const grow = createGrower(encodeColumns(set.x), { ...this.params, maxFeatures, randomCuts: this.randomCuts });
    const progress = trackProgress(options, nEstimators);
    const random = createRng(randomState);
    const weight = new Float64Array(set.x.rows);
    const trees: Tree[] = [];
    for (let t = 0; t < nEstimators; t++) {
      const own = random.fork(t);
      if (bootstrap) drawWithReplacement(weight, own);
      else weight.fill(1);
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
    this.params = checked(resolveParams(this.kind, FOREST_DEFAULTS, params));
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
    this.params = checked(resolveParams(this.kind, { ...FOREST_DEFAULTS, bootstrap: false }, params));
  }

  static fromJSON(json: ModelJson): ExtraTreesRegressor {
    return new ExtraTreesRegressor(json.params).restore(json);
  }
}

function checked(params: ForestParams): ForestParams {
  checkTreeParams(params);
  demandWhole('nEstimators', params.nEstimators, 1);
  demandBoolean('bootstrap', params.bootstrap);
  return params;
}

function drawWithReplacement(weight: Float64Array, random: Rng): void {
  const n = weight.length;
  weight.fill(0);
  for (let k = 0; k < n; k++) weight[random.int(n)]!++;
}
