'use client';
// The upvote button: reacts at once, while the server counts.
import { useEffect, useState } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { useEnded, useOfView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import type { SuggestionView } from '#session-core/view/view-types.ts';
import s from './vote-button.module.css';

export function VoteButton({ card }: { readonly card: SuggestionView }) {
  const you = useYou();
  const act = useAct();
  const voted = you?.votes.includes(card.id) ?? false;
  const [wish, setWish] = useState<boolean | null>(null);
  useEffect(() => {
    if (wish === voted) setWish(null);
  }, [wish, voted]);
  const pressed = wish ?? voted;
  // With `voted`, whatever the card that is drawn still says.
  const votes = useOfView((view) => view.suggestions[card.id]?.votes) ?? card.votes;
  const count = votes + (wish === null || wish === voted ? 0 : wish ? 1 : -1);
  const ended = useEnded();
  const open = you !== null && card.status === 'open' && !ended;
  const toggle = async () => {
    const next = !pressed;
    setWish(next);
    const ack = await act({ type: next ? 'suggestion.upvote' : 'suggestion.unvote', suggestion: card.id });
    if (!ack.ok) setWish(null);
  };
  if (!open) return <VoteCount votes={count} />;
  return (
    <button
      type="button"
      className={s['vote']}
      aria-pressed={pressed}
      aria-label={`${pressed ? t.card.unvote(card.text) : t.card.vote(card.text)}, ${t.card.votes(count)}`}
      onClick={() => void toggle()}
    >
      <Arrow />
      <b translate="no">{count}</b>
    </button>
  );
}

export function VoteCount({ votes, large = false }: { readonly votes: number; readonly large?: boolean }) {
  return (
    <span className={s['vote']} data-still="true" data-large={large} role="img" aria-label={t.card.votes(votes)}>
      <Arrow />
      <b translate="no">{votes}</b>
    </span>
  );
}

function Arrow() {
  return (
    <svg width="22" height="12" viewBox="0 0 22 12" aria-hidden="true">
      <path d="M2 10.5l9-8 9 8" fill="none" stroke="currentColor" strokeWidth="3.6" />
    </svg>
  );
}
