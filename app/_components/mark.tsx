// The sign of the product: votes rising onto a line of code.
// RUNS IN browser | server
import { t } from '#app/_strings/strings.ts';
import s from './mark.module.css';

export function Mark({ size = 36, named = true }: { readonly size?: number; readonly named?: boolean }) {
  return (
    <span className={s['mark']}>
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="#06282d" />
        <path d="M7 19l5-5 5 5M15 13l5-5 5 5" fill="none" stroke="#ffc94a" strokeWidth="3.4" strokeLinecap="square" />
        <path d="M7 25h18" stroke="#7fdcd3" strokeWidth="3.4" />
      </svg>
      {named ? <span>{t.product}</span> : null}
    </span>
  );
}
