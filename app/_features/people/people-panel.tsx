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
import { goingAlong, type LetInBy } from '#session-core/model/let-in.ts';
import { HeldNames } from './held-names.tsx';
import s from './people.module.css';
import { MOST_LISTED, type Person, usePeople } from './use-people.ts';

const PAGE = 200;
const NOBODY: LetInBy = {};

export function PeoplePanel() {
  const { participants, people } = useView('participants', 'people');
  const you = useYou();
  const removed = Object.entries(useOfFacilitatorView((view) => view.removed) ?? {});
  const act = useAct();
  const [search, setSearch] = useState('');
  const [asked, setAsked] = useState<Person | null>(null);
  const [most, setMost] = useState(PAGE);
  const [contributions, setContributions] = useState(true);
  /** null: as it is by default. */
  const [letIn, setLetIn] = useState<boolean | null>(null);
  const { list, total } = usePeople({ search: search.trim(), most });
  const rows = list.toSorted(
    (a, b) => Number(b.online) - Number(a.online) || a.displayName.localeCompare(b.displayName),
  );
  // Of facilitators the view has all.
  const letInBy = useOfFacilitatorView((view) => view.letInBy) ?? NOBODY;
  const nameOf = (id: string) => participants[id]?.displayName ?? t.someone;
  const along = goingAlong(letInBy, { removed: asked?.id ?? '', actor: you?.participant ?? '' });
  const ask = (person: Person) => {
    setAsked(person);
    setLetIn(null);
  };
  const close = () => setAsked(null);
  return (
    <Panel title={t.host.people} aside={<Count n={people.all} />}>
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
        {rows.map((person) => (
          <li key={person.id}>
            <span className={s['displayName']} translate="no" dir="auto" data-away={!person.online}>
              <span translate="no">{person.displayName}</span>
              <PersonMarks id={person.id} />
              <span>{person.id === you?.participant ? ` (${t.you})` : ''}</span>
            </span>
            <span className={s['time']}>
              {[
                person.facilitator ? t.host.facilitator : null,
                person.facilitator && letInBy[person.id] ? t.host.letInBy(nameOf(letInBy[person.id] ?? '')) : null,
                person.online ? null : t.host.away,
              ]
                .filter((word) => word !== null)
                .join(' · ')}
            </span>
            {person.id === you?.participant ? null : (
              <Button look="quiet" onClick={() => ask(person)}>
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
      {total > rows.length && most < MOST_LISTED ? (
        <Button look="quiet" onClick={() => setMost(most + PAGE)}>
          {t.host.morePeople(total - rows.length)}
        </Button>
      ) : null}
      <Dialog open={asked !== null} onClose={close} title={t.host.removeHead(asked?.displayName ?? t.someone)}>
        <p>{t.host.removeHint}</p>
        <Toggle
          label={t.host.removeContributions}
          hint={t.host.removeContributionsHint}
          checked={contributions}
          onChange={setContributions}
        />
        {along.people.length > 0 ? (
          <Toggle
            label={t.host.removeLetIn(along.people.map(nameOf))}
            hint={t.host.removeLetInHint}
            checked={letIn ?? along.byDefault}
            onChange={setLetIn}
          />
        ) : null}
        <div className={s['buttons']}>
          <Button
            look="danger"
            onClick={() => {
              if (asked !== null)
                void act({
                  type: 'participant.remove',
                  participant: asked.id,
                  contributions,
                  ...(along.people.length > 0 ? { letIn: letIn ?? along.byDefault } : {}),
                });
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
