// The sandbox as the server sees it. CONTRACT; `sandbox/index.ts` exports it.
import type { RunFinding, RunReport } from '#pipeline-core/core/report.ts';
import type { CodeCheckJob, CodeFindings } from './code-check.ts';
import type { Explained, ExplainHandle, ExplainJob, PushesJob, RowPushes } from './explain.ts';
import type { Expression, ExpressionAnswer } from './expression.ts';
import type { Job, Predicted, Progress, Row } from './job.ts';
import type { LearningCurve } from './learning-curve.ts';

export interface PoolStats {
  readonly running: number;
  readonly queued: number;
  /** Children that wait for a run. */
  readonly warm: number;
  /** Children that have loaded a model and answer at once. */
  readonly predictors: number;
}

export interface RunHandle {
  /**
   * A dead child, a limit and a crowd's bug are all reports. Rejects with RunLost alone, where it ran on another machine and
   * that was gone, twice.
   */
  readonly report: Promise<RunReport>;
  /**
   * What the checks found that follow a report which is `checking`; resolves after `report`. null: they were given up,
   * because the session or the pool was closed. Rejects with RunLost where the machine that made them is gone.
   */
  readonly checked: Promise<readonly RunFinding[] | null>;
  cancel(): void;
}
export interface Pool {
  runJob(job: Job, onProgress: (progress: Progress) => void): RunHandle;
  /** Serves the outs of the session's last successful main run; rejects with PredictUnavailable, of which RowsRefused is the model's own no. */
  predict(sessionId: string, rows: readonly Row[]): Promise<Predicted>;
  /**
   * Explains the model of a main run; it begins when no run waits, and a main run of the session ends it. `onPart`: what
   * is known so far.
   */
  explain(job: ExplainJob, onPart: (part: Explained) => void): ExplainHandle<Explained>;
  /** The score of a main run's code on samples of the table; it begins and ends as `explain` does, after it. */
  learningCurve(job: ExplainJob, onPart: (part: LearningCurve) => void): ExplainHandle<LearningCurve>;
  /** What pushed the answer of the served model for a row; rejects as `predict` does. */
  pushes(job: PushesJob): Promise<RowPushes>;
  /** An expression over one table, in a child of its own, after all runs that wait. Rejects by our own fault only. */
  evaluate(expression: Expression): Promise<ExpressionAnswer>;
  /** Types, format and lint of a workspace, in the background and after all runs. Always resolves. */
  check(job: CodeCheckJob): Promise<CodeFindings>;
  /** Forget a session: cancel its jobs, end its predictor. */
  forget(sessionId: string): Promise<void>;
  /** One plain line per containment measure that this platform lacks; empty on Linux in full. */
  readonly gaps: readonly string[];
  readonly stats: () => PoolStats;
  /** Kills all children; resolves when they are gone. */
  close(): Promise<void>;
}
