// What runs report.
import {
  comparisonReason,
  findings,
  measureNames,
  quickFixText,
  runErrors,
  stageReason,
} from '#session-core/sentences/de/reports.ts';

/** What happened, for the activity list. */
export { activities } from '#session-core/sentences/de/activity.ts';

export const reports = { comparisonReason, findings, measureNames, quickFixText, runErrors, stageReason };
