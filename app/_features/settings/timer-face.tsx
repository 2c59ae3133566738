'use client';
// The time left in a driver's turn, or by how much it is over.
import { useNow } from '#app/_session/clock.ts';
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { clockText } from '#app/_ui/format.ts';
import { Icon } from '#app/_ui/icon.tsx';
import s from './timer-face.module.css';

export function TimerFace() {
  const timer = useOfView((view) => view.timer);
  const now = useNow(500, timer !== null);
  if (timer === null || now === null) return null;
  const left = timer.startedAt + timer.minutes * 60_000 - now;
  return (
    <span className={s['face']} data-over={left < 0} role="timer">
      <Icon name="timer" size={18} />
      {left >= 0 ? (
        <span translate="no">{clockText(left)}</span>
      ) : (
        <span className={s['over']} data-short={`+${clockText(-left)}`}>
          <span>{t.timer.over(clockText(-left))}</span>
        </span>
      )}
    </span>
  );
}
