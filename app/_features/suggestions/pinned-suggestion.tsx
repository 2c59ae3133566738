'use client';
// The suggestion being implemented: the whole card on wide screens, one line on a phone.
import { t } from '#app/_strings/strings.ts';
import { Icon } from '#app/_ui/icon.tsx';
import { useWide } from '#app/_ui/use-min-width.ts';
import type { SuggestionView } from '#session-core/view/view-types.ts';
import s from './pinned-suggestion.module.css';
import { SuggestionCard } from './suggestion-card.tsx';
import { VoteButton } from './vote-button.tsx';

export function PinnedSuggestion({
  card,
  onSuggestions,
}: {
  readonly card: SuggestionView;
  readonly onSuggestions: () => void;
}) {
  const wide = useWide(720);
  if (wide) return <SuggestionCard card={card} />;
  return (
    <article className={s['pinned']}>
      <VoteButton card={card} />
      <button type="button" className={s['words']} onClick={onSuggestions}>
        <span className={s['pin']}>
          <Icon name="pin" size={16} /> <span>{t.card.pinned}</span>
        </span>
        <span className={s['text']} dir="auto">
          {card.text}
        </span>
      </button>
    </article>
  );
}
