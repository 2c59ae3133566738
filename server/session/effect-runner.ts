// Performs the effects of a session: starts and cancels runs, asks for automatic previews, disconnects people.
// Invariant: live only, never on replay. A suggestion is previewed automatically at most once in ten seconds; what is due
// earlier is asked for when they are over.

import { join } from 'node:path';
import type { Effect } from '#session-core/effects.ts';
import type { SystemCommand } from '#session-core/model/system-commands.ts';
import type { Id } from '#session-core/model/types.ts';
import { duePreviews, previewWait } from '#session-core/rules/preview.ts';
import { own } from '#session-core/util/immutable-map.ts';
import type { After, Now } from '../platform/clock.ts';
import { createMachineSearcher } from './runs/machine-search.ts';
import { createRunCoordinator, type RunCoordinator, type RunCoordinatorOptions } from './runs/run-coordinator.ts';

const RERUN_MS = 10_000;

export interface EffectRunnerOptions extends RunCoordinatorOptions {
  readonly now: Now;
  readonly after: After;
  disconnect(participant: Id): void;
  ended(): void;
}

export interface EffectRunner {
  perform(effect: Effect): void;
  /** Somebody waits for its preview, whether previews are automatic or not. */
  renewPreview(suggestion: Id): void;
  /** The run, or what follows its report, is under way in this process. */
  isRunning(run: Id): boolean;
  isSearching(search: Id): boolean;
  checkAgain(run: Id): void;
  restoreModel(): Promise<boolean>;
  readonly jobOf: RunCoordinator['jobOf'];
  stop(): void;
}

export function createEffectRunner(options: EffectRunnerOptions): EffectRunner {
  const { now, after, state, dispatch } = options;
  const runs = createRunCoordinator(options);
  const searcher = createMachineSearcher({ ...options, cacheDir: join(options.cacheDir, 'search') });
  const askedAt = new Map<Id, number>();
  /** Those that somebody waits for, to be asked for again. */
  const waitedFor = new Set<Id>();
  let cancelCheck: (() => void) | null = null;
  let stopped = false;

  /** Until the rules let it run: what has a result already is shown without a run. */
  function waitOf(suggestion: Id): number {
    const card = own(state().suggestions, suggestion);
    return card ? Math.min(RERUN_MS, previewWait(state(), card, now())) : 0;
  }

  function ask(suggestion: Id): void {
    askedAt.set(suggestion, now());
    dispatch({ type: 'preview.due', suggestion } satisfies SystemCommand);
  }

  function checkPreviews(): void {
    if (stopped) return;
    let wait = Number.POSITIVE_INFINITY;
    const comeBackIn = (ms: number): void => {
      if (ms > 0) wait = Math.min(wait, ms);
    };
    for (const suggestion of waitedFor) {
      const left = waitOf(suggestion);
      comeBackIn(left);
      if (left > 0) continue;
      waitedFor.delete(suggestion);
      ask(suggestion);
    }
    for (const suggestion of duePreviews(state())) {
      const left = RERUN_MS - Math.abs(now() - (askedAt.get(suggestion) ?? Number.NEGATIVE_INFINITY));
      comeBackIn(left);
      if (left > 0) continue;
      comeBackIn(waitOf(suggestion));
      ask(suggestion);
    }
    if (wait === Number.POSITIVE_INFINITY) return;
    cancelCheck?.();
    cancelCheck = after(wait, () => {
      try {
        checkPreviews();
      } catch (error) {
        options.failed('previews_failed', error);
      }
    });
  }

  return {
    perform(effect) {
      switch (effect.type) {
        case 'start_run':
          return runs.start(effect.run);
        case 'cancel_run':
          return runs.cancel(effect.run);
        case 'start_search':
          return searcher.start(effect.search);
        case 'stop_search':
          return searcher.stop(effect.search);
        case 'restore_model':
          runs.restoreModel().catch((error: unknown) => options.failed('restore_failed', error));
          return;
        case 'disconnect':
          return options.disconnect(effect.participant);
        case 'check_previews':
          return checkPreviews();
        case 'end_session':
          return options.ended();
      }
    },
    renewPreview(suggestion) {
      const isTooEarly = waitOf(suggestion) > 0;
      ask(suggestion);
      if (!isTooEarly) return;
      waitedFor.add(suggestion);
      checkPreviews();
    },
    isRunning: (run) => runs.isRunning(run),
    isSearching: (search) => searcher.isRunning(search),
    checkAgain: (run) => runs.checkAgain(run),
    restoreModel: () => runs.restoreModel(),
    jobOf: runs.jobOf,
    stop() {
      stopped = true;
      cancelCheck?.();
    },
  };
}
