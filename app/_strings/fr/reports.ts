// What runs report.
import {
  comparisonReason,
  findings,
  measureNames,
  quickFixText,
  runErrors,
  stageReason,
} from '#session-core/sentences/fr/reports.ts';

export const reports = { comparisonReason, findings, measureNames, quickFixText, runErrors, stageReason };
