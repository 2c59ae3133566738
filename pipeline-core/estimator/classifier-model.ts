// The base of all classifiers: checks, answers by name, the saved form. A model adds `fit`, `answer` and what it learned.

import {
  type Classifier,
  type ClassLabel,
  type LabelVector,
  largestOf,
  type ProbabilityRow,
  probabilityRows,
} from './classifier.ts';
import { Estimator } from './estimator.ts';
import { type ColumnLevels, demandKind, type FittedColumns, predictionInput } from './input.ts';
import { labelList } from './labels.ts';
import type { FitOptions, Matrix, MatrixLike, ModelJson } from './model.ts';
import { shareRight } from './scores.ts';
import { weightsOf } from './weights.ts';

export interface FittedClasses extends FittedColumns {
  readonly classes: readonly ClassLabel[];
}

/** @typeParam S what `fit` learned */
export abstract class ClassifierModel<P extends object, S> extends Estimator<P> implements Classifier {
  /** Whether a row may have values missing. */
  readonly takesMissing: boolean = false;
  protected known: FittedClasses | null = null;
  protected learned: S | null = null;

  abstract fit(x: MatrixLike, y: LabelVector, options?: FitOptions): this;
  /** Probabilities, row-major, a column a class. */
  protected abstract answer(learned: S, x: Matrix, options?: FitOptions): Float64Array;
  /** `learned` as plain JSON, and back. */
  protected abstract save(learned: S): unknown;
  protected abstract load(saved: unknown): S;

  get classes(): readonly ClassLabel[] {
    predictionInput(this.kind, [], this.known);
    return this.known!.classes;
  }

  probabilities(x: MatrixLike, options?: FitOptions): Matrix {
    const matrix = this.inputOf(x);
    const { classes } = this.known!;
    const data = this.answer(this.learned!, matrix, options);
    return { data, rows: matrix.rows, cols: classes.length, names: classes.map(String) };
  }

  /** Rows as the model sees them: categories as codes. */
  inputOf(x: MatrixLike): Matrix {
    return predictionInput(this.kind, x, this.known);
  }

  predictProba(x: MatrixLike, options?: FitOptions): ProbabilityRow[] {
    return probabilityRows(this.probabilities(x, options));
  }

  predict(x: MatrixLike, options?: FitOptions): ClassLabel[] {
    const answers = this.probabilities(x, options);
    return Array.from(largestOf(answers), (k) => this.known!.classes[k]!);
  }

  /** The share of rows whose class is right. Throws as `predict`. */
  score(x: MatrixLike, y: LabelVector, options?: Pick<FitOptions, 'sampleWeight'>): number {
    const predicted = this.predict(x);
    return shareRight(labelList(y, predicted.length), predicted, weightsOf(options, predicted.length));
  }

  toJSON(): ModelJson {
    const { known, learned } = this;
    const levels = known?.levels ? { levels: known.levels } : {};
    const state = known && { cols: known.cols, classes: known.classes, learned: this.save(learned!), ...levels };
    const params = { ...this.params } as Record<string, unknown>;
    return { kind: this.kind, version: 1, params, names: known?.names ?? [], state };
  }

  /** Takes over what `toJSON` saved. Throws PipelineError 'bad-model'. */
  restore(json: ModelJson): this {
    demandKind(json, this.kind);
    const state = json.state as { cols: number; classes: ClassLabel[]; learned: unknown; levels?: ColumnLevels } | null;
    if (state === null) return this;
    const { cols, classes, levels = null } = state;
    this.known = { cols, names: json.names, classes: [...classes], levels };
    this.learned = this.load(state.learned);
    return this;
  }

  protected settle(x: Matrix, classes: readonly ClassLabel[], learned: S, levels: ColumnLevels | null = null): this {
    this.known = { cols: x.cols, names: x.names, classes, levels };
    this.learned = learned;
    return this;
  }
}
