'use client';
// Scenes of the projector view. Each fills the screen and is readable from the last row.
import { useMemo } from 'react';
import { useSessionId, useView } from '#app/_session/use-session.tsx';
import { isolate } from '#app/_strings/isolate.ts';
import { t } from '#app/_strings/strings.ts';
import { mainRuns } from '#session-core/client/scores.ts';
import { openSuggestions } from '#session-core/client/selectors.ts';
import type { ShownPlace } from '#session-core/model/types.ts';
import { TourCard } from '../../_features/agenda/tour-bar.tsx';
import { LiveCode } from '../../_features/editor/live-code.tsx';
import { ClosestGuesses } from '../../_features/guesses/guess-form.tsx';
import { useJoinAddress } from '../../_features/join/join-address.ts';
import { JoinQr, spacedCode } from '../../_features/join/join-qr.tsx';
import { usePeople } from '../../_features/people/use-people.ts';
import { RevisionCode } from '../../_features/revisions/revision-code.tsx';
import { PipelineGraph } from '../../_features/runs/pipeline-graph.tsx';
import { HoldoutScore } from '../../_features/scores/holdout-score.tsx';
import { MetricImpact } from '../../_features/scores/metric-impact.tsx';
import { MetricTile } from '../../_features/scores/metric-tile.tsx';
import { ErrorPanel } from '../../_features/scores/run-error.tsx';
import { ScoreChart } from '../../_features/scores/score-chart.tsx';
import { OnDemand } from '../../_ui/on-demand.tsx';
import { useWide } from '../../_ui/use-min-width.ts';
import { PinnedAnswer } from './pinned-answer.tsx';
import s from './projector.module.css';
import { ProjectorSuggestions } from './projector-suggestions.tsx';

const NAMED = 14;
/** A few of those who joined last may be facilitators. */
const NEWEST = { online: true, most: 2 * NAMED } as const;

export function JoinScene() {
  const view = useView('people', 'title', 'task', 'joinCode');
  const { address } = useJoinAddress();
  const newest = usePeople(NEWEST).list.filter((person) => person.online && !person.facilitator);
  return (
    <div className={s['join']}>
      <div className={s['joinWords']}>
        <h1 dir="auto">{view.title}</h1>
        <p className={s['task']}>{view.task.sentence}</p>
        <ol className={s['steps']}>
          <li>{t.projector.scan}</li>
          <li>
            <span>{t.projector.or}</span> <b translate="no">{address.replace(/^https?:\/\//, '')}</b>
          </li>
          <li>
            <span>{t.projector.code}</span> <code translate="no">{spacedCode(view.joinCode)}</code>
          </li>
        </ol>
        <p className={s['people']} dir="auto">
          <b>{t.join.people(view.people.online)}</b>{' '}
          <span translate="no">
            {newest
              .slice(-NAMED)
              .map((person) => isolate(person.displayName))
              .join(', ')}
          </span>
        </p>
      </div>
      <JoinQr size="min(calc(38 * var(--vw)), calc(66 * var(--vh)))" />
    </div>
  );
}

/** @param place of a tour: its lines and what is said about them, in place of score and suggestions */
export function CodeScene({ place }: { readonly place: ShownPlace | undefined }) {
  const session = useSessionId();
  const view = useView('status', 'suggestions');
  const huge = useWide(1700);
  return (
    <div className={s['split']}>
      <div className={s['editor']}>
        {view.status === 'ended' ? (
          <RevisionCode fontSize={huge ? 28 : 24} />
        ) : (
          <LiveCode sessionId={session} fontSize={huge ? 28 : 24} mark={place ?? null} />
        )}
      </div>
      <div className={s['side']}>
        {place ? <TourCard place={place} /> : null}
        <MetricTile projector />
        {place ? null : <ProjectorSuggestions cards={openSuggestions(view).slice(0, 3)} />}
      </div>
    </div>
  );
}

export function PipelineScene() {
  const view = useView('runs', 'suggestions');
  const runs = mainRuns(view);
  const last = runs.at(-1);
  return (
    <div className={s['pipeline']}>
      <div className={s['graph']}>
        <PipelineGraph run={last} large />
        {last?.error ? <ErrorPanel error={last.error} served={runs.some((run) => run.status === 'succeeded')} /> : null}
      </div>
      <div className={s['side']}>
        <MetricTile projector />
        <ProjectorSuggestions cards={openSuggestions(view).slice(0, 3)} />
      </div>
    </div>
  );
}

const loadCharts = () =>
  import('../../_features/explain/projector-charts.tsx').then(({ ProjectorCharts }) => ProjectorCharts);

export function ResultsScene() {
  const tall = useWide(1700);
  const charts = useMemo(() => ({ className: s['block'], height: tall ? 300 : 200, most: tall ? 8 : 5 }), [tall]);
  return (
    <div className={s['results']}>
      <MetricTile projector />
      <div className={s['block']}>
        <ScoreChart most={16} height={tall ? 400 : 270} />
      </div>
      <div className={s['pair']}>
        <div className={s['column']}>
          <div className={s['block']}>
            <HoldoutScore />
            <ClosestGuesses />
          </div>
          <MetricImpact most={1} brief />
        </div>
        <OnDemand load={loadCharts} props={charts} />
      </div>
    </div>
  );
}

/** What a pinned suggestion asks the room to look at is shown beside the others. */
export function QueueScene() {
  const view = useView('suggestions');
  const cards = openSuggestions(view);
  const look = cards.find(({ pinned, expression }) => pinned && expression !== undefined);
  return (
    <div className={s['queue']}>
      <h1>{t.projector.queue}</h1>
      {look?.expression ? (
        <div className={s['look']}>
          <PinnedAnswer card={look} expression={look.expression} />
          <ProjectorSuggestions cards={cards.filter((card) => card !== look).slice(0, 5)} />
        </div>
      ) : (
        <ProjectorSuggestions cards={cards.slice(0, 6)} large />
      )}
    </div>
  );
}
