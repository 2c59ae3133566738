'use client';
// Reveals the hold-out score on every screen, after asking: the scene with its countdown starts at once. Or hides it again.
import { useState } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import s from './host-panels.module.css';

export function RevealButton() {
  const { holdout, reveal } = useOfView((view) => view.settings);
  const act = useAct();
  const [asked, setAsked] = useState(false);
  if (holdout !== 'hidden') return null;
  if (reveal)
    return <Button onClick={() => void act({ type: 'session.configure', reveal: false })}>{t.settings.hide}</Button>;
  return (
    <>
      <Button look="signal" onClick={() => setAsked(true)}>
        {t.settings.reveal}
      </Button>
      <Dialog open={asked} onClose={() => setAsked(false)} title={t.reveal.head}>
        <p>{t.reveal.hint}</p>
        <div className={s['buttons']}>
          <Button
            look="signal"
            onClick={() => {
              void act({ type: 'holdout.reveal' });
              setAsked(false);
            }}
          >
            {t.reveal.go}
          </Button>
          <Button onClick={() => setAsked(false)}>{t.cancel}</Button>
        </div>
      </Dialog>
    </>
  );
}
