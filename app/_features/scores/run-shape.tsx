// The symbol of a run's outcome: disc better, triangle worse, ring within noise, square first run, cross failed, dashed ring
// not checked yet, warning sign suspect. The shape alone is enough to tell them apart; color is an addition.
import { inRem } from '#app/_ui/icon.tsx';
import type { RunOutcome } from '#session-core/client/scores.ts';
import s from './run-shape.module.css';

export function RunShape({ outcome, size = 18 }: { readonly outcome: RunOutcome; readonly size?: number }) {
  return (
    <svg
      className={s['shape']}
      data-outcome={outcome}
      width={inRem(size)}
      height={inRem(size)}
      viewBox="0 0 20 20"
      aria-hidden="true"
    >
      <RunPath outcome={outcome} />
    </svg>
  );
}

/** The same for use inside another SVG, 20 by 20 units. */
export function RunPath({ outcome }: { readonly outcome: RunOutcome }) {
  switch (outcome) {
    case 'better':
      return <circle cx="10" cy="10" r="9" />;
    case 'worse':
      return <path d="M10 1l9.5 17.5H.5z" />;
    case 'noise':
      return <circle cx="10" cy="10" r="7" className={s['hollow']} />;
    case 'same':
      return <path d="M2 6h16M2 14h16" className={s['hollow']} />;
    case 'first':
      return <path d="M2 2h16v16H2z" />;
    case 'measure':
    case 'incomparable':
      return <path d="M3.5 3.5h13v13h-13z" className={s['hollow']} />;
    case 'checking':
      return <circle cx="10" cy="10" r="7" className={s['hollow']} strokeDasharray="5 3.8" />;
    case 'suspect':
      return <path d="M10 1l9.5 17.5H.5zM9 7h2v6H9zM9 14.5h2v2H9z" fillRule="evenodd" />;
    case 'struck':
      return <path d="M4 4h12v12H4zM1 19L19 1" className={s['hollow']} />;
    case 'failed':
      return <path d="M3 3l14 14M17 3L3 17" className={s['hollow']} />;
    case 'stopped':
      return <path d="M3 10h14" className={s['hollow']} />;
    case 'running':
      return <circle cx="10" cy="10" r="7" className={s['turning']} />;
  }
}
