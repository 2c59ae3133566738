// From a saved model back to a model: the one place that knows every class.

import { nearNames, PipelineError } from '../core/errors.ts';
import { loaded } from '../core/load-json.ts';
import type { ModelJson, Regressor } from '../estimator/model.ts';
import { HistGradientBoostingRegressor } from '../models/boosting.ts';
import { DecisionTreeRegressor } from '../models/decision-tree.ts';
import { DummyRegressor } from '../models/dummy.ts';
import { ElasticNet, ElasticNetCV } from '../models/elastic-net.ts';
import { ExtraTreesRegressor, RandomForestRegressor } from '../models/forest.ts';
import { LinearRegression } from '../models/linear-regression.ts';
import { KNeighborsRegressor } from '../models/neighbors.ts';
import { Ridge, RidgeCV } from '../models/ridge.ts';
import { Pipeline } from './pipeline.ts';
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
