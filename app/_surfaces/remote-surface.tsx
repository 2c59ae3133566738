'use client';
// The facilitator's remote control, for a phone in the hand: scenes, the agenda, the turn, a run, the next suggestion.
import { useAct } from '#app/_session/command-actions.tsx';
import { useOfView, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { isOver, mainRuns } from '#session-core/client/scores.ts';
import { openSuggestions } from '#session-core/client/selectors.ts';
import { AgendaPanel } from '../_features/agenda/agenda-panel.tsx';
import { DataPager } from '../_features/data/data-pager.tsx';
import { DriverActions } from '../_features/driver/driver-actions.tsx';
import { DriverBanner } from '../_features/driver/driver-banner.tsx';
import { RunNow } from '../_features/runs/run-now.tsx';
import { MetricTile } from '../_features/scores/metric-tile.tsx';
import { ScenePanel } from '../_features/settings/scene-panel.tsx';
import { TimerPanel } from '../_features/settings/timer-panel.tsx';
import { SuggestionCard } from '../_features/suggestions/suggestion-card.tsx';
import { Button } from '../_ui/button.tsx';
import { Icon } from '../_ui/icon.tsx';
import { Empty, Panel } from '../_ui/panel.tsx';
import s from './host.module.css';
import { TopBar } from './top-bar.tsx';

export function RemoteSurface() {
  return (
    <div className={s['page']}>
      <TopBar />
      <main id="main" className={s['remote']}>
        <DriverBanner brief />
        <AgendaPanel />
        <ScenePanel>
          <DataPager />
        </ScenePanel>
        <RunPanel />
        <NextSuggestion />
        <TimerPanel />
      </main>
    </div>
  );
}

function RunPanel() {
  const act = useAct();
  const last = mainRuns(useView('runs')).at(-1);
  const running = last !== undefined && !isOver(last);
  return (
    <>
      <MetricTile />
      {running ? null : (
        <Button look="primary" large wide onClick={() => void act({ type: 'run.request' })}>
          <Icon name="run" size={20} /> <span>{t.keys.run}</span>
        </Button>
      )}
      <RunNow />
    </>
  );
}

/** The pinned one, or the one with the most votes. */
function NextSuggestion() {
  const card = useOfView((view) => openSuggestions(view)[0]);
  return (
    <Panel title={t.remote.next}>
      {card === undefined ? (
        <Empty>{t.host.noSuggestions}</Empty>
      ) : (
        <SuggestionCard card={card} actions={<DriverActions card={card} />} />
      )}
    </Panel>
  );
}
