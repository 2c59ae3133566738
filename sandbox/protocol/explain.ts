// What the server asks about a model that is served, and what comes back. CONTRACT; `pool.ts` exports it.
// Invariant: everything is found through `predict(rows)` alone, so that it holds for any code of the participants.
import type { Pushes } from '#pipeline-core/inspection/shapley.ts';
import type { Job, Row } from './job.ts';

export interface ExplainedColumn {
  readonly column: string;
  /** Mean rise of the error when the column is shuffled. */
  readonly mean: number;
  /** 95 %. */
  readonly interval: readonly [number, number];
  /** An answer changed. */
  readonly used: boolean;
}

export interface ExplainedDependence {
  readonly column: string;
  readonly grid: readonly (string | number)[];
  /** How many of the rows lie at each value, or nearest to it. */
  readonly counts: readonly number[];
  readonly average: readonly number[];
  readonly quartiles: readonly (readonly [number, number])[];
  readonly lines: readonly { readonly row: number; readonly values: readonly number[] }[];
  /** How many rows the mean is over. */
  readonly rows: number;
}

/** Why there is less than there could be. */
export type ExplainFault = 'time' | 'memory' | 'refused' | 'ended' | 'no_rows';

export interface Explained {
  /** Rows that the model was asked about, of so many that are visible. */
  readonly rows: number;
  readonly of: number;
  /** Of the model on these rows, on which it was fitted. */
  readonly error: number;
  readonly nRepeats: number;
  /** Largest first. Columns that the model refuses to see shuffled are not there. */
  readonly importance: readonly ExplainedColumn[];
  /** By column; only of columns that are used, the most important first. */
  readonly dependence: Readonly<Record<string, ExplainedDependence>>;
  /** How much of the work is done, 0 to 1. */
  readonly share: number;
  readonly fault?: { readonly code: ExplainFault; readonly message?: string };
}

/** The run whose model it is; what is found is kept in the session's run cache under `key`. */
export interface ExplainJob extends Job {
  readonly key: string;
}

export interface ExplainHandle<T> {
  /** Always resolves. null: it was cancelled, or there is nothing to explain. */
  readonly done: Promise<T | null>;
  cancel(): void;
}

export interface PushesJob {
  readonly sessionId: string;
  readonly row: Row;
  /** The visible table, from which the background rows are drawn. */
  readonly csv: string;
  readonly forbidden: readonly string[];
  /** Columns that the model uses, where that is known. */
  readonly used?: readonly string[];
}

export interface RowPushes extends Pushes {
  readonly runId: string;
  /** How many background rows stand for "not known". */
  readonly background: number;
}
