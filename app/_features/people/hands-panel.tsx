'use client';
// Raised hands in order, with how long they have waited. Lower one or all, or offer driving to one.
import { useNow } from '#app/_session/clock.ts';
import { useAct } from '#app/_session/command-actions.tsx';
import { PersonMarks } from '#app/_session/person-marks.tsx';
import { useOfFacilitatorView, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { clockText } from '#app/_ui/format.ts';
import { Count, Hint, Panel } from '#app/_ui/panel.tsx';
import s from './people.module.css';

export function HandsPanel() {
  const view = useView('hands', 'handsAt', 'driver', 'offer', 'participants');
  const undo = useOfFacilitatorView((view) => view.handsUndo);
  const act = useAct();
  const now = useNow(1000, view.hands.length > 0);
  const { hands, driver, offer, participants } = view;
  return (
    <Panel
      title={t.host.hands}
      aside={
        <>
          {hands.length > 1 ? (
            <Button look="quiet" onClick={() => void act({ type: 'hand.lowerAll' })}>
              {t.host.lowerAll}
            </Button>
          ) : null}
          <Count n={hands.length} loud={hands.length > 0} />
        </>
      }
    >
      {hands.length === 0 ? <Hint>{t.host.noHands}</Hint> : null}
      <ol className={s['list']}>
        {hands.map((id, i) => (
          <li key={id}>
            <b className={s['place']}>{i + 1}</b>
            <span className={s['displayName']} translate="no" dir="auto" data-away={participants[id]?.online === false}>
              <span translate="no">{participants[id]?.displayName ?? t.someone}</span>
              <PersonMarks id={id} />
            </span>
            {now !== null ? <span className={s['time']}>{clockText(now - (view.handsAt[id] ?? now))}</span> : null}
            {driver?.participant !== id && offer === null ? (
              <Button look="outline" onClick={() => void act({ type: 'driver.offer', to: id })}>
                {t.driver.offer}
              </Button>
            ) : null}
            <Button look="quiet" onClick={() => void act({ type: 'hand.lower', participant: id })}>
              {t.host.lower}
            </Button>
          </li>
        ))}
      </ol>
      {undo ? (
        <p className={s['undo']}>
          <span>{t.host.lowered(undo.participants.map((id) => participants[id]?.displayName ?? t.someone))}</span>
          <Button look="quiet" onClick={() => void act({ type: 'moderation.undo', seq: undo.seq })}>
            {t.host.undo}
          </Button>
        </p>
      ) : null}
    </Panel>
  );
}
