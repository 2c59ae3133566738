// Compares two runs by their whole reports, which are stored beside the log.
// Invariant: runs of different tasks are not compared; the same two runs always get the same verdict and interval.
import type { Comparison, RunReport } from '#pipeline-core/core/report.ts';
import { compareReports } from '#sandbox/index.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';

/** Of the bootstrap. */
const SEED = 1;
const CACHED_REPORTS = 12;

export type Against = Comparison & { readonly against: Id };

export interface Comparisons {
  /** A report just made, not yet in the log. */
  keep(detail: string, report: RunReport): void;
  /** undefined where one of them has no report, or `run` did not succeed. `report`: of a run not yet in the log. */
  between(against: Id, run: Id, report?: RunReport): Promise<Against | undefined>;
  /** Against the best earlier main run with the same evaluation protocol. */
  withBest(run: Id, report: RunReport): Promise<Against | undefined>;
}

export function createComparisons(options: {
  readonly state: () => SessionState;
  readonly report: (detail: string) => Promise<RunReport | null>;
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
    const detail = state().runs[id]?.report?.detail;
    if (detail === undefined) return null;
    const known = recent.get(detail) ?? (await options.report(detail));
    if (known) keep(detail, known);
    return known;
  }

  async function between(against: Id, run: Id, report?: RunReport): Promise<Against | undefined> {
    const after = report ?? (await reportOf(run));
    const before = await reportOf(against);
    if (before === null || after?.status !== 'succeeded') return undefined;
    const { runs } = state();
    if (runs[against]?.task !== runs[run]?.task)
      return { verdict: 'measure-changed', reason: { code: 'task_changed' }, against };
    return { ...compareReports(before, after, SEED), against };
  }

  async function withBest(id: Id, report: RunReport): Promise<Against | undefined> {
    const { runs, tasks } = state();
    const task = runs[id]?.task;
    const { metric, direction } = tasks[task ?? ''] ?? state().task;
    const sign = direction === 'lower' ? 1 : -1;
    const ranked = Object.entries(runs)
      .filter(([other, run]) => other !== id && run.kind === 'main' && run.status === 'succeeded' && run.task === task)
      .flatMap(([other, run]) =>
        run.report?.metrics[metric] === undefined ? [] : [[other, run.report.metrics[metric]] as const],
      )
      .sort(([, a], [, b]) => sign * (a - b));
    for (const [other] of ranked.slice(0, CACHED_REPORTS)) {
      const before = await reportOf(other);
      if (before && before.measureKey === report.measureKey) return between(other, id, report);
    }
    return undefined;
  }

  return { keep, between, withBest };
}
