'use client';
// What authors can do with their own suggestion: edit it for a minute or until somebody else votes, or withdraw it.
import { useState } from 'react';
import { useNow } from '#app/_session/clock.ts';
import { useAct } from '#app/_session/command-actions.tsx';
import { useEnded } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { early, OnDemand, useSoon } from '#app/_ui/on-demand.tsx';
import { LIMITS } from '#session-core/model/limits.ts';
import type { SuggestionView } from '#session-core/view/view-types.ts';
import { PreviewButton } from './preview-button.tsx';
import s from './suggestion-card.module.css';

const edit = early(async () => (await import('./edit-suggestion.tsx')).EditSuggestion);
const SOON = [edit];

export function OwnSuggestion({ card }: { readonly card: SuggestionView }) {
  const act = useAct();
  const ended = useEnded();
  const [edits, setEdits] = useState(false);
  const fresh = card.votes <= 1 && (card.status === 'open' || card.status === 'pending');
  useSoon(SOON, fresh);
  const now = useNow(1000, fresh);
  const left = now === null ? 0 : Math.ceil((card.at + LIMITS.editMs - now) / 1000);
  if (ended || (card.status !== 'open' && card.status !== 'pending')) return null;
  if (edits) return <OnDemand load={edit} props={{ card, onDone: () => setEdits(false) }} />;
  return (
    <div className={s['own']}>
      <PreviewButton card={card} />
      {fresh && left > 0 ? (
        <Button look="quiet" onClick={() => setEdits(true)}>
          {t.card.editLeft(left)}
        </Button>
      ) : null}
      <Button look="quiet" onClick={() => void act({ type: 'suggestion.withdraw', suggestion: card.id })}>
        {t.card.withdraw}
      </Button>
    </div>
  );
}
