// A tree, a forest and extra trees that answer with classes. Parameters and defaults as scikit-learn's.

import type { LabelVector } from '../estimator/classifier.ts';
import { type ClassWeight, checkClassWeight, classTrainingSet, classWeighted } from '../estimator/labels.ts';
import type { FitOptions, MatrixLike, ModelJson } from '../estimator/model.ts';
import { demandOneOf, resolveParams } from '../estimator/params.ts';
import { trackProgress } from '../estimator/progress.ts';
import { createRng } from '../math/rng.ts';
import { checkForestParams, drawWithReplacement, FOREST_DEFAULTS, type ForestParams, sampleCount } from './forest.ts';
import { encodeColumns } from './tree/codes.ts';
import { type Criterion, createClassGrower } from './tree/grow-classes.ts';
import type { Tree } from './tree/tree.ts';
import { treeDepth } from './tree/tree.ts';
import { averaged, TreeClassifierModel } from './tree/tree-classifier.ts';
import { checkTreeParams, featureCount, type TreeParams } from './tree/tree-params.ts';

interface ClassParams {
  /** What a cut is worth: 'gini', or 'entropy' ('log_loss' is its other name). */
  readonly criterion: Criterion;
  readonly classWeight: ClassWeight;
}

export interface TreeClassifierParams extends TreeParams, ClassParams {}

export interface ForestClassifierParams extends ForestParams, ClassParams {}

const TREE_DEFAULTS: TreeClassifierParams = {
  criterion: 'gini',
  maxDepth: null,
  minSamplesSplit: 2,
  minSamplesLeaf: 1,
  maxFeatures: null,
  maxLeafNodes: null,
  minImpurityDecrease: 0,
  classWeight: null,
  randomState: 0,
};

/** Splits until leaves are pure unless limited; a leaf's probabilities are its shares of the classes. */
export class DecisionTreeClassifier extends TreeClassifierModel<TreeClassifierParams> {
  readonly kind = 'DecisionTreeClassifier';
  readonly params: TreeClassifierParams;
  protected readonly link = 'identity';

  constructor(params: Partial<TreeClassifierParams> = {}) {
    super();
    this.params = resolveParams(this.kind, TREE_DEFAULTS, params);
    checkTreeParams(this.params);
    checkClassParams(this.params);
  }

  /** Depth of the deepest leaf. */
  get depth(): number {
    return treeDepth(this.ensembleOf().trees[0]!);
  }

  fit(x: MatrixLike, y: LabelVector, options?: FitOptions): this {
    const set = classTrainingSet(x, y, options);
    const { criterion, classWeight, randomState } = this.params;
    const progress = trackProgress(options, 1);
    const maxFeatures = featureCount(this.params.maxFeatures, set.x.cols);
    const target = { classes: set.classes.length, codes: set.codes, criterion };
    const grow = createClassGrower(encodeColumns(set.x), { ...this.params, maxFeatures, randomCuts: false }, target);
    const weight = classWeighted(set, classWeight) ?? new Float64Array(set.x.rows).fill(1);
    const seed = createRng(randomState).int(4294967296);
    const trees = grow({ weight, seed, onShare: (share) => progress.at(share) });
    progress.at(1);
    return this.settle(set.x, set.classes, averaged([trees]));
  }

  static fromJSON(json: ModelJson): DecisionTreeClassifier {
    return new DecisionTreeClassifier(json.params).restore(json);
  }
}

abstract class ForestClassifier extends TreeClassifierModel<ForestClassifierParams> {
  protected readonly link = 'identity';
  protected abstract readonly randomCuts: boolean;

  /** Progress and stopping between trees, and inside trees of thousands of rows. */
  fit(x: MatrixLike, y: LabelVector, options?: FitOptions): this {
    const set = classTrainingSet(x, y, options);
    const { nEstimators, bootstrap, randomState, criterion, classWeight } = this.params;
    const { rows, cols } = set.x;
    const maxFeatures = featureCount(this.params.maxFeatures, cols);
    const target = { classes: set.classes.length, codes: set.codes, criterion };
    const grow = createClassGrower(
      encodeColumns(set.x),
      { ...this.params, maxFeatures, randomCuts: this.randomCuts },
      target,
    );
    const progress = trackProgress(options, nEstimators);
    const random = createRng(randomState);
    const own = classWeighted(set, classWeight);
    const weight = new Float64Array(rows);
    const drawn = sampleCount(this.params.maxSamples, rows);
    const grown: Tree[][] = [];
    for (let t = 0; t < nEstimators; t++) {
      const draw = random.fork(t);
      if (bootstrap) drawWithReplacement(weight, drawn, draw);
      else weight.fill(1);
      if (own !== null) for (let i = 0; i < rows; i++) weight[i]! *= own[i]!;
      const onShare = (share: number): void => progress.at(t + share);
      grown.push(grow({ weight, seed: draw.int(4294967296), onShare }));
      progress.at(t + 1);
    }
    return this.settle(set.x, set.classes, averaged(grown));
  }
}

/** The mean of the shares of trees grown on bootstrap samples, each node on the best cut of `maxFeatures` drawn columns. */
export class RandomForestClassifier extends ForestClassifier {
  readonly kind = 'RandomForestClassifier';
  readonly params: ForestClassifierParams;
  protected readonly randomCuts = false;

  constructor(params: Partial<ForestClassifierParams> = {}) {
    super();
    this.params = checked(resolveParams(this.kind, CLASS_FOREST_DEFAULTS, params));
  }

  static fromJSON(json: ModelJson): RandomForestClassifier {
    return new RandomForestClassifier(json.params).restore(json);
  }
}

/** The mean of the shares of trees grown on all rows, each node on the best of one random cut per drawn column. */
export class ExtraTreesClassifier extends ForestClassifier {
  readonly kind = 'ExtraTreesClassifier';
  readonly params: ForestClassifierParams;
  protected readonly randomCuts = true;

  constructor(params: Partial<ForestClassifierParams> = {}) {
    super();
    this.params = checked(resolveParams(this.kind, { ...CLASS_FOREST_DEFAULTS, bootstrap: false }, params));
  }

  static fromJSON(json: ModelJson): ExtraTreesClassifier {
    return new ExtraTreesClassifier(json.params).restore(json);
  }
}

const CLASS_FOREST_DEFAULTS: ForestClassifierParams = {
  ...FOREST_DEFAULTS,
  criterion: 'gini',
  maxFeatures: 'sqrt',
  classWeight: null,
};

function checked(params: ForestClassifierParams): ForestClassifierParams {
  checkForestParams(params);
  checkClassParams(params);
  return params;
}

function checkClassParams({ criterion, classWeight }: ClassParams): void {
  demandOneOf('criterion', criterion, ['gini', 'entropy', 'log_loss']);
  checkClassWeight(classWeight);
}
