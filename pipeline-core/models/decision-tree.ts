// One regression tree (CART, Breiman et al. 1984): the model that people can read, and the plainest example of overfitting.

import type { Vector } from '../estimator/frames.ts';
import { trainingSet } from '../estimator/input.ts';
import type { FitOptions, MatrixLike, ModelJson } from '../estimator/model.ts';
import { resolveParams } from '../estimator/params.ts';
import { trackProgress } from '../estimator/progress.ts';
import { createRng } from '../math/rng.ts';
import { encodeColumns } from './tree/codes.ts';
import { createGrower } from './tree/grow.ts';
import { treeDepth } from './tree/tree.ts';
import { TreeModel } from './tree/tree-model.ts';
import { checkTreeParams, featureCount, type TreeParams } from './tree/tree-params.ts';

const DEFAULTS: TreeParams = {
  maxDepth: null,
  minSamplesSplit: 2,
  minSamplesLeaf: 1,
  maxFeatures: null,
  maxLeafNodes: null,
  minImpurityDecrease: 0,
  randomState: 0,
};

/** Splits until leaves are pure unless limited. Cuts of equal worth are chosen among by `randomState`. */
export class DecisionTreeRegressor extends TreeModel<TreeParams> {
  readonly kind = 'DecisionTreeRegressor';
  readonly params: TreeParams;

  constructor(params: Partial<TreeParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    checkTreeParams(this.params);
  }

  /** Depth of the deepest leaf. */
  get depth(): number {
    return treeDepth(this.ensemble().trees[0]!);
  }

  fit(x: MatrixLike, y: Vector, options?: FitOptions): this {
    const set = trainingSet(x, y, options);
    const progress = trackProgress(options, 1);
    const maxFeatures = featureCount(this.params.maxFeatures, set.x.cols);
    const grow = createGrower(encodeColumns(set.x), { ...this.params, maxFeatures, randomCuts: false });
    const weight = set.weight ?? new Float64Array(set.x.rows).fill(1);
    const seed = createRng(this.params.randomState).int(4294967296);
    const tree = grow({ y: set.y, weight, seed, onShare: (share) => progress.at(share) });
    progress.at(1);
    return this.settle(set.x, { trees: [tree], base: 0, scale: 1 });
  }

  static fromJSON(json: ModelJson): DecisionTreeRegressor {
    return new DecisionTreeRegressor(json.params).restore(json);
  }
}
