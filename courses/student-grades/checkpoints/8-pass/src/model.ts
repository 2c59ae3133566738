// Who answers: a name in params.yaml, and how to build that model. One line adds another.
import {
  type Classifier,
  DecisionTreeClassifier,
  DummyClassifier,
  HistGradientBoostingClassifier,
  KNeighborsClassifier,
  LogisticRegression,
  Pipeline,
  RandomForestClassifier,
  StandardScaler,
} from 'pipeline-core';

export interface ModelParams {
  model: string;
  logistic: { strength: number };
  knn: { neighbors: number };
  tree: { depth: number; leaf: number };
  forest: { trees: number; features: number; leaf: number };
  boosting: { trees: number; rate: number; depth: number };
  seed: number;
}

const models: Record<string, (p: ModelParams) => Classifier> = {
  frequencies: () => new DummyClassifier(),
  logistic: ({ logistic }) => new LogisticRegression({ C: logistic.strength }),
  knn: ({ knn }) => new KNeighborsClassifier({ nNeighbors: knn.neighbors }),
  tree: ({ tree, seed }) =>
    new DecisionTreeClassifier({ maxDepth: tree.depth, minSamplesLeaf: tree.leaf, randomState: seed }),
  forest: ({ forest, seed }) =>
    new RandomForestClassifier({
      nEstimators: forest.trees,
      maxFeatures: forest.features,
      minSamplesLeaf: forest.leaf,
      randomState: seed,
    }),
  boosting: ({ boosting, seed }) =>
    new HistGradientBoostingClassifier({
      maxIter: boosting.trees,
      learningRate: boosting.rate,
      maxDepth: boosting.depth,
      randomState: seed,
    }),
};

/** All columns on one scale first: trees do not mind, the others need it. */
export function buildModel(p: ModelParams): Pipeline<Classifier> {
  const make = models[p.model];
  if (make) return new Pipeline<Classifier>([new StandardScaler()], make(p));
  throw new Error(`params.yaml: there is no model "${p.model}". There are ${Object.keys(models).join(', ')}.`);
}
