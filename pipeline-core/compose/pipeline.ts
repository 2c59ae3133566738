// Preparation and model as one thing that is fitted, saved and served together, so that what trained is what serves.
// After scikit-learn's Pipeline: steps in order, a model last.

import { PipelineError } from '../core/errors.ts';
import type { Vector } from '../estimator/frames.ts';
import { demandKind } from '../estimator/input.ts';
import type { FitOptions, Matrix, ModelJson, Regressor } from '../estimator/model.ts';
import {
  numberInput,
  type Transformer,
  type TransformerJson,
  type TransformInput,
} from '../preprocessing/transformer.ts';
import { transformerFromJSON } from './transformer-registry.ts';

export class Pipeline implements Regressor {
  readonly kind = 'Pipeline';
  readonly steps: readonly Transformer[];
  readonly model: Regressor;

  /** @param steps applied in this order @param model fitted on what they give */
  constructor(steps: readonly Transformer[], model: Regressor) {
    this.steps = steps;
    this.model = model;
  }

  /**
   * Fits every step and the model on the training rows.
   * Throws PipelineError 'not-finite' (row and column) where missing values are left after the steps.
   */
  fit(input: TransformInput, y: Vector, options: FitOptions = {}): this {
    let data = input;
    for (const step of this.steps) data = step.fitTransform(data);
    this.model.fit(numberInput(data), y, options);
    return this;
  }

  /** One number a row. Throws PipelineError 'not-fitted', 'unknown-column', 'unknown-category'. */
  predict(input: TransformInput, options: FitOptions = {}): Float64Array {
    return this.model.predict(this.transform(input), options);
  }

  /** What the model sees: for explanations, which speak of these columns. */
  transform(input: TransformInput): Matrix {
    let data = input;
    for (const step of this.steps) data = step.transform(data);
    return numberInput(data);
  }

  toJSON(): ModelJson {
    const model = this.model.toJSON();
    const state = { steps: this.steps.map((step) => step.toJSON()), model };
    return { kind: this.kind, version: 1, params: {}, names: model.names, state };
  }

  /** @param load turns the saved model back: regressorFromJSON. Throws PipelineError 'bad-model', 'unknown-transformer'. */
  static fromJSON(json: ModelJson, load: (json: ModelJson) => Regressor): Pipeline {
    demandKind(json, 'Pipeline');
    const state = json.state as { steps?: readonly TransformerJson[]; model?: ModelJson } | null;
    if (!Array.isArray(state?.steps) || state.model === undefined) {
      throw new PipelineError(
        'bad-model',
        'This saved Pipeline lacks its steps or its model: save it again with toJSON().',
      );
    }
    return new Pipeline(state.steps.map(transformerFromJSON), load(state.model));
  }
}
