'use client';
// What the facilitator needs now and then, each in a drawer over the host page: joining, participants, questions to
// everybody, the table of runs, settings, exports, activity and health.
import { type ReactNode, useState } from 'react';
import { useOfFacilitatorView, useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { ActivityFeed } from '../_features/activity/activity-feed.tsx';
import { LookAtData } from '../_features/data/look-at-data.tsx';
import { ExperimentTable } from '../_features/experiments/experiment-table.tsx';
import { JoinPanel } from '../_features/join/join-panel.tsx';
import { MachinePanel } from '../_features/machine/machine-panel.tsx';
import { FacilitatorLinks } from '../_features/people/facilitator-links.tsx';
import { PeoplePanel } from '../_features/people/people-panel.tsx';
import { PollPanel } from '../_features/poll/poll-panel.tsx';
import { SettingsPanel } from '../_features/settings/settings-panel.tsx';
import { useAct } from '../_session/command-actions.tsx';
import { Button } from '../_ui/button.tsx';
import { Dialog } from '../_ui/dialog.tsx';
import { Count, Panel } from '../_ui/panel.tsx';
import { ExportPanel, HealthPanel } from './health-panel.tsx';
import s from './host.module.css';

const DRAWERS = ['join', 'people', 'poll', 'data', 'runs', 'settings', 'exports', 'server'] as const;
type Drawer = (typeof DRAWERS)[number];

const CONTENT: Readonly<Record<Drawer, () => ReactNode>> = {
  join: () => <JoinPanel />,
  people: () => (
    <>
      <PeoplePanel />
      <FacilitatorLinks />
    </>
  ),
  poll: () => <PollPanel />,
  runs: () => (
    <>
      <MachinePanel />
      <ExperimentTable />
    </>
  ),
  data: () => <HostData />,
  settings: () => <SettingsPanel />,
  exports: () => <ExportPanel />,
  server: () => (
    <>
      <HealthPanel />
      <Panel title={t.activity.head}>
        <ActivityFeed />
      </Panel>
    </>
  ),
};

function HostData() {
  const act = useAct();
  return <LookAtData onProject={(column) => void act({ type: 'scene.show', scene: 'data', column })} />;
}

export function HostDrawers() {
  const [open, setOpen] = useState<Drawer | null>(null);
  const held = useOfFacilitatorView((view) => Object.keys(view.heldNames).length) ?? 0;
  const people = useOfView((view) => view.people.guests);
  return (
    <>
      {DRAWERS.map((drawer) => (
        <Button key={drawer} look="quiet" aria-haspopup="dialog" onClick={() => setOpen(drawer)}>
          <span>{t.host.drawers[drawer]}</span>
          {drawer === 'people' ? <Count n={held > 0 ? held : people} loud={held > 0} /> : null}
        </Button>
      ))}
      <Dialog side open={open !== null} onClose={() => setOpen(null)} title={open ? t.host.drawers[open] : ''}>
        <div className={s['drawer']}>{open ? CONTENT[open]() : null}</div>
      </Dialog>
    </>
  );
}
