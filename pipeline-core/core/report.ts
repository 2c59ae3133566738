// What a run of the pipeline came to: what the sandbox returns, the log keeps and every screen draws.
// Invariant: plain JSON only, no functions, no typed arrays, so that it travels and is stored as it is.
import type { StageResult } from './stage-result.ts';
import type { Answers, Predictions } from './task.ts';

export type { Comparison, ComparisonReason } from './comparison.ts';
export type { OutInfo, OwnChange, StageChange, StageReason, StageResult, StageStatus } from './stage-result.ts';
export type { Answers, Marker, Predictions, ScoreMeasure, Task } from './task.ts';

/** A place in the workspace, for the editor's mark. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** An edit that fixes the error: `item` added to a list of a stage, as one line put into a file of the workspace. */
export interface QuickFix {
  readonly item: string;
  /** The list: `deps`, `outs` ... */
  readonly section: string;
  readonly stage: string;
  readonly file: string;
  /** The new line goes before this line (from 1). */
  readonly beforeLine: number;
  readonly insert: string;
}

type None = Readonly<Record<never, never>>;

/** Params of the stage that would need less with a smaller value. */
interface TurnDown {
  readonly turnDown?: readonly { readonly key: string; readonly value: number }[];
}

/** Errors of a run that are ours to explain: a code and facts, from which each language makes its sentence. */
export interface FactsByRunError {
  /** The code of the workspace threw, or its files are wrong: `message` is the text of that error. */
  readonly thrown: { readonly message: string };
  /** The runner itself failed; `message` is the text of the error. */
  readonly runner_failed: { readonly message: string };
  readonly stage_time: { readonly ms: number } & TurnDown;
  readonly run_time: { readonly ms: number } & TurnDown;
  readonly memory: { readonly mb: number } & TurnDown;
  /** The process of the stage sent more than it may, or what it may not. */
  readonly protocol_breach: None;
  readonly process_ended: None;
  readonly outs_too_large: { readonly mb: number } & TurnDown;
  readonly out_missing: { readonly path: string };
  readonly queue_full: None;
  readonly cancelled: None;
}
export type RunErrorCause = {
  readonly [C in keyof FactsByRunError]: { readonly code: C; readonly facts: FactsByRunError[C] };
}[keyof FactsByRunError];

export type RunError = RunErrorCause & {
  /** null: the workspace itself is wrong (dvc.yaml, params.yaml) or the runner failed. */
  readonly stage: string | null;
  /** `user`: code or files of the workspace; `limit`: a limit of the sandbox; `internal`: our own fault. */
  readonly kind: 'user' | 'limit' | 'internal';
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The text of that line. */
  readonly source?: string;
  /** Further frames inside the workspace, innermost first. */
  readonly trace?: readonly Place[];
  readonly quickFix?: QuickFix;
};

export interface TestFailure {
  readonly name: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The text of that line. */
  readonly source?: string;
}

/** What came of the tests of a run. They decide neither its status nor its score. */
export interface TestResults {
  readonly passed: number;
  readonly failed: number;
  /** The first that failed. */
  readonly failures: readonly TestFailure[];
  /** Why a stage of tests came to no result. */
  readonly error?: RunError;
  /** The test that ran when it ended. */
  readonly during?: string;
}

/** DVC's templates, those that differ only in smoothing or jitter as one, and two of our own: histogram and heatmap. */
export type PlotTemplate =
  | 'linear'
  | 'scatter'
  | 'bar_horizontal'
  | 'bar_horizontal_sorted'
  | 'confusion'
  | 'confusion_normalized'
  | 'histogram'
  | 'heatmap';

export interface Plot {
  readonly path: string;
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** How it is to be drawn; absent: as its values suggest. */
  readonly template?: PlotTemplate;
  readonly columns: readonly string[];
  /** One array per row, in the order of `columns`. */
  readonly rows: readonly (readonly (number | string)[])[];
  /** Rows of the file, where these are a part of them, evenly spread. */
  readonly of?: number;
}

export interface LogLine {
  readonly stage: string;
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly text: string;
  /** The stage was taken from the run cache: it wrote this when it last ran. */
  readonly cached?: true;
}

/** What a check of a table found, as the library answers it to code that asks. */
export interface Finding {
  /** `leak`, `sensitive` ... */
  readonly code: string;
  readonly level: 'info' | 'warning' | 'alarm';
  readonly message: string;
  readonly column?: string;
}

/** Why the served model does not answer. */
export type ServeFault =
  | { readonly fault: 'time' | 'memory'; readonly file?: string; readonly line?: number }
  | { readonly fault: 'breach' | 'crash' | 'killed' | 'holdout_rows' }
  | { readonly fault: 'writes' | 'reads'; readonly path: string; readonly file?: string; readonly line?: number }
  | { readonly fault: 'thrown'; readonly message: string; readonly file?: string; readonly line?: number };

