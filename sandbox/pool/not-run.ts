// The report of a run that never began.
import type { RunReport } from '#pipeline-core/core/report.ts';

/** Cancelled before it began, or failed because too many were waiting. */
export function notRun(status: 'cancelled' | 'failed'): RunReport {
  return {
    status,
    stages: [],
    metrics: {},
    plots: [],
    log: [],
    findings: [],
    ...(status === 'cancelled' ? {} : { error: { stage: null, kind: 'limit', code: 'queue_full', facts: {} } }),
    ms: 0,
  };
}
