'use client';
// The participants. Removing one asks for confirmation and can be undone.
import { useState } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { PersonMarks } from '#app/_session/person-marks.tsx';
import { useOfFacilitatorView, useView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import f from '#app/_ui/field.module.css';
import { Toggle } from '#app/_ui/field.tsx';
import { Count, Panel } from '#app/_ui/panel.tsx';
import { HeldNames } from './held-names.tsx';
import s from './people.module.css';

export function PeoplePanel() {
  const view = useView('participants');
  const you = useYou();
  const removed = Object.entries(useOfFacilitatorView((view) => view.removed) ?? {});
  const act = useAct();
  const [search, setSearch] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const [contributions, setContributions] = useState(true);
  const wanted = search.trim().toLowerCase();
  const people = Object.entries(view.participants)
    .filter(([, person]) => person.displayName.toLowerCase().includes(wanted))
    .sort(([, a], [, b]) => Number(b.online) - Number(a.online) || a.displayName.localeCompare(b.displayName));
  const close = () => setAsked(null);
  return (
    <Panel title={t.host.people} aside={<Count n={Object.keys(view.participants).length} />}>
      <input
        type="search"
        className={f['input']}
        aria-label={t.host.findPerson}
        placeholder={t.host.findPerson}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <HeldNames />
      <ul className={s['list']} data-scroll="true">
        {people.map(([id, person]) => (
          <li key={id}>
            <span className={s['displayName']} translate="no" dir="auto" data-away={!person.online}>
              <span translate="no">{person.displayName}</span>
              <PersonMarks id={id} />
              <span>{id === you?.participant ? ` (${t.you})` : ''}</span>
            </span>
            <span className={s['time']}>
              {[person.facilitator ? t.host.facilitator : null, person.online ? null : t.host.away]
                .filter((word) => word !== null)
                .join(' · ')}
            </span>
            {id === you?.participant ? null : (
              <Button look="quiet" onClick={() => setAsked(id)}>
                {t.host.remove}
              </Button>
            )}
          </li>
        ))}
        {removed.map(([id, { displayName, undo }]) => (
          <li key={id}>
            <span className={s['displayName']} translate="no" dir="auto" data-away="true">
              {displayName}
            </span>
            <span className={s['time']}>{t.host.removed}</span>
            <Button look="quiet" onClick={() => void act({ type: 'moderation.undo', seq: undo })}>
              {t.host.letIn}
            </Button>
          </li>
        ))}
      </ul>
      <Dialog
        open={asked !== null}
        onClose={close}
        title={t.host.removeHead(view.participants[asked ?? '']?.displayName ?? t.someone)}
      >
        <p>{t.host.removeHint}</p>
        <Toggle
          label={t.host.removeContributions}
          hint={t.host.removeContributionsHint}
          checked={contributions}
          onChange={setContributions}
        />
        <div className={s['buttons']}>
          <Button
            look="danger"
            onClick={() => {
              if (asked !== null) void act({ type: 'participant.remove', participant: asked, contributions });
              close();
            }}
          >
            {t.host.remove}
          </Button>
          <Button onClick={close}>{t.cancel}</Button>
        </div>
      </Dialog>
    </Panel>
  );
}
