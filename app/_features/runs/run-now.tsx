'use client';
// The run in progress, stage by stage, or the error of the last run. After a success there is nothing to show: the metric
// tile has the score.
import { useProgress, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Hint, Panel } from '#app/_ui/panel.tsx';
import type { Place } from '#pipeline-core/core/report.ts';
import { isOver, mainRuns } from '#session-core/client/scores.ts';
import { ErrorPanel } from '../scores/run-error.tsx';
import { useStages } from './pipeline-stages.ts';
import { StageList } from './stage-list.tsx';

export function RunNow(props: { readonly onPlace?: (place: Place) => void; readonly onMore?: () => void }) {
  const view = useView('runs');
  const runs = mainRuns(view);
  const last = runs.at(-1);
  const stages = useStages(last);
  const ahead = useProgress(last?.id)?.ahead ?? 0;
  if (last === undefined) return null;
  if (!isOver(last)) {
    return (
      <Panel title={t.run.now(last.number ?? 0)}>
        {stages.length > 0 ? (
          <StageList stages={stages} />
        ) : (
          <Hint>{ahead > 0 ? t.run.ahead(ahead) : t.run.status[last.status]}</Hint>
        )}
      </Panel>
    );
  }
  if (!last.error) return null;
  return (
    <Panel
      title={t.run.titleFailed(last.number ?? 0)}
      aside={
        props.onMore ? (
          <Button look="quiet" onClick={props.onMore}>
            {t.now.results}
          </Button>
        ) : null
      }
    >
      <ErrorPanel
        error={last.error}
        served={runs.some((run) => run.status === 'succeeded')}
        {...(props.onPlace ? { onPlace: props.onPlace } : {})}
      />
    </Panel>
  );
}
