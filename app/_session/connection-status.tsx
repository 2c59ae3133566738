'use client';
// The connection status: one word and a symbol, not color alone.
import { useLink } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import s from './connection-status.module.css';

export function LinkWord() {
  const { word } = useLink();
  return (
    <span className={s['word']} data-word={word}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {word === 'live' ? <circle cx="6" cy="6" r="5" /> : null}
        {word === 'delayed' ? <path d="M6 0l6 6-6 6-6-6z" /> : null}
        {word === 'offline' ? <path d="M1 1l10 10M11 1L1 11" strokeWidth="3" stroke="currentColor" /> : null}
      </svg>
      {t.connection[word]}
    </span>
  );
}
