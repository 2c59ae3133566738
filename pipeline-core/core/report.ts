// What a run of the pipeline came to: what the sandbox returns, the log keeps and every screen draws.
// Invariant: plain JSON only, no functions, no typed arrays, so that it travels and is stored as it is.

/** How a stage ended. `skipped`: something before it failed or was cancelled. */
export type StageStatus = 'ran' | 'cached' | 'skipped' | 'failed';

export interface OutInfo {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Present where the out is a CSV table. */
  readonly rows?: number;
  readonly cols?: number;
}

export interface StageResult {
  readonly name: string;
  readonly status: StageStatus;
  /** Why it ran, or why not, for people: "`params.yaml: train.trees` 100 -> 200". */
  readonly reason: string;
  /** Wall time in milliseconds of this run (about 0 when cached). */
  readonly ms: number;
  /** For a cached stage: the wall time in milliseconds that the cache saved. */
  readonly savedMs?: number;
  readonly outs: readonly OutInfo[];
}

/** A place in the workspace, for the editor's mark. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** An edit that mends the error: one line put into a file of the workspace. */
export interface QuickFix {
  /** "add `data/test.csv` to `deps` of train in dvc.yaml" */
  readonly text: string;
  readonly file: string;
  /** The new line goes before this line (from 1). */
  readonly beforeLine: number;
  readonly insert: string;
}

export interface RunError {
  /** null: the workspace itself is wrong (dvc.yaml, params.yaml) or the runner failed. */
  readonly stage: string | null;
  /** `user`: the workspace's code or files; `limit`: a limit of the sandbox; `internal`: our own fault. */
  readonly kind: 'user' | 'limit' | 'internal';
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The text of that line. */
  readonly source?: string;
  /** Further frames inside the workspace, innermost first. */
  readonly trace?: readonly Place[];
  readonly quickFix?: QuickFix;
}

export interface Plot {
  readonly path: string;
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly columns: readonly string[];
  /** One array per row, in the order of `columns`. */
  readonly rows: readonly (readonly (number | string)[])[];
}

export interface LogLine {
  readonly stage: string;
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly text: string;
}

/** Out-of-fold predictions: what runs are compared by. All arrays have the same length. */
export interface Predictions {
  readonly row: readonly number[];
  readonly fold: readonly number[];
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
}

export interface Finding {
  /** `leak`, `sensitive`, `served-differs`, `measure-changed` ... */
  readonly code: string;
  readonly level: 'info' | 'warning' | 'alarm';
  /** A plain sentence for people. */
  readonly message: string;
  readonly column?: string;
}

export interface RunReport {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly stages: readonly StageResult[];
  /** Flattened with dots: {'cv.rmse': 2.31}. At most 64 finite numbers. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly plots: readonly Plot[];
  readonly log: readonly LogLine[];
  readonly error?: RunError;
  readonly findings: readonly Finding[];
  /** Absent where the run failed or wrote none. */
  readonly predictions?: Predictions;
  /** Hash over what decides how the score is made: evaluate.ts and what it imports, target, folds, rows. */
  readonly measureKey?: string;
  /** Hash over all outs: equal for a refactoring. */
  readonly outsKey?: string;
  /** Score on the hold-out rows, computed by the parent; the labels never enter a child. */
  readonly holdout?: number;
  /** What `predict` answered for the hold-out rows, in their order: kept for the reveal, shown nowhere before. */
  readonly holdoutPredictions?: readonly number[];
  /** Wall time in milliseconds of the whole run. */
  readonly ms: number;
}

/** How run b stands against run a in the session's metric. */
export interface Comparison {
  readonly verdict: 'better' | 'worse' | 'within-noise' | 'same-result' | 'not-comparable' | 'measure-changed';
  /** b - a in the metric's unit; absent where no change may be shown. */
  readonly change?: number;
  /** Interval of the paired bootstrap for `change`, 95 %. */
  readonly interval?: readonly [number, number];
  /** Why, for people. */
  readonly reason: string;
}

/** The question a session works on. */
export interface Task {
  readonly id: string;
  /** One sentence: "Predict a student's average grade from 30 facts about them, without the grades themselves." */
  readonly sentence: string;
  readonly dataset: string;
  readonly target: string;
  readonly forbidden: readonly string[];
  readonly metric: string;
  readonly baselineMetric: string;
  readonly unit: string;
  readonly direction: 'lower' | 'higher';
  readonly split: string;
  readonly holdoutFraction: number;
}
