// A sandbox that runs nothing: jobs wait until the test ends them, or end by themselves with a metric made from the files.
import type { RunFinding, RunReport } from '#pipeline-core/core/report.ts';
import type { Job, Pool, Progress } from '#sandbox/index.ts';

export interface FakeJob {
  readonly job: Job;
  readonly tell: (progress: Progress) => void;
  /** With `checking`, `check` follows. */
  finish(report?: Partial<RunReport>): void;
  /** null: the checks were given up. */
  check(findings: readonly RunFinding[] | null): void;
  readonly over: () => boolean;
}

export interface ManualPool extends Pool {
  readonly jobs: readonly FakeJob[];
  readonly forgotten: readonly string[];
}

export function reportWith(metrics: Readonly<Record<string, number>>, more: Partial<RunReport> = {}): RunReport {
  return { status: 'succeeded', stages: [], metrics, plots: [], log: [], findings: [], ms: 5, ...more };
}

/** `auto`: every job starts and ends at once with this metric. */
export function createManualPool(auto?: (job: Job) => number): ManualPool {
  const jobs: FakeJob[] = [];
  const forgotten: string[] = [];
  return {
    jobs,
    forgotten,
    gaps: [],
    runJob(job, tell) {
      let settle: (report: RunReport) => void = () => {};
      let over = false;
      const checked = Promise.withResolvers<readonly RunFinding[] | null>();
      const report = new Promise<RunReport>((resolve) => {
        settle = (made) => {
          over = true;
          resolve(made);
          if (made.checking !== true) checked.resolve([]);
        };
      });
      const entry: FakeJob = {
        job,
        tell,
        finish: (more = {}) => settle(reportWith({ 'cv.rmse': 2.5, 'baseline.rmse': 2.8 }, more)),
        check: checked.resolve,
        over: () => over,
      };
      jobs.push(entry);
      if (auto)
        setImmediate(() => {
          tell({ type: 'started' });
          settle(reportWith({ 'cv.rmse': auto(job), 'baseline.rmse': 2.8 }));
        });
      return { report, checked: checked.promise, cancel: () => settle(reportWith({}, { status: 'cancelled' })) };
    },
    predict: (_session, rows) => Promise.resolve({ runId: 'r2', predicted: rows.map(() => 11.5) }),
    explain: () => ({ done: Promise.resolve(null), cancel: () => {} }),
    learningCurve: () => ({ done: Promise.resolve(null), cancel: () => {} }),
    pushes: ({ row }) =>
      Promise.resolve({
        runId: 'r2',
        answer: 11.5,
        base: 11,
        pushes: Object.keys(row).map((column) => ({ column, push: 0.5 / Object.keys(row).length, error: 0 })),
        exact: false,
        orders: 40,
        background: 100,
      }),
    check: () => Promise.resolve({ types: { problems: [] }, style: { problems: [], formatted: {}, fixed: {} } }),
    evaluate: ({ code }) => Promise.resolve({ kind: 'text', names: ['age', 'school'], text: code }),
    forget(session) {
      forgotten.push(session);
      return Promise.resolve();
    },
    stats: () => ({ running: jobs.filter((one) => !one.over()).length, queued: 0, warm: 0, predictors: 0 }),
    close: () => Promise.resolve(),
  };
}
