'use client';
// Whether a run's result counts: struck, and why; cleared. Facilitators strike it, clear it, and take either back.
import { useId, useState } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { useView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import f from '#app/_ui/field.module.css';
import { Hint } from '#app/_ui/panel.tsx';
import { LIMITS } from '#session-core/model/limits.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import s from './run-judgement.module.css';

export function RunJudgement({ run }: { readonly run: RunView }) {
  const view = useView('participants');
  const facilitator = useYou()?.facilitator === true;
  const act = useAct();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const field = useId();
  if (run.status !== 'succeeded') return null;
  const { id, struck, suspect, cleared } = run;
  const by = struck?.by ? (view.participants[struck.by]?.displayName ?? t.someone) : t.someone;
  const strike = async () => {
    const ack = await act({ type: 'run.strike', run: id, reason: reason.trim() });
    if (!ack.ok) return;
    setAsking(false);
    setReason('');
  };
  return (
    <div className={s['judgement']}>
      {struck ? <p dir="auto">{t.run.struckBecause(by, struck.reason)}</p> : null}
      {cleared && !struck ? <p>{t.run.clearedNote}</p> : null}
      {facilitator && !asking ? (
        <p className={s['actions']}>
          {suspect ? (
            <Button look="outline" onClick={() => void act({ type: 'run.clear', run: id, cleared: true })}>
              {t.run.clear}
            </Button>
          ) : null}
          {cleared ? (
            <Button look="outline" onClick={() => void act({ type: 'run.clear', run: id, cleared: false })}>
              {t.run.unclear}
            </Button>
          ) : null}
          {struck ? (
            <Button look="outline" onClick={() => void act({ type: 'run.unstrike', run: id })}>
              {t.run.unstrike}
            </Button>
          ) : (
            <Button look="quiet" onClick={() => setAsking(true)}>
              {t.run.strike}
            </Button>
          )}
        </p>
      ) : null}
      {facilitator && asking ? (
        <form
          className={s['form']}
          onSubmit={(event) => {
            event.preventDefault();
            void strike();
          }}
        >
          <label htmlFor={field}>{t.run.strikeReason}</label>
          <input
            id={field}
            className={f['input']}
            value={reason}
            maxLength={LIMITS.reason}
            required
            onChange={(event) => setReason(event.target.value)}
          />
          <Hint>{t.run.strikeHint}</Hint>
          <p className={s['actions']}>
            <Button type="submit" look="danger" disabled={reason.trim() === ''}>
              {t.run.strike}
            </Button>
            <Button look="quiet" onClick={() => setAsking(false)}>
              {t.cancel}
            </Button>
          </p>
        </form>
      ) : null}
    </div>
  );
}
