// From a saved preparation step back to the step: the one place that knows every class.

import { KMeans } from '../cluster/k-means.ts';
import { nearNames, PipelineError } from '../core/errors.ts';
import { loaded } from '../core/load-json.ts';
import { PCA } from '../decomposition/pca.ts';
import { RFE } from '../feature-selection/rfe.ts';
import { SelectKBest } from '../feature-selection/select-k-best.ts';
import { ColumnTransformer } from '../preprocessing/column-transformer.ts';
import { FunctionTransformer } from '../preprocessing/function-transformer.ts';
import { KBinsDiscretizer } from '../preprocessing/k-bins-discretizer.ts';
import { MinMaxScaler } from '../preprocessing/min-max-scaler.ts';
import { OneHotEncoder } from '../preprocessing/one-hot-encoder.ts';
import { OrdinalEncoder } from '../preprocessing/ordinal-encoder.ts';
import { PolynomialFeatures } from '../preprocessing/polynomial-features.ts';
import { QuantileTransformer } from '../preprocessing/quantile-transformer.ts';
import { SimpleImputer } from '../preprocessing/simple-imputer.ts';
import { StandardScaler } from '../preprocessing/standard-scaler.ts';
import { TargetEncoder } from '../preprocessing/target-encoder.ts';
import type { Transformer, TransformerJson } from '../preprocessing/transformer.ts';

/** What participants wrote, by name: classes of steps with a static `fromJSON(json)`, and functions of FunctionTransformer. */
export type OwnSteps = Readonly<Record<string, unknown>>;

interface OwnStep {
  fromJSON(json: TransformerJson): Transformer;
}

const LOADERS = new Map<string, (json: TransformerJson, own: OwnSteps) => Transformer>([
  ['ColumnTransformer', (json, own) => ColumnTransformer.fromJSON(json, (inner) => transformerFromJSON(inner, own))],
  ['FunctionTransformer', FunctionTransformer.fromJSON],
  ['KBinsDiscretizer', KBinsDiscretizer.fromJSON],
  ['KMeans', KMeans.fromJSON],
  ['MinMaxScaler', MinMaxScaler.fromJSON],
  ['OneHotEncoder', OneHotEncoder.fromJSON],
  ['OrdinalEncoder', OrdinalEncoder.fromJSON],
  ['PCA', PCA.fromJSON],
  ['PolynomialFeatures', PolynomialFeatures.fromJSON],
  ['QuantileTransformer', QuantileTransformer.fromJSON],
  ['RFE', RFE.fromJSON],
  ['SelectKBest', SelectKBest.fromJSON],
  ['SimpleImputer', SimpleImputer.fromJSON],
  ['StandardScaler', StandardScaler.fromJSON],
  ['TargetEncoder', TargetEncoder.fromJSON],
]);

/** The step that `toJSON` saved. @param own what you wrote, by name. Throws PipelineError 'unknown-transformer', 'bad-transformer'. */
export function transformerFromJSON(json: TransformerJson, own: OwnSteps = {}): Transformer {
  const kind = String((json as Partial<TransformerJson> | null | undefined)?.kind);
  const load = LOADERS.get(kind);
  if (load !== undefined) return loaded(`step of the kind ${kind}`, () => load(json, own));
  const written = Object.hasOwn(own, kind) ? (own[kind] as Partial<OwnStep>) : undefined;
  if (typeof written?.fromJSON === 'function') {
    return loaded(`step of the kind ${kind}`, () => (written as OwnStep).fromJSON(json));
  }
  const near = nearNames(kind, [...LOADERS.keys(), ...Object.keys(own)]);
  const hint =
    near.length > 0
      ? `Did you mean ${near[0]}?`
      : `If you wrote it, give it a static fromJSON(json) and name it: modelFromJSON(json, { ${/^[A-Z]\w*$/.test(kind) ? kind : 'MyStep'} }).`;
  throw new PipelineError('unknown-transformer', `There is no preparation step "${kind}". ${hint}`);
}
