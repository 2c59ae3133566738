'use client';
// The facilitator's page, without scrolling on a laptop: suggestions on the left, what happens now in the middle, the agenda
// on the right; what is rarely needed opens in a drawer. It is not for the projector, which has its own address.
import { useState } from 'react';
import { useEnded, useOfView, useSessionId, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { mainRuns } from '#session-core/client/scores.ts';
import { AgendaPanel } from '../_features/agenda/agenda-panel.tsx';
import { DataPager } from '../_features/data/data-pager.tsx';
import { DriverBanner } from '../_features/driver/driver-banner.tsx';
import { DriverHandover } from '../_features/driver/driver-handover.tsx';
import { ModerationPanel } from '../_features/moderation/moderation-panel.tsx';
import { FirstLink } from '../_features/people/facilitator-links.tsx';
import { HandsPanel } from '../_features/people/hands-panel.tsx';
import { JoinBurstNotice } from '../_features/people/join-burst.tsx';
import { PulseMeter } from '../_features/people/pulse-buttons.tsx';
import { RunDetail } from '../_features/runs/run-detail.tsx';
import { RunNow } from '../_features/runs/run-now.tsx';
import { RunStripPanel } from '../_features/runs/run-strip-panel.tsx';
import { MetricTile } from '../_features/scores/metric-tile.tsx';
import { ScenePanel } from '../_features/settings/scene-panel.tsx';
import { TimerPanel } from '../_features/settings/timer-panel.tsx';
import { useActing } from '../_session/command-actions.tsx';
import { Keys } from '../_session/keys/shortcuts.tsx';
import { ButtonLink } from '../_ui/button.tsx';
import { Icon } from '../_ui/icon.tsx';
import { Panel } from '../_ui/panel.tsx';
import { BroughtBack } from './brought-back.tsx';
import s from './host.module.css';
import { HostDrawers } from './host-drawers.tsx';
import { TopBar } from './top-bar.tsx';

export function HostSurface() {
  const { act, say } = useActing();
  const running = useOfView((view) => view.timer !== null);
  const frozen = useOfView((view) => view.settings.frozen);
  const ended = useEnded();
  const toggleFreeze = () => void act({ type: 'session.configure', frozen: !frozen });
  // Restarting a running turn would lose its remaining time.
  const startTurn = () => (running ? say(t.keys.timerRuns, 'bad') : void act({ type: 'timer.set', minutes: 5 }));
  return (
    <div className={s['page']}>
      <TopBar>
        <HostDrawers />
        <SurfaceLinks />
      </TopBar>
      <main id="main" className={s['main']}>
        <div className={s['column']}>
          <ModerationPanel />
        </div>
        <div className={s['column']}>
          {ended ? null : (
            <Panel title={t.driver.head}>
              <DriverBanner brief />
              <DriverHandover />
            </Panel>
          )}
          <MetricTile />
          <RunNow />
          {ended ? null : (
            <>
              <TimerPanel />
              <HandsPanel />
              <PulseMeter />
            </>
          )}
          <HostRuns />
        </div>
        <div className={s['column']}>
          <ScenePanel remoteLink>
            <DataPager />
          </ScenePanel>
          <AgendaPanel />
        </div>
      </main>
      <Keys
        list={
          ended
            ? []
            : [
                { key: 'f', what: t.keys.freeze, run: toggleFreeze },
                { key: 't', what: t.keys.timer, run: startTurn },
              ]
        }
      />
      <div className={s['notice']}>
        <BroughtBack />
        <JoinBurstNotice />
      </div>
      <FirstLink />
    </div>
  );
}

/** A run is struck or cleared in its details; one that does not count is open by itself. */
function HostRuns() {
  const runs = mainRuns(useView('runs'));
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = runs.find((run) => run.id === chosen) ?? runs.findLast((run) => run.suspect);
  return (
    <>
      <RunStripPanel hint={t.host.runsHint} chosen={shown?.id ?? null} onChoose={setChosen} />
      {shown ? <RunDetail run={shown} /> : null}
    </>
  );
}

/** Each opens in a new tab, so that one person can host, drive and project. */
function SurfaceLinks() {
  const session = useSessionId();
  return (
    <>
      <ButtonLink fresh look="outline" href={`/s/${session}/projector`}>
        <Icon name="screen" size={18} /> <span>{t.host.projector}</span>
      </ButtonLink>
      <ButtonLink fresh look="primary" href={`/s/${session}/drive`}>
        <Icon name="driver" size={18} /> <span>{t.host.drive}</span>
      </ButtonLink>
    </>
  );
}
