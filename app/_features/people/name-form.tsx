'use client';
// Changing one's display name, whether one is credited and as who, and the language of the page.
import { type FormEvent, useState } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field, Toggle } from '#app/_ui/field.tsx';
import { LanguageLinks } from '#app/_ui/language-links.tsx';
import type { YouView } from '#session-core/view/view-types.ts';
import s from './name-form.module.css';

export function NameForm({ you, onDone }: { readonly you: YouView; readonly onDone: () => void }) {
  const act = useAct();
  const credits = you.credit ?? null;
  const [displayName, setDisplayName] = useState(you.displayName);
  const [credit, setCredit] = useState(credits);
  const held = Object.values(you.held ?? {});
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const named = await act({ type: 'participant.rename', displayName: displayName.trim() });
    const name = credit?.trim() || null;
    if (named.ok && (name === credits || (await act({ type: 'participant.credit', name })).ok)) onDone();
  };
  return (
    <>
      <form className={s['form']} onSubmit={(event) => void save(event)}>
        <Field
          label={t.join.as}
          hint={t.join.asHint}
          value={displayName}
          maxLength={40}
          onChange={(event) => setDisplayName(event.target.value)}
          dir="auto"
        />
        <Toggle
          label={t.topBar.credit}
          hint={t.topBar.creditHint}
          checked={credit !== null}
          onChange={(on) => setCredit(on ? (credits ?? '') : null)}
        />
        {credit === null ? null : (
          <Field
            label={t.topBar.creditAs}
            placeholder={t.topBar.creditPlace}
            value={credit}
            maxLength={120}
            autoComplete="name"
            onChange={(event) => setCredit(event.target.value)}
            dir="auto"
          />
        )}
        {held.map((name) => (
          <p key={name}>{t.topBar.held(name)}</p>
        ))}
        <Button look="primary" type="submit">
          {t.card.save}
        </Button>
      </form>
      <LanguageLinks />
    </>
  );
}
