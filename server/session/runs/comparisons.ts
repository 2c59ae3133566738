// Compares two runs by their whole reports, which are stored beside the log.
// Invariant: runs of different tasks are not compared, nor is one without a score, whatever it predicted; the same two runs
// always get the same verdict and interval; a change of the evaluation that leaves every prediction as it was begins no new
// series.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Comparison, RunReport } from '#pipeline-core/core/report.ts';
import { compareReportsInSteps } from '#sandbox/index.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Id, RunSummary } from '#session-core/model/types.ts';
import type { StoredReport } from '../session-queries.ts';

/** Of the bootstrap. */
const SEED = 1;
const CACHED_REPORTS = 12;

export type Against = Comparison & { readonly against: Id };

export interface Comparisons {
  /** A report just made, not yet in the log. */
  keep(detail: string, report: RunReport): void;
  /** undefined where one of them has no report, or `run` did not succeed. `fresh`: its report, not yet in the log. */
  between(against: Id, run: Id, fresh?: RunReport): Promise<Against | undefined>;
  /** The evaluation protocol of the report, and the series it continues; undefined where the run had none. */
  evaluationOf(report: RunReport, comparison: Against | undefined): RunSummary['evaluation'];
}

export function createComparisons(options: {
  readonly state: () => SessionState;
  readonly report: (stored: StoredReport) => Promise<RunReport | null>;
}): Comparisons {
  const { state } = options;
  /** By detail, newest last: comparisons need the predictions, which the log does not hold. */
  const recent = new Map<string, RunReport>();

  function keep(detail: string, report: RunReport): void {
    recent.delete(detail);
    recent.set(detail, report);
    if (recent.size > CACHED_REPORTS) recent.delete(recent.keys().next().value!);
  }

  async function reportOf(id: Id): Promise<RunReport | null> {
    const stored = state().runs[id]?.report;
    if (stored === undefined) return null;
    const known = recent.get(stored.detail) ?? (await options.report(stored));
    if (known) keep(stored.detail, known);
    return known;
  }

  async function between(against: Id, run: Id, fresh?: RunReport): Promise<Against | undefined> {
    const after = fresh ?? (await reportOf(run));
    const before = await reportOf(against);
    if (before === null || after?.status !== 'succeeded') return undefined;
    const { runs, tasks, task: current } = state();
    if (runs[against]?.task !== runs[run]?.task)
      return { verdict: 'measure-changed', reason: { code: 'task_changed' }, against };
    const { measure, metric } = tasks[runs[run]?.task ?? ''] ?? current;
    if ([before, after].some(({ metrics }) => metrics[metric] === undefined))
      return { verdict: 'not-comparable', reason: { code: 'score_missing' }, against };
    const sameProtocol = seriesOf(before.measureKey) === seriesOf(after.measureKey);
    const steps = compareReportsInSteps(before, after, { measure, seed: SEED, sameProtocol });
    for (;;) {
      const { done, value } = steps.next();
      if (done) return { ...value, against };
      // A class that arrives, or votes, waits for a piece of it at most.
      await nextTurn();
    }
  }

  /** The series that a run with this key belonged to. */
  function seriesOf(key: string | undefined): string | undefined {
    const known = Object.values(state().runs).find((run) => run.report?.evaluation?.key === key);
    return known?.report?.evaluation?.series ?? key;
  }

  function evaluationOf({ measureKey: key }: RunReport, comparison: Against | undefined): RunSummary['evaluation'] {
    if (key === undefined) return undefined;
    const before = comparison?.verdict === 'same-result' ? state().runs[comparison.against]?.report : undefined;
    const series = seriesOf(key);
    return { key, series: (series === key ? before?.evaluation?.series : undefined) ?? series ?? key };
  }

  return { keep, between, evaluationOf };
}
