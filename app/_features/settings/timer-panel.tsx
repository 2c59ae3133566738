'use client';
// The turn timer: 5, 7 or 10 minutes, or off. When a turn is over it offers driving to the first raised hand; the minutes of
// a step of the agenda are no turn.
import { useNow } from '#app/_session/clock.ts';
import { useAct } from '#app/_session/command-actions.tsx';
import { useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Hint, Panel } from '#app/_ui/panel.tsx';
import { nextFromHands, turnLeft } from '#session-core/client/selectors.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import s from './host-panels.module.css';
import { TimerFace } from './timer-face.tsx';

export function TimerPanel() {
  const view = useView('timer', 'participants', 'offer', 'hands', 'driver');
  const act = useAct();
  const { timer, participants, offer } = view;
  const now = useNow(1000, timer !== null);
  const over = timer?.step === undefined && now !== null && (turnLeft(view, now) ?? 0) < 0;
  const next = nextFromHands(view);
  return (
    <Panel title={t.timer.head} aside={<TimerFace />}>
      <div className={s['buttons']}>
        {LIMITS.turnMinutes.map((minutes) => (
          <Button
            key={minutes}
            look={timer?.minutes === minutes ? 'primary' : 'outline'}
            onClick={() => void act({ type: 'timer.set', minutes })}
          >
            {t.timer.minutes(minutes)}
          </Button>
        ))}
        <Button look="quiet" disabled={timer === null} onClick={() => void act({ type: 'timer.set', minutes: null })}>
          {t.timer.off}
        </Button>
      </div>
      {over ? (
        next === undefined ? (
          <Hint>{t.timer.nobody}</Hint>
        ) : (
          <Button
            look="signal"
            wide
            disabled={offer !== null}
            onClick={() => void act({ type: 'driver.offer', to: next })}
          >
            {t.driver.offerNext(participants[next]?.displayName ?? t.someone)}
          </Button>
        )
      ) : null}
    </Panel>
  );
}
