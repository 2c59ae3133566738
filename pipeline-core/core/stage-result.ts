// What became of one stage of a run: how it ended, why it ran or did not, what it wrote.

/** How a stage ended. `skipped`: something before it failed or was cancelled. */
export type StageStatus = 'ran' | 'cached' | 'skipped' | 'failed';

export interface OutInfo {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Present where the out is a CSV table. */
  readonly rows?: number;
  readonly cols?: number;
}

/**
 * In what a stage differs from its last success. Values of `cmd` and params are shortened texts; absent where a param was
 * added to or taken from what the stage reads. `by`: the stage that writes the file.
 */
export type StageChange =
  | OwnChange
  /** `because`: the first cause. */
  | { readonly type: 'upstream'; readonly stage: string; readonly because?: OwnChange };
export type OwnChange =
  | { readonly type: 'new' | 'forced' | 'library' }
  | { readonly type: 'cmd'; readonly before: string; readonly after: string }
  | { readonly type: 'param'; readonly key: string; readonly before?: string; readonly after?: string }
  | { readonly type: 'file'; readonly path: string; readonly by?: string }
  | { readonly type: 'dep-added' | 'dep-removed' | 'out-added' | 'out-removed' | 'out-missing'; readonly path: string };

/** Why a stage ran, or why not. At most three changes are listed, the rest counted in `more`. */
export type StageReason =
  /** `frozen`: it keeps its outs all the same. `frozen-runs`: it is frozen, but has none. No change: nothing changed. */
  | {
      readonly code: 'changes' | 'frozen' | 'frozen-runs';
      readonly changes: readonly StageChange[];
      readonly more?: number;
    }
  /** Its inputs were run before; the copies of its outs are gone; the run ended before it. */
  | { readonly code: 'inputs-cached' | 'outs-gone' | 'run-cancelled' | 'run-stopped' }
  | { readonly code: 'after-failure'; readonly stage: string };

export interface StageResult {
  readonly name: string;
  readonly status: StageStatus;
  readonly reason: StageReason;
  /** Wall time in milliseconds of this run (about 0 when cached). */
  readonly ms: number;
  /** For a cached stage: the wall time in milliseconds that the cache saved. */
  readonly savedMs?: number;
  readonly outs: readonly OutInfo[];
}
