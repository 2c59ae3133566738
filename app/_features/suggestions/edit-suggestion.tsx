'use client';
// The form in which authors edit the text of their suggestion.
import { type FormEvent, useState } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { LIMITS } from '#session-core/model/limits.ts';
import type { SuggestionView } from '#session-core/view/view-types.ts';
import s from './suggestion-card.module.css';

export function EditSuggestion({ card, onDone }: { readonly card: SuggestionView; readonly onDone: () => void }) {
  const act = useAct();
  const [draft, setDraft] = useState(card.text);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const ack = await act({ type: 'suggestion.edit', suggestion: card.id, text: draft });
    if (ack.ok) onDone();
  };
  return (
    <form className={s['edit']} onSubmit={(event) => void save(event)}>
      <Field
        label={t.compose.label}
        value={draft}
        maxLength={LIMITS.suggestion}
        onChange={(event) => setDraft(event.target.value)}
        dir="auto"
      />
      <div className={s['actions']}>
        <Button look="primary" type="submit">
          {t.card.save}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {t.cancel}
        </Button>
      </div>
    </form>
  );
}
