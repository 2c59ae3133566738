// What the findings of a run mean for everybody: may its model answer, may its score be a record.
import type { RunFinding } from '#pipeline-core/core/report.ts';

/** Its `predict` was asked and did not answer: an earlier model goes on answering. */
export const cannotServe = (findings: readonly RunFinding[]): boolean =>
  findings.some(({ code }) => code === 'served-fails');
