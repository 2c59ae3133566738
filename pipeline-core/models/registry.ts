// From a saved model back to a model: the one place that knows every class.
// RUNS IN browser | server | child | isolate

import { nearNames, PipelineError } from '../errors.ts';
import { loaded } from '../loaded.ts';
import { Pipeline } from '../transforms/pipeline.ts';
import { HistGradientBoostingRegressor } from './boosting.ts';
import { DecisionTreeRegressor } from './decision-tree.ts';
import { DummyRegressor } from './dummy.ts';
import { ElasticNet, ElasticNetCV } from './elastic-net.ts';
import { ExtraTreesRegressor, RandomForestRegressor } from './forest.ts';
import { LinearRegression } from './linear-regression.ts';
import type { ModelJson, Regressor } from './model.ts';
import { KNeighborsRegressor } from './neighbors.ts';
import { Ridge, RidgeCV } from './ridge.ts';
import { VotingRegressor } from './voting.ts';

const LOADERS = new Map<string, (json: ModelJson) => Regressor>([
  ['DummyRegressor', DummyRegressor.fromJSON],
  ['LinearRegression', LinearRegression.fromJSON],
  ['Ridge', Ridge.fromJSON],
  ['RidgeCV', RidgeCV.fromJSON],
  ['ElasticNet', ElasticNet.fromJSON],
  ['ElasticNetCV', ElasticNetCV.fromJSON],
  ['KNeighborsRegressor', KNeighborsRegressor.fromJSON],
  ['DecisionTreeRegressor', DecisionTreeRegressor.fromJSON],
  ['RandomForestRegressor', RandomForestRegressor.fromJSON],
  ['ExtraTreesRegressor', ExtraTreesRegressor.fromJSON],
  ['HistGradientBoostingRegressor', HistGradientBoostingRegressor.fromJSON],
  ['Pipeline', (json) => Pipeline.fromJSON(json, regressorFromJSON)],
  ['VotingRegressor', (json) => VotingRegressor.fromJSON(json, regressorFromJSON)],
]);

/**
 * The model that `toJSON` saved: it predicts the same bits.
 * Throws PipelineError 'unknown-model' for a kind this library does not have, 'bad-model' for a damaged one.
 */
export function regressorFromJSON(json: ModelJson): Regressor {
  const kind = (json as Partial<ModelJson> | null | undefined)?.kind;
  const load = LOADERS.get(String(kind));
  if (load !== undefined) return loaded(`model of the kind ${kind}`, () => load(json));
  if (typeof json === 'string') {
    throw new PipelineError('bad-model', 'A saved model is given as a text: give regressorFromJSON(JSON.parse(text)).');
  }
  const near = nearNames(String(kind), [...LOADERS.keys()]);
  const hint =
    near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'Save it with toJSON() of a model of this library.';
  throw new PipelineError('unknown-model', `There is no model of the kind "${String(kind)}". ${hint}`);
}
