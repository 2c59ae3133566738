// How far work on a run is that begins when no run needs the machine.
import { t } from '#app/_strings/strings.ts';
import s from './run-errors.module.css';

export function WorkProgress(props: {
  readonly state: 'none' | 'waiting' | 'running' | 'done';
  readonly working: string;
  readonly share: number;
}) {
  const { state, working, share } = props;
  if (state !== 'waiting' && state !== 'running') return null;
  return (
    <p className={s['progress']}>
      <label>
        <span>{state === 'waiting' ? t.explain.waiting : working}</span> <progress max={1} value={share} />
      </label>
    </p>
  );
}
