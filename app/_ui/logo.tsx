// The logo: an upvote above a line of code.
import { t } from '#app/_strings/strings.ts';
import { inRem } from './icon.tsx';
import s from './logo.module.css';

export function Mark({ size = 36, named = true }: { readonly size?: number; readonly named?: boolean }) {
  return (
    <span className={s['mark']}>
      <svg width={inRem(size)} height={inRem(size)} viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="#06282d" />
        <path d="M8 17l8-8 8 8" fill="none" stroke="#ffc94a" strokeWidth="4.4" />
        <path d="M6.5 24h11M21 24h4.5" stroke="#7fdcd3" strokeWidth="4" />
      </svg>
      {named ? <span>{t.product}</span> : null}
    </span>
  );
}
