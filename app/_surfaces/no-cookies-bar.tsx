'use client';
// For a browser that keeps no cookies: says what that means, and takes along who one is to other pages of the session.
import { useEffect } from 'react';
import { handOver } from '#app/_session/hand-over.ts';
import { t } from '#app/_strings/strings.ts';
import s from './session-gate.module.css';

export function NoCookiesBar({ sessionId, large }: { readonly sessionId: string; readonly large: boolean }) {
  useEffect(() => handOver(sessionId), [sessionId]);
  return (
    <div className={s['bar']} data-calm={true} data-bar={large ? 'large' : ''} role="status">
      {t.noCookies}
    </div>
  );
}