/** Why a table that a stage wrote cannot be used. */
export type TableFault =
  | { readonly fault: 'too_long'; readonly length: number; readonly most: number }
  | { readonly fault: 'unreadable' }
  | { readonly fault: 'no_column' | 'text_column'; readonly column: string }
  | { readonly fault: 'not_a_number'; readonly row: number; readonly column: string; readonly cell: string }
  | { readonly fault: 'unknown_class'; readonly row: number; readonly column: string; readonly cell: string }
  /** The probabilities of a row are not between 0 and 1, or do not add up to 1. */
  | { readonly fault: 'not_probabilities'; readonly row: number; readonly sum: number }
  | { readonly fault: 'rows'; readonly rows: number; readonly of: number };

/** What a run found out about itself: a code and facts, from which each language makes its sentence. */
export interface FactsByFinding {
  readonly 'served-fails': ServeFault;
  /** Of a classification, the probability of `label`. */
  readonly 'served-differs': {
    readonly row: number;
    readonly fitted: number;
    readonly served: number | null;
    readonly label?: string;
  };
  readonly 'served-unchecked': { readonly path: string } & TableFault;
  readonly 'metric-twice': { readonly metric: string; readonly path: string };
  readonly 'metric-unproven': { readonly metric: string; readonly path: string };
  /** `computed` null: the predictions give no finite score. */
  readonly 'metric-differs': {
    readonly metric: string;
    readonly written: number;
    readonly computed: number | null;
    readonly path: string;
  };
  readonly 'predictions-unreadable': { readonly path: string } & TableFault;
  readonly 'tests-unreadable': { readonly stage: string };
  readonly 'result-too-large': { readonly kb: number };
  readonly 'constant-feature': {
    readonly features: readonly { readonly name: string; readonly value: number }[];
    /** Constant ones beside those named. */
    readonly more: number;
  };
  /** An input holds a part of the target. */
  readonly 'leak-part': {
    readonly column: string;
    readonly part: string;
    readonly target: string;
    readonly renamed: boolean;
  };
  readonly 'leak-strong': { readonly column: string; readonly target: string; readonly percent: number };
  /** An input only says whether `source` has a value that was known after the outcome; `label`: who has it. */
  readonly 'leak-marker': {
    readonly column: string;
    readonly source: string;
    readonly value: number;
    readonly label: string;
  };
  readonly 'leak-identifier': { readonly column: string };
  /** Of `of` rows of a fold, the predictions of `rows` change when nothing but their own target changes. */
  readonly 'leak-own-target': { readonly rows: number; readonly of: number };
  /** Which rows are scored depends on their targets. */
  readonly 'leak-row-choice': { readonly rows: number; readonly of: number };
  /**
   * `failed`: the stages fail on a changed table; `folds`: they change with the targets; else the check itself was ended, by
   * a limit, with its process, or because the server stopped.
   */
  readonly 'leak-unchecked': { readonly reason: 'failed' | 'folds' | 'time' | 'memory' | 'ended' | 'interrupted' };
  /** Rows with this value of the task's `groups` column were partly tested in one fold and partly in others. */
  readonly 'leak-group-split': { readonly column: string; readonly group: string };
  /** The value that a row is scored against is not the task's target; of a classification the names of classes. */
  readonly 'target-differs': {
    readonly row: number;
    readonly target: string;
    readonly scored: number | string;
    readonly actual: number | string;
  };
  /** The numbers in `row` are not those of the table: the targets are, in another order. */
  readonly 'rows-misnumbered': { readonly path: string };
}
export type RunFinding = {
  readonly [C in keyof FactsByFinding]: {
    readonly code: C;
    readonly level: Finding['level'];
    readonly facts: FactsByFinding[C];
  };
}[keyof FactsByFinding];

/** An out as dvc.lock has it. */
export interface LockedOut {
  readonly md5: string;
  readonly size: number;
  /** Of a file of metrics, where it is small: it belongs into a repository. */
  readonly text?: string;
}

export interface RunReport {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly stages: readonly StageResult[];
  /** Flattened with dots: {'cv.rmse': 2.31}. At most 64 finite numbers. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly plots: readonly Plot[];
  readonly log: readonly LogLine[];
  readonly error?: RunError;
  readonly findings: readonly RunFinding[];
  /** Absent where no stage has tests. */
  readonly tests?: TestResults;
  /** Checks that take longer follow the report: what they find is not among its findings. */
  readonly checking?: true;
  /** Absent where the run failed or wrote none. */
  readonly predictions?: Predictions;
  /** Hash over what decides how the score is made: evaluate.ts and what it imports, target, folds, rows. */
  readonly measureKey?: string;
  /** Hash over all outs: equal for a refactoring. */
  readonly outsKey?: string;
  /** By path, for dvc.lock; absent in reports of earlier versions. */
  readonly lockedOuts?: Readonly<Record<string, LockedOut>>;
  /** Score on the hold-out rows in the task's measure, computed by the parent; the labels never enter a child. */
  readonly holdout?: number;
  /** What `predict` answered for the hold-out rows, in their order: kept for the reveal, shown nowhere before. */
  readonly holdoutPredictions?: Answers;
  /** Wall time in milliseconds of the whole run. */
  readonly ms: number;
}
