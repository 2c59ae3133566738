// Who answers: a name in params.yaml, and how to build that model. One line adds another.
import {
  type Classifier,
  DecisionTreeClassifier,
  DummyClassifier,
  HistGradientBoostingClassifier,
  KNeighborsClassifier,
  LogisticRegression,
  RandomForestClassifier,
} from 'pipeline-core';

export interface ModelParams {
  model: string;
  logistic: { C: number };
  knn: { neighbors: number };
  tree: { depth: number; leaf: number };
  forest: { trees: number; rows: number; features: number; leaf: number };
  boosting: { trees: number; rate: number; depth: number; leaf: number };
  seed: number;
}

const models: Record<string, (p: ModelParams) => Classifier> = {
  frequencies: () => new DummyClassifier(),
  logistic: ({ logistic }) => new LogisticRegression({ C: logistic.C }),
  knn: ({ knn }) => new KNeighborsClassifier({ nNeighbors: knn.neighbors }),
  tree: ({ tree, seed }) =>
    new DecisionTreeClassifier({ maxDepth: tree.depth, minSamplesLeaf: tree.leaf, randomState: seed }),
  forest: ({ forest, seed }) =>
    new RandomForestClassifier({
      nEstimators: forest.trees,
      maxSamples: forest.rows,
      maxFeatures: forest.features,
      minSamplesLeaf: forest.leaf,
      randomState: seed,
    }),
  boosting: ({ boosting, seed }) =>
    new HistGradientBoostingClassifier({
      maxIter: boosting.trees,
      learningRate: boosting.rate,
      maxDepth: boosting.depth,
      minSamplesLeaf: boosting.leaf,
      randomState: seed,
    }),
};

export function buildModel(p: ModelParams): Classifier {
  const make = models[p.model];
  if (make) return make(p);
  throw new Error(`params.yaml: there is no model "${p.model}". There are ${Object.keys(models).join(', ')}.`);
}
