// The written list of models that a machine tries on a workshop table, from cheap to dear. Fixed beforehand and the same
// for every question, so that its best score is an honest one to beat.
// RUNS IN browser | server | child | isolate

import { HistGradientBoostingRegressor } from './models/boosting.ts';
import { DecisionTreeRegressor } from './models/decision-tree.ts';
import { DummyRegressor } from './models/dummy.ts';
import { ElasticNetCV } from './models/elastic-net.ts';
import { ExtraTreesRegressor, RandomForestRegressor } from './models/forest.ts';
import type { Regressor } from './models/model.ts';
import { Ridge, RidgeCV } from './models/ridge.ts';
import { VotingRegressor } from './models/voting.ts';

export interface Recipe {
  readonly name: string;
  /** What it is, for the room. */
  readonly sentence: string;
  /** A new, unfitted model. */
  build(seed: number): Regressor;
}

const ridge = (): Regressor => new RidgeCV({ alphas: [1, 3, 10, 30, 100, 300] });
const boosting = (): Regressor =>
  new HistGradientBoostingRegressor({ learningRate: 0.05, maxDepth: 3, minSamplesLeaf: 10 });
const forest = (randomState: number): Regressor =>
  new RandomForestRegressor({ maxFeatures: 1 / 3, minSamplesLeaf: 3, randomState });
const wideForest = (randomState: number): Regressor => new RandomForestRegressor({ minSamplesLeaf: 3, randomState });

/** Cheap to dear. */
export const RECIPES: readonly Recipe[] = [
  { name: 'mean', sentence: 'The mean of the target for everybody.', build: () => new DummyRegressor() },
  {
    name: 'tree',
    sentence: 'One tree, three questions deep.',
    build: () => new DecisionTreeRegressor({ maxDepth: 3 }),
  },
  { name: 'line', sentence: 'A straight line per column, barely held back.', build: () => new Ridge({ alpha: 1 }) },
  { name: 'ridge', sentence: 'A straight line per column, held back as leave-one-out says.', build: ridge },
  {
    name: 'net',
    sentence: 'A straight line per useful column.',
    build: () => new ElasticNetCV({ l1Ratio: [0.5, 0.9] }),
  },
  { name: 'boosting', sentence: 'A hundred small trees, each mending what is left.', build: boosting },
  { name: 'forest', sentence: 'A hundred trees, a third of the columns at each node.', build: forest },
  {
    name: 'slow boosting',
    sentence: 'Three hundred small trees in smaller steps.',
    build: () =>
      new HistGradientBoostingRegressor({ learningRate: 0.02, maxIter: 300, maxDepth: 3, minSamplesLeaf: 10 }),
  },
  { name: 'wide forest', sentence: 'A hundred trees, all columns at each node.', build: wideForest },
  {
    name: 'extra trees',
    sentence: 'A hundred trees with random cuts.',
    build: (randomState) => new ExtraTreesRegressor({ maxFeatures: 1 / 3, minSamplesLeaf: 3, randomState }),
  },
  {
    name: 'average',
    sentence: 'The mean of boosting and both forests.',
    build: (seed) =>
      new VotingRegressor({
        estimators: [
          ['boosting', boosting()],
          ['forest', forest(seed)],
          ['wide forest', wideForest(seed)],
        ],
      }),
  },
  {
    name: 'wide average',
    sentence: 'The mean of ridge, boosting and both forests.',
    build: (seed) =>
      new VotingRegressor({
        estimators: [
          ['ridge', ridge()],
          ['boosting', boosting()],
          ['forest', forest(seed)],
          ['wide forest', wideForest(seed)],
        ],
      }),
  },
];
