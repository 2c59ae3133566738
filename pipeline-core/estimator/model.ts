// What every model is to the rest: numbers in, numbers out, saved and loaded as JSON.
// Invariant: a model never reads a clock or chance of its own; `randomState` decides everything.

import type { FrameLike, NumberTable, Vector } from './frames.ts';

/** Row-major numbers, `data.length === rows * cols`; `names` labels the columns (may be empty). */
export interface Matrix {
  readonly data: Float64Array;
  readonly rows: number;
  readonly cols: number;
  readonly names: readonly string[];
}

/** What `fit` and `predict` accept: a Matrix, plain arrays of rows, or, by the names of their columns, a Table or danfojs frame of numbers. */
export type MatrixLike = Matrix | readonly (readonly number[])[] | FrameLike | NumberTable;

export interface FitOptions {
  /** Called a few times a second at most with the share done, 0..1. */
  readonly onProgress?: (share: number) => void;
  /** Asked between units of work; true ends the fit with PipelineError 'stopped'. */
  readonly shouldStop?: () => boolean;
  /** How much each row counts in `fit`, at least 0; a model that takes none says so. */
  readonly sampleWeight?: Vector;
}

export interface ModelJson {
  /** Name of the class, in scikit-learn's words. */
  readonly kind: string;
  readonly version: 1;
  readonly params: Readonly<Record<string, unknown>>;
  /** Names of the columns it was fitted on; predict refuses others. */
  readonly names: readonly string[];
  readonly state: unknown;
}

/**
 * Whether missing values may come before a model. One that takes none is spared them, so that the sentence names the row as
 * it was given; what says nothing (a pipeline, a class of the participants) looks for itself.
 */
export function mayMiss(model: object): boolean {
  return !('takesMissing' in model) || model.takesMissing === true;
}

/** A regression model. `fit` returns the model itself. */
export interface Regressor {
  readonly kind: string;
  fit(x: MatrixLike, y: Vector, options?: FitOptions): this;
  /**
   * One finite number a row. Models that take their time over many rows (neighbours, trees) tell and ask as `fit` does.
   * Throws PipelineError 'not-fitted' before `fit`, 'stopped'.
   */
  predict(x: MatrixLike, options?: FitOptions): Float64Array;
  toJSON(): ModelJson;
}
