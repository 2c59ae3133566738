// A column as one of many: its name, a histogram at the size of a stamp, and in words what to notice. Opens large.
import { useMemo } from 'react';
import { t } from '#app/_strings/strings.ts';
import { MiniHistogram } from '#app/_ui/charts/mini-histogram.tsx';
import { columnSpec, percent } from './column-texts.ts';
import s from './data.module.css';
import type { ColumnProfile, DataProfile } from './use-data.ts';

export function ColumnCard(props: {
  readonly profile: DataProfile;
  readonly column: ColumnProfile;
  readonly onOpen: () => void;
  /** The one that is shown large. */
  readonly current?: boolean;
}) {
  const { profile, column, onOpen, current = false } = props;
  return (
    <button type="button" className={s['card']} aria-current={current ? 'true' : undefined} onClick={onOpen}>
      <CardContent profile={profile} column={column} />
    </button>
  );
}

export function CardContent({ profile, column }: { readonly profile: DataProfile; readonly column: ColumnProfile }) {
  const spec = useMemo(() => columnSpec(profile, column), [profile, column]);
  return (
    <>
      <b dir="auto">{column.label}</b>
      <span className={s['mini']}>
        <MiniHistogram spec={spec} />
      </span>
      <small>{noticeOf(column)}</small>
    </>
  );
}

/** What one should know of a column before opening it. */
function noticeOf({ role, missing, distinct, explained }: ColumnProfile): string {
  return [
    t.data.role[role],
    distinct <= 1 && missing.n === 0 ? t.data.constant : '',
    missing.n > 0 ? t.data.someMissing(missing.n) : '',
    explained === undefined ? '' : t.data.explains(percent(explained)),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
