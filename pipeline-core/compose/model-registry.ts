// From a saved model back to a model: the one place that knows every class.

import { nearNames, PipelineError } from '../core/errors.ts';
import { loaded } from '../core/load-json.ts';
import { type Classifier, isClassifier } from '../estimator/classifier.ts';
import type { ModelJson, Regressor } from '../estimator/model.ts';
import { HistGradientBoostingClassifier, HistGradientBoostingRegressor } from '../models/boosting.ts';
import { DecisionTreeRegressor } from '../models/decision-tree.ts';
import { DummyRegressor } from '../models/dummy.ts';
import { DummyClassifier } from '../models/dummy-classifier.ts';
import { ElasticNet, ElasticNetCV } from '../models/elastic-net.ts';
import { ExtraTreesRegressor, RandomForestRegressor } from '../models/forest.ts';
import { LinearRegression } from '../models/linear-regression.ts';
import { LogisticRegression } from '../models/logistic-regression.ts';
import { KNeighborsRegressor } from '../models/neighbors.ts';
import { KNeighborsClassifier } from '../models/neighbors-classifier.ts';
import { Ridge, RidgeCV } from '../models/ridge.ts';
import { DecisionTreeClassifier, ExtraTreesClassifier, RandomForestClassifier } from '../models/tree-classifiers.ts';
import { LinearSVC, LinearSVR } from '../svm/linear-svm.ts';
import { SVC } from '../svm/svc.ts';
import { SVR } from '../svm/svr.ts';
import { Pipeline } from './pipeline.ts';
import { StackingClassifier, StackingRegressor } from './stacking.ts';
import type { OwnSteps } from './transformer-registry.ts';
import { VotingClassifier, VotingRegressor } from './voting.ts';

/** A class that the participants wrote: what `toJSON` saved comes back by its own `fromJSON`. */
export interface Loadable {
  /** @param load turns models inside back */
  fromJSON(json: ModelJson, load: (json: ModelJson) => Regressor | Classifier): Regressor | Classifier;
}

/** What participants wrote, by name: models, and steps and functions of a Pipeline. */
export type Own = Readonly<Record<string, Loadable>> | OwnSteps;

type Load = (json: ModelJson, own: Own) => Regressor | Classifier;

const LOADERS = new Map<string, Load>([
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
  ['LinearSVR', LinearSVR.fromJSON],
  ['SVR', SVR.fromJSON],
  ['LinearSVC', LinearSVC.fromJSON],
  ['SVC', SVC.fromJSON],
  ['DummyClassifier', DummyClassifier.fromJSON],
  ['LogisticRegression', LogisticRegression.fromJSON],
  ['KNeighborsClassifier', KNeighborsClassifier.fromJSON],
  ['DecisionTreeClassifier', DecisionTreeClassifier.fromJSON],
  ['RandomForestClassifier', RandomForestClassifier.fromJSON],
  ['ExtraTreesClassifier', ExtraTreesClassifier.fromJSON],
  ['HistGradientBoostingClassifier', HistGradientBoostingClassifier.fromJSON],
  [
    'Pipeline',
    (json, own) =>
      Pipeline.fromJSON(json, (inner) => modelFromJSON(inner, own), own) as Pipeline<Regressor> | Pipeline<Classifier>,
  ],
  ['StackingRegressor', (json, own) => StackingRegressor.fromJSON(json, (inner) => regressorFromJSON(inner, own))],
  ['StackingClassifier', (json, own) => StackingClassifier.fromJSON(json, (inner) => classifierFromJSON(inner, own))],
  ['VotingClassifier', (json, own) => VotingClassifier.fromJSON(json, (inner) => classifierFromJSON(inner, own))],
  ['VotingRegressor', (json, own) => VotingRegressor.fromJSON(json, (inner) => regressorFromJSON(inner, own))],
]);

/**
 * The model that `toJSON` saved: it predicts the same bits.
 * @param own classes written by hand, by name: `{ Stack }`
 * Throws PipelineError 'unknown-model' for a kind that neither this library nor `own` has, 'bad-model' for a damaged one.
 */
export function modelFromJSON(json: ModelJson, own: Own = {}): Regressor | Classifier {
  const kind = String((json as Partial<ModelJson> | null | undefined)?.kind);
  const load = LOADERS.get(kind);
  if (load !== undefined) return loaded(`model of the kind ${kind}`, () => load(json, own));
  const written = Object.hasOwn(own, kind) ? (own[kind] as Loadable) : undefined;
  if (written !== undefined) {
    if (typeof written.fromJSON !== 'function') {
      const message = `${kind} has no static fromJSON(json, load): it must make a ${kind} of what its toJSON() gave.`;
      throw new PipelineError('bad-model', message, { kind });
    }
    return loaded(`model of the kind ${kind}`, () => written.fromJSON(json, (inner) => modelFromJSON(inner, own)));
  }
  if (typeof json === 'string') {
    throw new PipelineError('bad-model', 'A saved model is given as a text: give regressorFromJSON(JSON.parse(text)).');
  }
  const near = nearNames(kind, [...LOADERS.keys(), ...Object.keys(own)]);
  const hint =
    near.length > 0
      ? `Did you mean ${near.join(' or ')}?`
      : `Save it with toJSON() of a model of this library, or name your own class: regressorFromJSON(json, { ${/^[A-Z]\w*$/.test(kind) ? kind : 'MyModel'} }).`;
  throw new PipelineError('unknown-model', `There is no model of the kind "${kind}". ${hint}`);
}

/** As modelFromJSON, of a model that answers with numbers. Throws also PipelineError 'not-a-regressor'. */
export function regressorFromJSON(json: ModelJson, own: Own = {}): Regressor {
  const model = modelFromJSON(json, own);
  if (!isClassifier(model)) return model;
  const message = `This saved ${model.kind} answers with classes: load it with classifierFromJSON.`;
  throw new PipelineError('not-a-regressor', message, { kind: model.kind });
}

/** As modelFromJSON, of a model that answers with classes. Throws also PipelineError 'not-a-classifier'. */
export function classifierFromJSON(json: ModelJson, own: Own = {}): Classifier {
  const model = modelFromJSON(json, own);
  if (isClassifier(model)) return model;
  const message = `This saved ${model.kind} answers with numbers: load it with regressorFromJSON.`;
  throw new PipelineError('not-a-classifier', message, { kind: model.kind });
}
