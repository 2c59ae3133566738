'use client';
// The suggestions of a moment: open ones by votes, then what was applied.
import { t } from '#app/_strings/strings.ts';
import { Icon } from '#app/_ui/icon.tsx';
import { Empty } from '#app/_ui/panel.tsx';
import type { ShownSuggestion } from '#session-core/client/replay.ts';
import s from './replay.module.css';

const MOST = 8;

export function ReplaySuggestions({ suggestions }: { readonly suggestions: readonly ShownSuggestion[] }) {
  return (
    <section className={s['suggestions']} aria-label={t.replay.suggestions}>
      <h2>{t.replay.suggestions}</h2>
      {suggestions.length === 0 ? <Empty>{t.replay.noSuggestions}</Empty> : null}
      <ol>
        {suggestions.slice(0, MOST).map(({ id, text, credit, votes, applied }) => (
          <li key={id} data-applied={applied}>
            <span className={s['votes']} title={t.replay.votes(votes)}>
              {applied ? <Icon name="check" size={16} /> : null}
              <span translate="no">{votes}</span>
            </span>
            <span dir="auto">{text}</span> {credit === undefined ? null : <small>{t.replay.by(credit)}</small>}{' '}
            {applied ? <small>{t.replay.applied}</small> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
