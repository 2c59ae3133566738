// Performs the effects of a session: starts and cancels runs, asks for automatic previews, disconnects people.
// Invariant: live only, never on replay. A suggestion is previewed automatically at most once in ten seconds.

import { join } from 'node:path';
import type { Effect } from '#session-core/effects.ts';
import type { SystemCommand } from '#session-core/model/system-commands.ts';
import type { Id } from '#session-core/model/types.ts';
import { duePreviews } from '#session-core/rules/preview.ts';
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
  let cancelCheck: (() => void) | null = null;
  let stopped = false;

  function checkPreviews(): void {
    if (stopped) return;
    let wait = Number.POSITIVE_INFINITY;
    for (const suggestion of duePreviews(state())) {
      const left = RERUN_MS - Math.abs(now() - (askedAt.get(suggestion) ?? Number.NEGATIVE_INFINITY));
      if (left > 0) wait = Math.min(wait, left);
      else {
        askedAt.set(suggestion, now());
        dispatch({ type: 'preview.due', suggestion } satisfies SystemCommand);
      }
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
