// What runs report.
import {
  comparisonReason,
  findings,
  measureNames,
  quickFixText,
  runErrors,
  stageReason,
} from '#session-core/sentences/de/reports.ts';

export const reports = { comparisonReason, findings, measureNames, quickFixText, runErrors, stageReason };
