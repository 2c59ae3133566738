'use client';
// The bar on top of every surface except the projector view: title, people online, connection status, display name.
import { type ReactNode, useState } from 'react';
import { useFirstView, useOfView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { NoticeBell } from '../_features/notices/notice-bell.tsx';
import { TimerFace } from '../_features/settings/timer-face.tsx';
import { ConnectionStatus } from '../_session/connection-status.tsx';
import { listShortcuts } from '../_session/keys/list-shortcuts.ts';
import { Dialog } from '../_ui/dialog.tsx';
import { Icon } from '../_ui/icon.tsx';
import { Mark } from '../_ui/logo.tsx';
import { OnDemand } from '../_ui/on-demand.tsx';
import s from './top-bar.module.css';

const nameForm = async () => (await import('../_features/people/name-form.tsx')).NameForm;

export function TopBar({ children }: { readonly children?: ReactNode }) {
  const title = useOfView((view) => view.title);
  const online = useOfView((view) => view.people.online);
  // The view that the page came with names only some of the people.
  const counted = useFirstView() === null;
  return (
    <header className={s['bar']}>
      <Mark named={false} size={30} />
      <h1 className={s['title']} dir="auto">
        {title}
      </h1>
      <TimerFace />
      {counted ? (
        <span className={s['online']} title={t.topBar.online(online)}>
          <Icon name="people" size={18} /> <span className="hidden-text">{t.topBar.online(online)}</span>
          <span aria-hidden="true">{online}</span>
        </span>
      ) : null}
      <ConnectionStatus />
      {children ? <div className={s['links']}>{children}</div> : null}
      <button
        type="button"
        className={s['keys']}
        aria-label={t.topBar.keys}
        title={t.topBar.keys}
        onClick={listShortcuts}
      >
        ?
      </button>
      <NoticeBell />
      <Name />
    </header>
  );
}

function Name() {
  const you = useYou();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  if (you === null) return null;
  return (
    <>
      <button
        type="button"
        className={s['name']}
        aria-label={t.topBar.rename(you.displayName)}
        onClick={() => setOpen(true)}
      >
        <span dir="auto" translate="no">
          {you.displayName}
        </span>
      </button>
      <Dialog open={open} onClose={close} title={t.topBar.renameHead}>
        <OnDemand load={nameForm} props={{ you, onDone: close }} />
      </Dialog>
    </>
  );
}
