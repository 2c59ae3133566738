// The written list of models that a machine tries on a workshop table, from cheap to dear. Fixed beforehand and the same
// for every question, so that its best score is an honest one to beat.

import type { Regressor } from '../estimator/model.ts';
import { HistGradientBoostingRegressor } from '../models/boosting.ts';
import { DecisionTreeRegressor } from '../models/decision-tree.ts';
import { DummyRegressor } from '../models/dummy.ts';
import { ElasticNetCV } from '../models/elastic-net.ts';
import { ExtraTreesRegressor, RandomForestRegressor } from '../models/forest.ts';
import { Ridge, RidgeCV } from '../models/ridge.ts';
import { VotingRegressor } from './voting.ts';

export interface Recipe {
  readonly name: string;
  /** What it is, for people. */
  readonly sentence: string;
  /** An average: the recipes whose models it is the mean of. */
  readonly parts?: readonly string[];
  /** A new, unfitted model. */
  build(seed: number): Regressor;
}

const SINGLE: readonly Recipe[] = [
  { name: 'mean', sentence: 'The mean of the target for everybody.', build: () => new DummyRegressor() },
  {
    name: 'tree',
    sentence: 'One tree, three questions deep.',
    build: () => new DecisionTreeRegressor({ maxDepth: 3 }),
  },
  { name: 'line', sentence: 'A straight line per column, barely held back.', build: () => new Ridge({ alpha: 1 }) },
  {
    name: 'ridge',
    sentence: 'A straight line per column, held back as leave-one-out says.',
    build: () => new RidgeCV({ alphas: [1, 3, 10, 30, 100, 300] }),
  },
  {
    name: 'net',
    sentence: 'A straight line per useful column.',
    build: () => new ElasticNetCV({ l1Ratio: [0.5, 0.9] }),
  },
  {
    name: 'boosting',
    sentence: 'A hundred small trees, each mending what is left.',
    build: () => new HistGradientBoostingRegressor({ learningRate: 0.05, maxDepth: 3, minSamplesLeaf: 10 }),
  },
  {
    name: 'slow boosting',
    sentence: 'Three hundred small trees in smaller steps.',
    build: () =>
      new HistGradientBoostingRegressor({ learningRate: 0.02, maxIter: 300, maxDepth: 3, minSamplesLeaf: 10 }),
  },
  {
    name: 'forest',
    sentence: 'Two hundred trees, a third of the columns at each node.',
    build: (randomState) =>
      new RandomForestRegressor({ nEstimators: 200, maxFeatures: 1 / 3, minSamplesLeaf: 3, randomState }),
  },
  {
    name: 'extra trees',
    sentence: 'Two hundred trees with random cuts.',
    build: (randomState) =>
      new ExtraTreesRegressor({ nEstimators: 200, maxFeatures: 1 / 3, minSamplesLeaf: 3, randomState }),
  },
  {
    name: 'wide forest',
    sentence: 'Two hundred trees, all columns at each node.',
    build: (randomState) => new RandomForestRegressor({ nEstimators: 200, minSamplesLeaf: 3, randomState }),
  },
];

function averageOf(name: string, sentence: string, parts: readonly string[]): Recipe {
  const members = SINGLE.filter((recipe) => parts.includes(recipe.name));
  const build = (seed: number): Regressor =>
    new VotingRegressor({ estimators: members.map((member) => [member.name, member.build(seed)] as const) });
  return { name, sentence, parts: members.map((member) => member.name), build };
}

/** Cheap to dear. */
export const RECIPES: readonly Recipe[] = [
  ...SINGLE,
  averageOf('pair', 'The mean of boosting and the wide forest.', ['boosting', 'wide forest']),
  averageOf('average', 'The mean of boosting and both forests.', ['boosting', 'forest', 'wide forest']),
  averageOf('wide average', 'The mean of ridge, boosting and both forests.', [
    'ridge',
    'boosting',
    'forest',
    'wide forest',
  ]),
];
