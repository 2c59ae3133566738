// What runs report.
import {
  comparisonReason,
  findings,
  measureNames,
  quickFixText,
  runErrors,
} from '#session-core/sentences/de/reports.ts';

export const reports = { comparisonReason, findings, measureNames, quickFixText, runErrors };
