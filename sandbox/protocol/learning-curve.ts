// The score of a workspace on samples of the table, asked for by somebody. CONTRACT; `pool.ts` exports it.
// Invariant: it is the workspace's own score, made by its own evaluation: at all rows it is the score of the run.
import type { ExplainFault } from './explain.ts';

/** Of the samples of one size. */
export interface Spread {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface CurvePoint {
  /** Rows of the sample, on which it was learned and scored by cross-validation. */
  readonly rows: number;
  /** Samples of this size that gave a score, and those that failed. */
  readonly samples: number;
  readonly failed: number;
  /** The score of the evaluation: of rows that the models had not seen. */
  readonly unseen: Spread;
  /** The same measure of the model that is served, on rows of the sample it was fitted on; absent where it does not answer. */
  readonly seen?: Spread;
}

export interface LearningCurve {
  /** Fewest rows first. */
  readonly points: readonly CurvePoint[];
  /** Rows that are visible. */
  readonly of: number;
  /** How much of the work is done, 0 to 1. */
  readonly share: number;
  readonly fault?: { readonly code: ExplainFault; readonly message?: string };
}
