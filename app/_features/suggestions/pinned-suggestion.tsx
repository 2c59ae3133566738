'use client';
// The suggestion being implemented, in two lines; a tap leads to all of them.
// Invariant: as high without one, so that nothing below moves when the driver pins one.
import { t } from '#app/_strings/strings.ts';
import { Icon } from '#app/_ui/icon.tsx';
import type { SuggestionView } from '#session-core/view/view-types.ts';
import s from './pinned-suggestion.module.css';
import { VoteButton } from './vote-button.tsx';

export function PinnedSuggestion(props: {
  readonly card: SuggestionView | undefined;
  readonly onSuggestions: () => void;
}) {
  const { card, onSuggestions } = props;
  if (card === undefined)
    return (
      <p className={s['none']}>
        <Icon name="pin" size={16} /> <span>{t.card.nonePinned}</span>
      </p>
    );
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
