// What the server asks of the sandbox and what comes back: jobs, limits, progress. CONTRACT; `pool.ts` exports it.
// Invariant: the participants' code runs only in children of the pool, never in the server's process.
import type { Answers, LogLine, Marker, ScoreMeasure, StageReason, StageResult } from '#pipeline-core/core/report.ts';

export interface Limits {
  /** Milliseconds a stage may take (isolate's clock; SIGKILL follows 1 s later). Default 10_000. */
  readonly stageMs: number;
  /** Milliseconds a stage of tests may take. Default 5_000. */
  readonly testMs: number;
  /** Milliseconds a whole run may take. Default 45_000. */
  readonly runMs: number;
  /** Resident memory of the child in MiB. Default 450. */
  readonly memoryMb: number;
  readonly logLines: number; // 500
  readonly logBytes: number; // 65_536
  readonly resultBytes: number; // 262_144
  readonly outBytes: number; // 16 MiB in all
}

export interface Job {
  readonly runId: string;
  /** Fairness and the run cache are per session. */
  readonly sessionId: string;
  readonly kind: 'main' | 'preview';
  /** The workspace: path -> text ('dvc.yaml', 'params.yaml', 'src/train.ts' ...). */
  readonly files: Readonly<Record<string, string>>;
  /** Read-only data files: path ('data/raw/flats.csv') -> text. Their hash is computed once per text. */
  readonly data: Readonly<Record<string, string>>;
  /** Stages to run even if cached. */
  readonly force?: readonly string[];
  /** Folder of this session's run cache; the session deletes it. */
  readonly cacheDir: string;
  readonly limits?: Partial<Limits>;
  /**
   * For main runs: hold-out rows WITHOUT any part of the target, for `predict`, and what scores them in the parent. Without
   * `actual` they are predicted only: whoever has the labels scores.
   */
  readonly holdout?: { readonly rows: readonly Row[]; readonly actual?: readonly number[] };
  /**
   * Nobody waits for it: it begins only while nothing else runs or waits, ends as cancelled as soon as something else
   * comes, runs no more than its score needs, and is not checked.
   */
  readonly background?: true;
  /** Its folder is for this run alone: a worker gives it an empty one that goes with it. */
  readonly once?: true;
  /** What the checks of a run compare with; absent where the table belongs to no task. */
  readonly task?: CheckedTask;
}

export interface CheckedTask {
  readonly target: string;
  readonly measure: ScoreMeasure;
  /** Of a classification, in the order of its probabilities; none: it asks for numbers. */
  readonly classes: readonly string[];
  /** Columns that no input may come from. */
  readonly forbidden: readonly string[];
  readonly markers: readonly Marker[];
  /** The target of each visible row, in the order of the table; of a classification the index of its class. */
  readonly actual: readonly number[];
  /** The group of each visible row, where folds may not split groups. */
  readonly groups?: { readonly column: string; readonly of: readonly string[] };
}

/** Where a table belongs to no task, answers are numbers. */
export const NUMBERS: Pick<CheckedTask, 'classes' | 'measure'> = { classes: [], measure: 'rmse' };

/** What a model answered, and which run made it. */
export interface Predicted extends Answers {
  readonly runId: string;
}
export type Row = Readonly<Record<string, string | number>>;

export type Progress =
  | { readonly type: 'queued'; readonly ahead: number }
  | { readonly type: 'started' }
  | {
      readonly type: 'plan';
      readonly stages: readonly { readonly name: string; readonly willRun: boolean; readonly reason: StageReason }[];
    }
  | { readonly type: 'stage'; readonly name: string } // begins
  | { readonly type: 'progress'; readonly stage: string; readonly share: number }
  | { readonly type: 'staged'; readonly result: StageResult }
  | { readonly type: 'log'; readonly lines: readonly LogLine[] };
