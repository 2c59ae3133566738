// The reveal: main runs scored on the hold-out set, each with its gain over the baseline and over the starting point.
// Invariant: runs of the current task only, since tasks cannot be compared, and none that was struck; null while the settings hide the score; the labels
// stay here, only scores and intervals leave.
import type { RunReport } from '#pipeline-core/core/report.ts';
import { holdoutGain } from '#sandbox/index.ts';
import type { SessionState } from '#session-core/model/state.ts';
import { showsHoldout } from '#session-core/view/view-run.ts';
import type { HoldoutRow } from '../session-api.ts';
import type { StoredReport } from '../session-queries.ts';

const SEED = 1;
const MOST = 40;

export async function holdoutRows(
  state: SessionState,
  {
    actual,
    reportOf,
  }: { readonly actual: readonly number[]; reportOf(stored: StoredReport): Promise<RunReport | null> },
): Promise<readonly HoldoutRow[] | null> {
  if (!showsHoldout(state)) return null;
  const scored = Object.entries(state.runs).filter(
    ([, run]) =>
      run.kind === 'main' &&
      run.task === state.task.id &&
      run.struck === undefined &&
      run.report?.holdout !== undefined,
  );
  const first = scored[0]?.[1].report;
  const start = first === undefined ? null : await reportOf(first);
  const rows: HoldoutRow[] = [];
  for (const [id, run] of scored.slice(-MOST)) {
    const report = run.report === undefined ? null : await reportOf(run.report);
    const gain =
      report &&
      holdoutGain(report, {
        task: state.task,
        start: report.outsKey === start?.outsKey ? null : start,
        actual,
        seed: SEED,
      });
    if (gain) rows.push({ run: id, number: run.number ?? 0, ...gain });
  }
  return rows;
}
