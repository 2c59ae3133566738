// Preparation and model as one thing that is fitted, saved and served together, so that what trained is what serves.
// After scikit-learn's Pipeline: steps in order, a model last.

import { PipelineError } from '../core/errors.ts';
import {
  type Classifier,
  type ClassLabel,
  isClassifier,
  type LabelVector,
  type ProbabilityRow,
} from '../estimator/classifier.ts';
import { type Part, passToParts, type Tunable, withParts } from '../estimator/estimator.ts';
import type { Vector } from '../estimator/frames.ts';
import { demandKind } from '../estimator/input.ts';
import { labelList } from '../estimator/labels.ts';
import type { FitOptions, Matrix, MatrixLike, ModelJson, Regressor } from '../estimator/model.ts';
import { describe } from '../estimator/params.ts';
import { r2Of, shareRight } from '../estimator/scores.ts';
import { weightsOf } from '../estimator/weights.ts';
import {
  numberInput,
  type Transformer,
  type TransformerJson,
  type TransformInput,
} from '../preprocessing/transformer.ts';
import { type OwnSteps, transformerFromJSON } from './transformer-registry.ts';

type Model = Regressor | Classifier;
/** Steps by name, the model last: `[['scale', new StandardScaler()], ['ridge', new Ridge()]]`. */
export type NamedSteps<M extends Model> = readonly [
  ...(readonly (readonly [name: string, step: Transformer])[]),
  readonly [name: string, model: M],
];

export class Pipeline<M extends Model = Regressor> {
  readonly kind = 'Pipeline';
  readonly steps: readonly Transformer[];
  readonly model: M;
  /** Of the steps and the model, in order. */
  readonly names: readonly string[];

  /**
   * Either named steps with the model last, as scikit-learn has it, or the steps and then the model.
   * Throws PipelineError 'bad-param'.
   */
  constructor(named: NamedSteps<M>);
  constructor(steps: readonly Transformer[], model: M);
  constructor(given: NamedSteps<M> | readonly Transformer[], model?: M) {
    const named = model === undefined ? (given as NamedSteps<M>) : null;
    const [steps, last] =
      named === null
        ? [given as readonly Transformer[], model!]
        : [named.slice(0, -1).map(([, step]) => step), named.at(-1)?.[1]];
    this.names = named?.map(([name]) => name) ?? namesOf([...steps, last as M].map(({ kind }) => kind.toLowerCase()));
    this.steps = steps as readonly Transformer[];
    this.model = last as M;
    demandParts(this.names, this.steps, this.model);
  }

  /** Of a classifier: sorted. */
  get classes(): readonly ClassLabel[] {
    return this.classifier('classes').classes;
  }

  /**
   * Fits every step and the model on the training rows; weights go to the model.
   * Throws PipelineError 'not-finite' (row and column) where missing values are left after the steps.
   */
  fit(input: TransformInput, y: Parameters<M['fit']>[1], options: FitOptions = {}): this {
    let data = input;
    for (const step of this.steps) data = step.fitTransform(data, y);
    this.model.fit(this.seen(data), y as Vector & LabelVector, options);
    return this;
  }

  /** One answer a row. Throws PipelineError 'not-fitted', 'unknown-column', 'unknown-category'. */
  predict(input: TransformInput, options: FitOptions = {}): ReturnType<M['predict']> {
    return this.model.predict(this.transform(input), options) as ReturnType<M['predict']>;
  }

  /** Of a classifier: probabilities by class name, one record a row. */
  predictProba(input: TransformInput, options: FitOptions = {}): ProbabilityRow[] {
    return this.classifier('predictProba').predictProba(this.transform(input), options);
  }

  /** Of a classifier: the same as a matrix, a column a class. */
  probabilities(input: TransformInput, options: FitOptions = {}): Matrix {
    return this.classifier('probabilities').probabilities(this.transform(input), options);
  }

  /** R2 of numbers, the share of classes that are right. */
  score(input: TransformInput, y: Parameters<M['fit']>[1], options?: Pick<FitOptions, 'sampleWeight'>): number {
    const predicted = this.predict(input);
    const actual = labelList(y as LabelVector, predicted.length);
    const weight = weightsOf(options, predicted.length);
    if (isClassifier(this.model)) return shareRight(actual, predicted, weight);
    return r2Of(actual as number[], predicted as Float64Array, weight);
  }

  /** What the model sees: for explanations, which speak of these columns. */
  transform(input: TransformInput): Matrix {
    let data = input;
    for (const step of this.steps) data = step.transform(data);
    return this.seen(data) as Matrix;
  }

