// What runs report.
import {
  comparisonReason,
  findings,
  measureNames,
  quickFixText,
  runErrors,
  stageReason,
} from '#session-core/sentences/fr/reports.ts';

/** What happened, for the activity list. */
export { activities } from '#session-core/sentences/fr/activity.ts';

export const reports = { comparisonReason, findings, measureNames, quickFixText, runErrors, stageReason };
