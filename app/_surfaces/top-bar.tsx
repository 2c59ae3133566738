'use client';
// The bar on top of every surface except the projector view: title, people online, connection status, display name.
import { type FormEvent, type ReactNode, useState } from 'react';
import { useFirstView, useOfView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { peopleOnline } from '#session-core/client/selectors.ts';
import { NoticeBell } from '../_features/notices/notice-bell.tsx';
import { TimerFace } from '../_features/settings/timer-face.tsx';
import { useAct } from '../_session/command-actions.tsx';
import { ConnectionStatus } from '../_session/connection-status.tsx';
import { listShortcuts } from '../_session/keys/shortcuts.tsx';
import { Button } from '../_ui/button.tsx';
import { Dialog } from '../_ui/dialog.tsx';
import { Field, Toggle } from '../_ui/field.tsx';
import { Icon } from '../_ui/icon.tsx';
import { LanguageLinks } from '../_ui/language-links.tsx';
import { Mark } from '../_ui/logo.tsx';
import s from './top-bar.module.css';

export function TopBar({ children }: { readonly children?: ReactNode }) {
  const title = useOfView((view) => view.title);
  const online = useOfView(peopleOnline);
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
      <button type="button" className={s['keys']} aria-label={t.keys.open} title={t.keys.open} onClick={listShortcuts}>
        ?
      </button>
      <NoticeBell />
      <Name />
    </header>
  );
}

function Name() {
  const you = useYou();
  const act = useAct();
  const [open, setOpen] = useState(false);
  const [displayName, setDisplayName] = useState('');
  const [credit, setCredit] = useState<string | null>(null);
  const credits = useOfView((view) => view.participants[you?.participant ?? '']?.credit ?? null);
  const held = Object.values(you?.held ?? {});
  if (you === null) return null;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const named = await act({ type: 'participant.rename', displayName: displayName.trim() });
    const name = credit?.trim() || null;
    if (named.ok && (name === credits || (await act({ type: 'participant.credit', name })).ok)) setOpen(false);
  };
  return (
    <>
      <button
        type="button"
        className={s['name']}
        aria-label={t.topBar.rename(you.displayName)}
        onClick={() => {
          setDisplayName(you.displayName);
          setCredit(credits);
          setOpen(true);
        }}
      >
        <span dir="auto" translate="no">
          {you.displayName}
        </span>
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t.topBar.renameHead}>
        <form className={s['form']} onSubmit={(event) => void save(event)}>
          <Field
            label={t.join.as}
            hint={t.join.asHint}
            value={displayName}
            maxLength={40}
            onChange={(event) => setDisplayName(event.target.value)}
            dir="auto"
          />
          <Toggle
            label={t.topBar.credit}
            hint={t.topBar.creditHint}
            checked={credit !== null}
            onChange={(on) => setCredit(on ? (credits ?? '') : null)}
          />
          {credit === null ? null : (
            <Field
              label={t.topBar.creditAs}
              placeholder={t.topBar.creditPlace}
              value={credit}
              maxLength={120}
              autoComplete="name"
              onChange={(event) => setCredit(event.target.value)}
              dir="auto"
            />
          )}
          {held.map((name) => (
            <p key={name}>{t.topBar.held(name)}</p>
          ))}
          <Button look="primary" type="submit">
            {t.card.save}
          </Button>
        </form>
        <LanguageLinks />
      </Dialog>
    </>
  );
}