  // Without a step the model is given the words themselves: it takes them as categories, or says that it does not.
  private seen(data: TransformInput): MatrixLike {
    return this.steps.length === 0 ? (data as MatrixLike) : numberInput(data);
  }

  /** Of its steps and its model, as `ridge__alpha`. */
  getParams(): Record<string, unknown> {
    return withParts({}, this.parts());
  }

  /** Throws PipelineError 'unknown-param' | 'bad-param'. */
  setParams(given: Readonly<Record<string, unknown>>): this {
    const own = Object.keys(passToParts(this.kind, given, this.parts()));
    if (own.length === 0) return this;
    const message = `A Pipeline has no parameter "${own[0]}" of its own: name the step, ${this.names.at(-1)}__${own[0]}.`;
    throw new PipelineError('unknown-param', message, { param: own[0]! });
  }

  /** A new one of the same steps and model, not fitted. */
  clone(): this {
    const all = [...this.steps, this.model] as unknown as Tunable[];
    const copies = all.map((part, k) => {
      if (typeof part.clone === 'function') return [this.names[k]!, part.clone()] as const;
      const message = `The step "${this.names[k]}" has no clone(): it must return a new, unfitted one of the same parameters.`;
      throw new PipelineError('no-clone', message, { step: this.names[k]! });
    });
    return new Pipeline(copies as unknown as NamedSteps<M>) as this;
  }

  toJSON(): ModelJson {
    const model = this.model.toJSON();
    const state = { steps: this.steps.map((step) => step.toJSON()), model, names: this.names };
    return { kind: this.kind, version: 1, params: {}, names: model.names, state };
  }

  /** @param load turns the saved model back: modelFromJSON. Throws PipelineError 'bad-model', 'unknown-transformer'. */
  static fromJSON<M extends Model>(json: ModelJson, load: (json: ModelJson) => M, own: OwnSteps = {}): Pipeline<M> {
    demandKind(json, 'Pipeline');
    const state = json.state as {
      steps?: readonly TransformerJson[];
      model?: ModelJson;
      names?: readonly string[];
    } | null;
    if (!Array.isArray(state?.steps) || state.model === undefined) {
      throw new PipelineError(
        'bad-model',
        'This saved Pipeline lacks its steps or its model: save it again with toJSON().',
      );
    }
    const all = [...state.steps.map((step) => transformerFromJSON(step, own)), load(state.model)];
    const names = state.names ?? namesOf(all.map(({ kind }) => kind.toLowerCase()));
    return new Pipeline(all.map((part, k) => [names[k]!, part]) as unknown as NamedSteps<M>);
  }

  private parts(): readonly Part[] {
    const all = [...this.steps, this.model] as unknown as Partial<Tunable>[];
    // Steps that the participants wrote may have no parameters.
    return all.flatMap((part, k) => (part.getParams === undefined ? [] : [[this.names[k]!, part as Tunable] as const]));
  }

  private classifier(what: string): Classifier {
    if (isClassifier(this.model)) return this.model;
    const message = `This Pipeline ends with ${(this.model as Model).kind}, which predicts numbers: only classifiers have ${what}.`;
    throw new PipelineError('not-a-classifier', message, { kind: (this.model as Model).kind });
  }
}

// As scikit-learn's make_pipeline: lower case, numbered where a kind comes more than once.
function namesOf(kinds: readonly string[]): string[] {
  return kinds.map((kind, k) => {
    if (kinds.filter((other) => other === kind).length === 1) return kind;
    return `${kind}-${kinds.slice(0, k + 1).filter((other) => other === kind).length}`;
  });
}

function demandParts(names: readonly string[], steps: readonly Transformer[], model: Model | undefined): void {
  const example = "new Pipeline([['scale', new StandardScaler()], ['ridge', new Ridge()]])";
  const wrong = steps.findIndex((step) => typeof (step as Partial<Transformer> | null)?.transform !== 'function');
  if (wrong >= 0) {
    const message = `Step ${wrong + 1} of this Pipeline is ${describe(steps[wrong])}, which has no transform: ${example}.`;
    throw new PipelineError('bad-param', message, { step: wrong + 1 });
  }
  if (typeof (model as Partial<Model> | undefined)?.predict !== 'function') {
    throw new PipelineError(
      'bad-param',
      `A Pipeline ends with a model, but this ends with ${describe(model)}: ${example}.`,
    );
  }
  const double = names.find((name, k) => names.indexOf(name) !== k || typeof name !== 'string' || name.includes('__'));
  if (double === undefined) return;
  const message = `The name "${double}" of a step is used twice or holds "__": names must differ.`;
  throw new PipelineError('bad-param', message, { name: double });
}
