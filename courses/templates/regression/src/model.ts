// Who answers: a name in params.yaml, and how to build that model. One line adds another.
import {
  DecisionTreeRegressor,
  DummyRegressor,
  HistGradientBoostingRegressor,
  KNeighborsRegressor,
  LinearRegression,
  Pipeline,
  RandomForestRegressor,
  type Regressor,
  Ridge,
  StandardScaler,
  VotingRegressor,
} from 'pipeline-core';

export interface ModelParams {
  model: string;
  ridge: { alpha: number };
  knn: { neighbors: number; scaled: boolean };
  tree: { depth: number; leaf: number };
  forest: { trees: number; rows: number; features: number; leaf: number };
  boosting: { trees: number; rate: number; depth: number; leaf: number };
  seed: number;
}

const team = ['ridge', 'forest', 'boosting'];

const models: Record<string, (p: ModelParams) => Regressor> = {
  mean: () => new DummyRegressor(),
  linear: () => new LinearRegression(),
  ridge: ({ ridge }) => new Ridge({ alpha: ridge.alpha }),
  knn: ({ knn }) =>
    new Pipeline(knn.scaled ? [new StandardScaler()] : [], new KNeighborsRegressor({ nNeighbors: knn.neighbors })),
  tree: ({ tree, seed }) =>
    new DecisionTreeRegressor({ maxDepth: tree.depth, minSamplesLeaf: tree.leaf, randomState: seed }),
  forest: ({ forest, seed }) =>
    new RandomForestRegressor({
      nEstimators: forest.trees,
      maxSamples: forest.rows,
      maxFeatures: forest.features,
      minSamplesLeaf: forest.leaf,
      randomState: seed,
    }),
  boosting: ({ boosting, seed }) =>
    new HistGradientBoostingRegressor({
      maxIter: boosting.trees,
      learningRate: boosting.rate,
      maxDepth: boosting.depth,
      minSamplesLeaf: boosting.leaf,
      randomState: seed,
    }),
  average: (p) => new VotingRegressor({ estimators: team.map((name) => [name, build(name, p)] as const) }),
};

export const buildModel = (p: ModelParams): Regressor => build(p.model, p);

function build(name: string, p: ModelParams): Regressor {
  const make = models[name];
  if (!make) throw new Error(`params.yaml: there is no model "${name}". There are ${Object.keys(models).join(', ')}.`);
  return make(p);
}
