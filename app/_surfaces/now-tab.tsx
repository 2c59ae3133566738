'use client';
// The Now tab: who drives, the task, the score, the pinned suggestion, and a parameter to change.
import { useEnded, useOfView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import type { Place } from '#pipeline-core/core/report.ts';
import { DriverBanner } from '../_features/driver/driver-banner.tsx';
import { ParamsPanel } from '../_features/params/params-panel.tsx';
import { useShownPoll } from '../_features/poll/use-shown-poll.ts';
import { RunLine } from '../_features/runs/run-line.tsx';
import { MetricTile } from '../_features/scores/metric-tile.tsx';
import { PinnedSuggestion } from '../_features/suggestions/pinned-suggestion.tsx';
import { SuggestionCard } from '../_features/suggestions/suggestion-card.tsx';
import { Button } from '../_ui/button.tsx';
import { early, OnDemand } from '../_ui/on-demand.tsx';
import { Hint, Panel } from '../_ui/panel.tsx';
import { UpdatePill } from '../_ui/update-pill.tsx';
import s from './now-tab.module.css';

// Only for somebody whose own part of the session has arrived, which is after the first view.
const pollCard = early(async () => (await import('./joined-parts.ts')).PollCard);
const guessForm = early(async () => (await import('./joined-parts.ts')).GuessForm);
const pulseButtons = early(async () => (await import('./joined-parts.ts')).PulseButtons);

export function NowTab(props: {
  readonly onResults: () => void;
  readonly onParams: () => void;
  readonly onSuggestions: () => void;
  readonly onPlace: (place: Place) => void;
  /** Scrolls to the beginning. */
  readonly onTop: () => void;
}) {
  const you = useYou();
  const ended = useEnded();
  const sentence = useOfView((view) => view.task.sentence);
  const pinned = useOfView((view) => Object.values(view.suggestions).find((card) => card.pinned));
  const mine = useOfView((view) =>
    newestOf(Object.values(view.suggestions).filter((c) => c.author === you?.participant)),
  );
  const own = newestOf(Object.values(you?.own ?? {}));
  const poll = useShownPoll();
  const latest = newestOf([mine, own].flatMap((card) => card ?? []));
  const showPoll = () => {
    poll.update();
    props.onTop();
  };
  return (
    <>
      {ended ? null : <DriverBanner />}
      <OnDemand quiet load={pollCard} props={{ poll: poll.shown }} />
      <p className={s['task']}>{sentence}</p>
      <MetricTile alone={false} />
      <RunLine onPlace={props.onPlace} onMore={props.onResults} />
      {ended ? null : (
        <>
          <PinnedSuggestion card={pinned} onSuggestions={props.onSuggestions} />
          <Panel title={t.params.head}>
            <ParamsPanel most={4} />
            <Button wide onClick={props.onParams}>
              {t.params.more}
            </Button>
            <Hint>{t.now.paramsHint}</Hint>
          </Panel>
        </>
      )}
      {latest && latest.id !== pinned?.id ? (
        <Panel title={t.now.yours} bare>
          <SuggestionCard card={latest} />
        </Panel>
      ) : null}
      {ended ? null : (
        <>
          <OnDemand quiet load={guessForm} props={{}} />
          <OnDemand quiet load={pulseButtons} props={{}} />
        </>
      )}
      <UpdatePill label={poll.isNew ? t.now.newQuestion : null} onUpdate={showPoll} />
    </>
  );
}

function newestOf<T extends { readonly at: number }>(cards: readonly T[]): T | undefined {
  return cards.reduce<T | undefined>((newest, card) => (newest && newest.at >= card.at ? newest : card), undefined);
}
