// From a saved preparation step back to the step: the one place that knows every class.
import { nearNames, PipelineError } from '../core/errors.ts';
import { loaded } from '../core/load-json.ts';
import { ColumnTransformer } from '../preprocessing/column-transformer.ts';
import { MinMaxScaler } from '../preprocessing/min-max-scaler.ts';
import { OneHotEncoder } from '../preprocessing/one-hot-encoder.ts';
import { OrdinalEncoder } from '../preprocessing/ordinal-encoder.ts';
import { SimpleImputer } from '../preprocessing/simple-imputer.ts';
import { StandardScaler } from '../preprocessing/standard-scaler.ts';
import type { Transformer, TransformerJson } from '../preprocessing/transformer.ts';

const LOADERS = new Map<string, (json: TransformerJson) => Transformer>([
  ['ColumnTransformer', (json) => ColumnTransformer.fromJSON(json, transformerFromJSON)],
  ['MinMaxScaler', MinMaxScaler.fromJSON],
  ['OneHotEncoder', OneHotEncoder.fromJSON],
  ['OrdinalEncoder', OrdinalEncoder.fromJSON],
  ['SimpleImputer', SimpleImputer.fromJSON],
  ['StandardScaler', StandardScaler.fromJSON],
]);

/** The step that `toJSON` saved. Throws PipelineError 'unknown-transformer', 'bad-transformer'. */
export function transformerFromJSON(json: TransformerJson): Transformer {
  const kind = (json as Partial<TransformerJson> | null | undefined)?.kind;
  const load = LOADERS.get(String(kind));
  if (load !== undefined) return loaded(`step of the kind ${kind}`, () => load(json));
  const near = nearNames(String(kind), [...LOADERS.keys()]);
  const hint = near.length > 0 ? ` Did you mean ${near[0]}?` : '';
  throw new PipelineError('unknown-transformer', `There is no preparation step "${String(kind)}".${hint}`);
}
