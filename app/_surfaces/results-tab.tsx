'use client';
// The Results tab: score, runs, the selected run with its charts, impact of suggestions, What if, export, activity.
import { useEffect, useState } from 'react';
import { useReport } from '#app/_session/use-api.ts';
import { useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import type { Place } from '#pipeline-core/core/report.ts';
import { isOver, mainRuns } from '#session-core/client/scores.ts';
import { ActivityFeed } from '../_features/activity/activity-feed.tsx';
import { ExperimentTable } from '../_features/experiments/experiment-table.tsx';
import { MachinePanel } from '../_features/machine/machine-panel.tsx';
import { WhatIf } from '../_features/predict/what-if.tsx';
import { Repository } from '../_features/repository/repository.tsx';
import { OwnPreviews } from '../_features/runs/own-previews.tsx';
import { RunDetail } from '../_features/runs/run-detail.tsx';
import { RunStripPanel } from '../_features/runs/run-strip-panel.tsx';
import { HoldoutScore } from '../_features/scores/holdout-score.tsx';
import { MetricImpact } from '../_features/scores/metric-impact.tsx';
import { MetricTile } from '../_features/scores/metric-tile.tsx';
import { ScratchCell } from '../_features/scratch/scratch-cell.tsx';
import { RunChart } from '../_ui/charts/run-chart.tsx';
import { Empty, Panel } from '../_ui/panel.tsx';
import s from './results-tab.module.css';

export function Results(props: {
  readonly onPlace?: (place: Place) => void;
  /** Opens the composer with this text. */
  readonly onSuggest?: (text: string) => void;
}) {
  const { onPlace, onSuggest } = props;
  const view = useView('runs');
  const runs = mainRuns(view);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = runs.find((run) => run.id === chosen) ?? runs.at(-1);
  const report = useReport(shown && isOver(shown) ? shown : undefined);
  const last = runs.at(-1)?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new run comes to the front
  useEffect(() => setChosen(null), [last]);
  return (
    <div className={s['results']}>
      <MetricTile />
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
    </div>
  );
}
