'use client';
// The Results tab: score, runs, the selected run with its charts, impact of suggestions, What if, export, activity.
import { type Dispatch, memo, type SetStateAction, useCallback, useEffect, useState } from 'react';
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
import { InTurn } from './in-turn.tsx';
import s from './results-tab.module.css';

interface Handlers {
  readonly onPlace?: (place: Place) => void;
  /** Opens the composer with this text, and the answer that goes with it. */
  readonly onSuggest?: (text: string, expression?: SharedExpression) => void;
}
interface Reading {
  /** By a press on the strip. */
  readonly chosen: string | null;
  /** The newest when it was last asked for: the details of another one would move everything below. */
  readonly opened: string | undefined;
}

// It listens to nothing itself: each part is rendered by what it shows, and not with the others.
export const Results = memo(function Results({ onPlace, onSuggest }: Handlers) {
  const [reading, setReading] = useState<Reading>({ chosen: null, opened: undefined });
  const places = onPlace ? { onPlace } : {};
  const suggests = onSuggest ? { onSuggest } : {};
  return (
    <div className={s['results']}>
      <MetricTile alone={false} />
      <RunLine {...places} />
      <HoldoutScore />
      <InTurn>
        <Runs reading={reading} onRead={setReading} {...places} {...suggests} />
      </InTurn>
      <InTurn>
        <OwnPreviews />
      </InTurn>
      <InTurn>
        <ScratchCell {...suggests} />
      </InTurn>
      <InTurn>
        <MachinePanel />
      </InTurn>
      <InTurn>
        <ExperimentTable />
      </InTurn>
      <InTurn>
        <MetricImpact />
      </InTurn>
      <InTurn>
        <WhatIf />
      </InTurn>
      <InTurn>
        <Panel title={t.exports.head} hint={t.exports.hint}>
          <Repository />
        </Panel>
      </InTurn>
      <InTurn>
        <Panel title={t.activity.head}>
          <ActivityFeed />
        </Panel>
      </InTurn>
      <NewerRun reading={reading} onRead={setReading} />
    </div>
  );
});

// What they show changes by itself, too: not with what is around them.
const Strip = memo(RunStripPanel);
const Detail = memo(RunDetail);

/** The strip of runs, and one of them with its details and charts. */
function Runs(props: Handlers & { readonly reading: Reading; readonly onRead: Dispatch<SetStateAction<Reading>> }) {
  const { reading, onRead, onPlace, onSuggest } = props;
  // Not all of them: previews come and go all the while.
  const runs = mainRuns({ runs: useRowsOfView(mainRunsById) });
  const newest = newestOf(runs);
  const shown = runs.find(({ id }) => id === (reading.chosen ?? reading.opened)) ?? newest;
  useEffect(() => {
    if (reading.opened === undefined && newest !== undefined) onRead({ ...reading, opened: newest.id });
  }, [reading, newest, onRead]);
  const choose = useCallback((chosen: string) => onRead((before) => ({ ...before, chosen })), [onRead]);
  const report = useReport(shown && isOver(shown) ? shown : undefined);
  return (
    <>
      <InTurn>
        <Strip chosen={shown?.id ?? null} onChoose={choose} />
      </InTurn>
      {shown ? (
        <InTurn>
          <Detail run={shown} {...(onPlace ? { onPlace } : {})} {...(onSuggest ? { onSuggest } : {})} />
        </InTurn>
      ) : null}
      <Panel title={t.chart.head}>
        {report.value?.plots && report.value.plots.length > 0 ? (
          report.value.plots.map((plot) => <RunChart key={`${plot.path} ${plot.title} ${plot.y}`} plot={plot} />)
        ) : (
          <Empty>{report.error?.message ?? t.chart.none}</Empty>
        )}
      </Panel>
    </>
  );
}

function NewerRun(props: { readonly reading: Reading; readonly onRead: (reading: Reading) => void }) {
  const { reading, onRead } = props;
  const newest = newestOf(mainRuns({ runs: useRowsOfView(mainRunsById) }));
  const isShown = newest?.id === (reading.chosen ?? reading.opened) || newest?.id === reading.opened;
  const label =
    newest === undefined || reading.opened === undefined || isShown ? null : t.run.newer(newest.number ?? 0);
  return <UpdatePill label={label} onUpdate={() => onRead({ chosen: null, opened: newest?.id })} />;
}

const newestOf = (runs: ReturnType<typeof mainRuns>) => runs.findLast(isOver) ?? runs.at(-1);
