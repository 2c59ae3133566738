// How one run compares with another in the measure of their task.
import type { ScoreMeasure } from './task.ts';

/** Why a comparison has its verdict. */
export type ComparisonReason =
  | {
      readonly code:
        | 'not_succeeded'
        | 'same_outs'
        | 'same_code'
        | 'same_predictions'
        | 'protocol_changed'
        | 'task_changed'
        | 'no_predictions'
        | 'no_rows'
        /** The measure has no value on these rows: only one class is among them. */
        | 'no_score'
        /** One of them wrote none, whatever it predicted. */
        | 'score_missing';
    }
  | { readonly code: 'other_row_count' | 'other_row'; readonly before: number; readonly after: number }
  | {
      readonly code: 'other_fold' | 'other_target';
      readonly row: number;
      readonly before: number;
      readonly after: number;
    }
  | {
      readonly code: 'within_noise' | 'clear';
      readonly measure: ScoreMeasure;
      readonly change: number;
      readonly low: number;
      readonly high: number;
      readonly rows: number;
    }
  | { readonly code: 'several_runs' | 'several_runs_mixed' | 'several_runs_noise'; readonly runs: number };

/** How run b compares with run a in the session's metric. */
export interface Comparison {
  readonly verdict: 'better' | 'worse' | 'within-noise' | 'same-result' | 'not-comparable' | 'measure-changed';
  /** b - a in the metric's unit; absent where no change may be shown. */
  readonly change?: number;
  /** Interval of the paired bootstrap for `change`, 95 %. */
  readonly interval?: readonly [number, number];
  readonly reason: ComparisonReason;
}
