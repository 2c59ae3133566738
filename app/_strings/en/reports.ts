// What runs report. English is the same table that exports use; another language has its own of the same types here.
import {
  comparisonReason,
  findings,
  measureNames,
  quickFixText,
  runErrors,
} from '#session-core/sentences/en/reports.ts';

export const reports = { comparisonReason, findings, measureNames, quickFixText, runErrors };
