'use client';
import { useOfView, useSessionId, useView } from '#app/_client/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { mainRuns } from '#session-core/scores.ts';
// The five scenes of the projector. Each fills the screen, reads from the last row, and moves only when the room does.
// RUNS IN browser
import { openIdeas } from '#session-core/select.ts';
import type { SuggestionView } from '#session-core/view-types.ts';
import { LiveCode } from './editor/live-code.tsx';
import { ErrorPanel } from './error-panel.tsx';
import { ClosestGuesses } from './guess-form.tsx';
import { PatchWords } from './hunks.tsx';
import { JoinQr, spacedCode, useOrigin } from './join-qr.tsx';
import { KeptCode } from './kept-code.tsx';
import { MetricTile } from './metric-tile.tsx';
import { MovedMetric } from './moved-metric.tsx';
import { Empty } from './panel.tsx';
import { PipelineGraph } from './pipeline-graph.tsx';
import { PreviewLine } from './preview-line.tsx';
import { RunShape } from './run-shape.tsx';
import { ScoreChart } from './score-chart.tsx';
import { SealedScore } from './sealed-score.tsx';
import s from './stage.module.css';
import { Verdict } from './verdict.tsx';
import { VoteCount } from './vote-button.tsx';
import { useWide } from './wide.ts';

export function JoinScene() {
  const view = useView();
  const origin = useOrigin();
  const people = Object.values(view.participants).filter((person) => person.online);
  return (
    <div className={s['join']}>
      <div className={s['joinWords']}>
        <h1 dir="auto">{view.title}</h1>
        <p className={s['task']}>{view.task.sentence}</p>
        <ol className={s['steps']}>
          <li>{t.stageView.scan}</li>
          <li>
            {t.stageView.or} <b>{origin.replace(/^https?:\/\//, '')}</b>
          </li>
          <li>
            {t.stageView.code} <code>{spacedCode(view.joinCode)}</code>
          </li>
        </ol>
        <p className={s['people']} dir="auto">
          <b>{t.join.people(people.length)}</b>{' '}
          {people
            .slice(-14)
            .map((person) => person.alias)
            .join(', ')}
        </p>
      </div>
      <JoinQr size="min(38vw, 66vh)" />
    </div>
  );
}

export function CodeScene() {
  const session = useSessionId();
  const view = useView();
  const huge = useWide(1700);
  return (
    <div className={s['split']}>
      <div className={s['editor']}>
        {view.status === 'ended' ? (
          <KeptCode fontSize={huge ? 28 : 24} />
        ) : (
          <LiveCode sessionId={session} fontSize={huge ? 28 : 24} />
        )}
      </div>
      <div className={s['side']}>
        <MetricTile stage />
        <TopIdeas cards={openIdeas(view).slice(0, 3)} />
      </div>
    </div>
  );
}

export function PipelineScene() {
  const view = useView();
  const runs = mainRuns(view);
  const last = runs.at(-1);
  return (
    <div className={s['pipeline']}>
      <div className={s['graph']}>
        <PipelineGraph run={last} large />
        {last?.error ? <ErrorPanel error={last.error} served={runs.some((run) => run.status === 'succeeded')} /> : null}
      </div>
      <div className={s['side']}>
        <MetricTile stage />
        <TopIdeas cards={openIdeas(view).slice(0, 3)} />
      </div>
    </div>
  );
}

export function ResultsScene() {
  const tall = useWide(1700);
  return (
    <div className={s['results']}>
      <MetricTile stage />
      <div className={s['block']}>
        <ScoreChart most={16} height={tall ? 460 : 320} />
      </div>
      <div className={s['pair']}>
        <MovedMetric most={4} />
        <div className={s['block']}>
          <SealedScore />
          <ClosestGuesses />
        </div>
      </div>
    </div>
  );
}

export function QueueScene() {
  const view = useView();
  const cards = openIdeas(view);
  return (
    <div className={s['queue']}>
      <h1>{t.stageView.queue}</h1>
      <TopIdeas cards={cards.slice(0, 6)} large />
    </div>
  );
}

function TopIdeas({ cards, large = false }: { readonly cards: readonly SuggestionView[]; readonly large?: boolean }) {
  const participants = useOfView((view) => view.participants);
  if (cards.length === 0) return <Empty>{t.stageView.empty}</Empty>;
  return (
    <ol className={s['ideas']} data-large={large}>
      {cards.map((card) => (
        <li key={card.id} data-pinned={card.pinned}>
          <VoteCount votes={card.votes} large />
          <div>
            {card.pinned ? <p className={s['pin']}>{t.card.pinned}</p> : null}
            <p className={s['text']} dir="auto">
              {card.text}
            </p>
            <p className={s['by']} dir="auto">
              {participants[card.author]?.alias ?? t.someone}
              {large && card.patch ? (
                <>
                  {' · '}
                  <PatchWords files={card.patch.files} />
                </>
              ) : null}
              {!large && card.preview?.verdict ? (
                <Verdict
                  comparison={{
                    verdict: card.preview.verdict,
                    ...(card.preview.change === undefined ? {} : { change: card.preview.change }),
                  }}
                />
              ) : null}
            </p>
            {large && card.preview && !card.preview.error ? <PreviewLine preview={card.preview} /> : null}
            {card.preview?.error ? (
              <p className={s['fails']}>
                <RunShape standing="failed" size={20} />
                {card.preview.error.stage === null ? t.run.failedBefore : t.run.failedIn(card.preview.error.stage)}
              </p>
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
