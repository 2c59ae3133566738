'use client';
// The facilitator's page: moderation, hands and the seat, timer, pulse, rules, people, health. Never to be projected:
// the stage has an address of its own.
// RUNS IN browser
import { useOfView, useSessionId } from '#app/_client/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { useAct } from './act.tsx';
import { ActivityFeed } from './activity-feed.tsx';
import { AgendaPanel } from './agenda-panel.tsx';
import { ButtonLink } from './button.tsx';
import { HandOver } from './hand-over.tsx';
import { HandsPanel } from './hands-panel.tsx';
import { ExportPanel, HealthPanel } from './health-panel.tsx';
import s from './host.module.css';
import h from './host-panels.module.css';
import { Icon } from './icon.tsx';
import { JoinQr, spacedCode, useOrigin } from './join-qr.tsx';
import { Keys } from './keys.tsx';
import { MetricLiveRegion } from './live-region.tsx';
import { MetricTile } from './metric-tile.tsx';
import { ModerationDesk } from './moderation-desk.tsx';
import { Panel } from './panel.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { PulseMeter } from './pulse-buttons.tsx';
import { RunNow } from './run-now.tsx';
import { SeatBanner } from './seat-banner.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { TimerPanel } from './timer-panel.tsx';
import { TopBar } from './top-bar.tsx';

export function HostSurface() {
  const act = useAct();
  const frozen = useOfView((view) => view.settings.frozen);
  const toggleFreeze = () => void act({ type: 'session.configure', frozen: !frozen });
  return (
    <div className={s['page']}>
      <TopBar>
        <Doors />
      </TopBar>
      <main id="main" className={s['main']}>
        <div className={s['column']}>
          <SeatBanner brief />
          <ModerationDesk />
        </div>
        <div className={s['column']}>
          <Panel title={t.seat.head}>
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
          { key: 't', what: t.keys.timer, run: () => void act({ type: 'timer.set', minutes: 5 }) },
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
      <ButtonLink fresh look="outline" href={`/s/${session}/stage`}>
        <Icon name="screen" size={18} /> {t.host.stage}
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
