// The symbol of a stage's status.

import type { StageProgress } from '#app/_session/run-progress.ts';
import { inRem } from '#app/_ui/icon.tsx';
import s from './stage-list.module.css';

export function StageShape({
  status,
  size = 18,
}: {
  readonly status: StageProgress['status'];
  readonly size?: number;
}) {
  return (
    <svg
      className={s['shape']}
      data-status={status}
      width={inRem(size)}
      height={inRem(size)}
      viewBox="0 0 20 20"
      aria-hidden="true"
    >
      <StagePath status={status} />
    </svg>
  );
}

/** The same for use inside another SVG, 20 by 20 units. */
export function StagePath({ status }: { readonly status: StageProgress['status'] }) {
  switch (status) {
    case 'ran':
      return <path d="M3 10.5l5 5L17.5 5" className={s['stroke']} />;
    case 'cached':
      return <path d="M11.5 1L4 11.5h5L8 19l8-11h-5.5z" />;
    case 'skipped':
      return <path d="M3 4l7 6-7 6zM11 4l7 6-7 6z" />;
    case 'failed':
      return <path d="M4 4l12 12M16 4L4 16" className={s['stroke']} />;
    case 'running':
      return <circle cx="10" cy="10" r="7.5" className={s['turning']} />;
    case 'waiting':
      return <circle cx="10" cy="10" r="6.5" className={s['thin']} />;
  }
}
