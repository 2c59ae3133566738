'use client';
// How people join, for the facilitator: QR and code, a new code, and closing the session to newcomers.
import { useState } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import f from '#app/_ui/field.module.css';
import { Toggle } from '#app/_ui/field.tsx';
import { Hint, Panel } from '#app/_ui/panel.tsx';
import { useJoinAddress } from './join-address.ts';
import s from './join-panel.module.css';
import { JoinQr, spacedCode } from './join-qr.tsx';

export function JoinPanel() {
  const view = useView('joinCode', 'settings', 'full', 'people');
  const { origin, address, choices } = useJoinAddress();
  const act = useAct();
  const [asked, setAsked] = useState(false);
  return (
    <Panel title={t.qr.head}>
      <div className={s['join']}>
        <JoinQr size={132} />
        <p>
          <b>{spacedCode(view.joinCode)}</b>
          <span translate="no">{address.replace(/^https?:\/\//, '')}</span>
        </p>
      </div>
      {choices.length > 1 ? (
        <label className={s['choice']}>
          <span>{t.joining.address}</span>
          <select
            className={f['select']}
            value={origin}
            onChange={(event) => void act({ type: 'session.configure', joinOrigin: event.target.value })}
          >
            {choices.some((choice) => choice.origin === origin) ? null : <option value={origin}>{origin}</option>}
            {choices.map((choice) => (
              <option key={choice.origin} value={choice.origin}>
                {t.joining.addressOf(choice.origin, choice.name, choice.virtual)}
              </option>
            ))}
          </select>
          <small>{t.joining.addressHint}</small>
        </label>
      ) : null}
      {view.full ? <Hint>{t.joining.full(view.people.all)}</Hint> : null}
      <Toggle
        label={t.joining.lock}
        hint={t.joining.lockHint}
        checked={view.settings.locked}
        onChange={(locked) => void act({ type: 'session.configure', locked })}
      />
      <Button look="outline" onClick={() => setAsked(true)}>
        {t.joining.rotate}
      </Button>
      <Dialog open={asked} onClose={() => setAsked(false)} title={t.joining.rotateHead}>
        <p>{t.joining.rotateHint}</p>
        <div className={s['buttons']}>
          <Button
            look="primary"
            onClick={() => {
              void act({ type: 'joinCode.rotate' });
              setAsked(false);
            }}
          >
            {t.joining.rotate}
          </Button>
          <Button onClick={() => setAsked(false)}>{t.cancel}</Button>
        </div>
      </Dialog>
    </Panel>
  );
}
