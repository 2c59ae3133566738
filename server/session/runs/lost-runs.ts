// Runs, checks and searches of an earlier process, which nobody performs any more: they end as interrupted.
import type { SessionState } from '#session-core/model/state.ts';
import type { SystemCommand } from '#session-core/model/system-commands.ts';
import type { Id } from '#session-core/model/types.ts';

export function closeLostRuns({
  state,
  effects,
  dispatch,
}: {
  readonly state: SessionState;
  readonly effects: {
    isRunning(run: Id): boolean;
    checkAgain(run: Id): void;
    isSearching(search: Id): boolean;
  };
  dispatch(command: SystemCommand): void;
}): void {
  for (const [run, { status, report }] of Object.entries(state.runs)) {
    if (effects.isRunning(run)) continue;
    if (status === 'queued' || status === 'running') dispatch({ type: 'run.interrupt', run });
    if (report?.checking) effects.checkAgain(run);
  }
  const { search } = state;
  if (search && search.ended === undefined && !effects.isSearching(search.id))
    dispatch({ type: 'search.finish', search: search.id, why: 'interrupted', trials: search.trials });
}
