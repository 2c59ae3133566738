'use client';
// Names that the word filter holds: the facilitator lets them pass or declines them. Until then nobody else sees them.
import { useAct } from '#app/_session/command-actions.tsx';
import { useOfFacilitatorView, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import s from './people.module.css';

const KINDS = ['displayName', 'credit'] as const;

export function HeldNames() {
  const { participants } = useView('participants');
  const held = useOfFacilitatorView((view) => view.heldNames) ?? {};
  const act = useAct();
  const rows = Object.entries(held).flatMap(([participant, names]) =>
    KINDS.flatMap((what) => (names[what] === undefined ? [] : [{ participant, what, name: names[what] }])),
  );
  if (rows.length === 0) return null;
  return (
    <ul className={s['list']} aria-label={t.heldNames.head}>
      {rows.map(({ participant, what, name }) => (
        <li key={`${participant} ${what}`}>
          <span className={s['displayName']} dir="auto">
            {t.heldNames[what](participants[participant]?.displayName ?? t.someone, name)}
          </span>
          <Button look="primary" onClick={() => void act({ type: 'name.decide', participant, what, allow: true })}>
            {t.heldNames.allow}
          </Button>
          <Button onClick={() => void act({ type: 'name.decide', participant, what, allow: false })}>
            {t.host.decline}
          </Button>
        </li>
      ))}
    </ul>
  );
}
