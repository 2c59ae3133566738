'use client';
// The Results tab: score, runs, the selected run with its charts, impact of suggestions, What if, export, activity.
import { useState } from 'react';
import { useReport } from '#app/_session/use-api.ts';
import { useRowsOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import type { Place } from '#pipeline-core/core/report.ts';
import { isOver, mainRuns, mainRunsById } from '#session-core/client/scores.ts';
import type { SharedExpression } from '#session-core/model/client-commands.ts';
import { ActivityFeed } from '../_features/activity/activity-feed.tsx';
import { ExperimentTable } from '../_features/experiments/experiment-table.tsx';
import { MachinePanel } from '../_features/machine/machine-panel.tsx';
import { WhatIf } from '../_features/predict/what-if.tsx';
import { Repository } from '../_features/repository/repository.tsx';
import { OwnPreviews } from '../_features/runs/own-previews.tsx';
import { RunDetail } from '../_features/runs/run-detail.tsx';
import { RunLine } from '../_features/runs/run-line.tsx';
import { RunStripPanel } from '../_features/runs/run-strip-panel.tsx';
import { HoldoutScore } from '../_features/scores/holdout-score.tsx';
import { MetricImpact } from '../_features/scores/metric-impact.tsx';
import { MetricTile } from '../_features/scores/metric-tile.tsx';
import { ScratchCell } from '../_features/scratch/scratch-cell.tsx';
import { RunChart } from '../_ui/charts/run-chart.tsx';
import { Empty, Panel } from '../_ui/panel.tsx';
import { UpdatePill } from '../_ui/update-pill.tsx';
import s from './results-tab.module.css';

export function Results(props: {
  readonly onPlace?: (place: Place) => void;
  /** Opens the composer with this text, and the answer that goes with it. */
  readonly onSuggest?: (text: string, expression?: SharedExpression) => void;
}) {
  const { onPlace, onSuggest } = props;
  // Not all of them: previews come and go all the while.
  const view = { runs: useRowsOfView(mainRunsById) };
  const runs = mainRuns(view);
  const [chosen, setChosen] = useState<string | null>(null);
  const newest = runs.findLast(isOver) ?? runs.at(-1);
  /** The newest when it was last asked for: the details of another one would move everything below. */
  const [opened, setOpened] = useState(newest?.id);
  if (opened === undefined && newest !== undefined) setOpened(newest.id);
  const shown = runs.find((run) => run.id === (chosen ?? opened)) ?? newest;
  const newer =
    newest !== undefined && opened !== undefined && newest.id !== shown?.id && newest.id !== opened
      ? newest.number
      : undefined;
  const report = useReport(shown && isOver(shown) ? shown : undefined);
  return (
    <div className={s['results']}>
      <MetricTile alone={false} />
      <RunLine {...(onPlace ? { onPlace } : {})} />
      <HoldoutScore />
      <RunStripPanel chosen={shown?.id ?? null} onChoose={setChosen} />
      {shown ? <RunDetail run={shown} {...(onPlace ? { onPlace } : {})} {...(onSuggest ? { onSuggest } : {})} /> : null}
      <Panel title={t.chart.head}>
        {report.value?.plots && report.value.plots.length > 0 ? (
          report.value.plots.map((plot) => <RunChart key={`${plot.path} ${plot.title} ${plot.y}`} plot={plot} />)
        ) : (
          <Empty>{report.error?.message ?? t.chart.none}</Empty>
        )}
      </Panel>
      <OwnPreviews />
      <ScratchCell {...(onSuggest ? { onSuggest } : {})} />
      <MachinePanel />
      <ExperimentTable />
      <MetricImpact />
      <WhatIf />
      <Panel title={t.exports.head} hint={t.exports.hint}>
        <Repository />
      </Panel>
      <Panel title={t.activity.head}>
        <ActivityFeed />
      </Panel>
      <UpdatePill
        label={newer === undefined ? null : t.run.newer(newer)}
        onUpdate={() => {
          setOpened(newest?.id);
          setChosen(null);
        }}
      />
    </div>
  );
}
