'use client';
// Says that many joined from one address within seconds, which may be one person with a script or a class behind one
// router, and lets the facilitator remove them together.
import { useState } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { useOfFacilitatorView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Hint, Panel } from '#app/_ui/panel.tsx';
import { LIMITS } from '#session-core/model/limits.ts';
import s from './people.module.css';

export function JoinBurstNotice() {
  const burst = useOfFacilitatorView((view) => view.joinBurst);
  const act = useAct();
  const [seen, setSeen] = useState(0);
  if (!burst || burst.at <= seen) return null;
  const { count, seconds, participants } = burst;
  return (
    <Panel title={t.joining.burst(count, seconds)}>
      <Hint>{t.joining.burstHint}</Hint>
      <div className={s['buttons']}>
        <Button
          look="danger"
          onClick={() =>
            void act({ type: 'participant.removeAll', participants: participants.slice(-LIMITS.removedAtOnce) })
          }
        >
          {t.joining.removeAll(participants.length)}
        </Button>
        <Button onClick={() => setSeen(burst.at)}>{t.joining.keep}</Button>
      </div>
    </Panel>
  );
}
