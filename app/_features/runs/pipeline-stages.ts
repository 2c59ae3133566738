// The stages of a run: from progress messages while it runs, from its report afterwards.

import { useProgress } from '#app/_session/use-session.tsx';
import { isOver } from '#session-core/client/scores.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import type { AnyStage } from './stage-word.ts';

export function useStages(run: RunView | undefined): readonly AnyStage[] {
  const progress = useProgress(run?.id);
  if (run === undefined) return [];
  return isOver(run) || !progress ? run.stages : progress.stages;
}
