'use client';
// The connection status: one word and a symbol, not color alone. The page has two connections; the worse one counts.
import { useConnectionState, useSessionId } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import s from './connection-status.module.css';
import { useTextStatus, worseOf } from './text/text-status.ts';

export function ConnectionStatus() {
  const status = worseOf(useConnectionState().status, useTextStatus(useSessionId()));
  return (
    <span className={s['status']} data-status={status}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {status === 'live' ? <circle cx="6" cy="6" r="5" /> : null}
        {status === 'delayed' ? <path d="M6 0l6 6-6 6-6-6z" /> : null}
        {status === 'offline' ? <path d="M1 1l10 10M11 1L1 11" strokeWidth="3" stroke="currentColor" /> : null}
      </svg>
      <span translate="no">{t.connection[status]}</span>
    </span>
  );
}
