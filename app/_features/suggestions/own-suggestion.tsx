'use client';
// What authors can do with their own suggestion: edit it for a minute or until somebody else votes, or withdraw it.
import { type FormEvent, useState } from 'react';
import { useNow } from '#app/_session/clock.ts';
import { useAct } from '#app/_session/command-actions.tsx';
import { useEnded } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { LIMITS } from '#session-core/model/limits.ts';
import type { SuggestionView } from '#session-core/view/view-types.ts';
import { PreviewButton } from './preview-button.tsx';
import s from './suggestion-card.module.css';

export function OwnSuggestion({ card }: { readonly card: SuggestionView }) {
  const act = useAct();
  const ended = useEnded();
  const [draft, setDraft] = useState<string | null>(null);
  const fresh = card.votes <= 1 && (card.status === 'open' || card.status === 'pending');
  const now = useNow(1000, fresh);
  const left = now === null ? 0 : Math.ceil((card.at + LIMITS.editMs - now) / 1000);
  if (ended || (card.status !== 'open' && card.status !== 'pending')) return null;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (draft === null) return;
    const ack = await act({ type: 'suggestion.edit', suggestion: card.id, text: draft });
    if (ack.ok) setDraft(null);
  };
  if (draft !== null) {
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
          <Button look="quiet" onClick={() => setDraft(null)}>
            {t.cancel}
          </Button>
        </div>
      </form>
    );
  }
  return (
    <div className={s['own']}>
      <PreviewButton card={card} />
      {fresh && left > 0 ? (
        <Button look="quiet" onClick={() => setDraft(card.text)}>
          {t.card.editLeft(left)}
        </Button>
      ) : null}
      <Button look="quiet" onClick={() => void act({ type: 'suggestion.withdraw', suggestion: card.id })}>
        {t.card.withdraw}
      </Button>
    </div>
  );
}
