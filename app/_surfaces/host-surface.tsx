'use client';
// The facilitator's page: moderation, hands and the seat, timer, pulse, rules, people, health. Never to be projected:
// the stage has an address of its own.
import { useOfView, useSessionId } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { ActivityFeed } from '../_features/activity/activity-feed.tsx';
import { DriverBanner } from '../_features/driver/driver-banner.tsx';
import { HandOver } from '../_features/driver/driver-handover.tsx';
import { JoinQr, spacedCode, useOrigin } from '../_features/join/join-qr.tsx';
import { ModerationDesk } from '../_features/moderation/moderation-panel.tsx';
import { HandsPanel } from '../_features/people/hands-panel.tsx';
import { PeoplePanel } from '../_features/people/people-panel.tsx';
import { PulseMeter } from '../_features/people/pulse-buttons.tsx';
import { RunNow } from '../_features/runs/run-now.tsx';
import { MetricTile } from '../_features/scores/metric-tile.tsx';
import { AgendaPanel } from '../_features/settings/agenda-panel.tsx';
import h from '../_features/settings/host-panels.module.css';
import { SettingsPanel } from '../_features/settings/settings-panel.tsx';
import { TimerPanel } from '../_features/settings/timer-panel.tsx';
import { useActing } from '../_session/command-actions.tsx';
import { Keys } from '../_session/shortcuts.tsx';
import { ButtonLink } from '../_ui/button.tsx';
import { Icon } from '../_ui/icon.tsx';
import { Panel } from '../_ui/panel.tsx';
import { ExportPanel, HealthPanel } from './health-panel.tsx';
import s from './host.module.css';
import { MetricLiveRegion } from './live-region.tsx';
import { TopBar } from './top-bar.tsx';

export function HostSurface() {
  const { act, say } = useActing();
  const running = useOfView((view) => view.timer !== null);
  const frozen = useOfView((view) => view.settings.frozen);
  const toggleFreeze = () => void act({ type: 'session.configure', frozen: !frozen });
  // The time that a running turn has left could not be given back.
  const startTurn = () => (running ? say(t.keys.timerRuns, 'bad') : void act({ type: 'timer.set', minutes: 5 }));
  return (
    <div className={s['page']}>
      <TopBar>
        <Doors />
      </TopBar>
      <main id="main" className={s['main']}>
        <div className={s['column']}>
          <DriverBanner brief />
          <ModerationDesk />
        </div>
        <div className={s['column']}>
          <Panel title={t.driver.head}>
            <HandOver />
          </Panel>
          <TimerPanel />
          <HandsPanel />
          <PulseMeter />
          <MetricTile />
          <RunNow />
          <Panel title={t.activity.head}>
            <div className={s['feed']}>
              <ActivityFeed />
            </div>
          </Panel>
        </div>
        <div className={s['column']}>
          <AgendaPanel />
          <JoinPanel />
          <SettingsPanel />
          <PeoplePanel />
          <HealthPanel />
          <ExportPanel />
        </div>
      </main>
      <Keys
        list={[
          { key: 'f', what: t.keys.freeze, run: toggleFreeze },
          { key: 't', what: t.keys.timer, run: startTurn },
        ]}
      />
      <MetricLiveRegion />
    </div>
  );
}

/** Each in a tab of its own, so that one person can lead, drive and show. */
function Doors() {
  const session = useSessionId();
  return (
    <>
      <ButtonLink fresh look="outline" href={`/s/${session}/projector`}>
        <Icon name="screen" size={18} /> {t.host.projector}
      </ButtonLink>
      <ButtonLink fresh look="primary" href={`/s/${session}/drive`}>
        <Icon name="wheel" size={18} /> {t.host.drive}
      </ButtonLink>
    </>
  );
}

function JoinPanel() {
  const code = useOfView((view) => view.joinCode);
  const origin = useOrigin();
  return (
    <Panel title={t.qr.head}>
      <div className={h['join']}>
        <JoinQr size={132} />
        <p>
          <b>{spacedCode(code)}</b>
          <span>{origin.replace(/^https?:\/\//, '')}</span>
        </p>
      </div>
    </Panel>
  );
}
