// What runs report. English is the same table that exports use; another language has its own of the same types here.
export {
  comparisonReason,
  findings,
  quickFixText,
  runErrors,
} from '#session-core/sentences/en/reports.ts';
