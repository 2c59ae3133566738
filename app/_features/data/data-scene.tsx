'use client';
// The data on the projector: one column large with its numbers, its neighbours in a strip. The facilitator, or the arrow keys
// of this projector, page through the columns.
import { useMemo } from 'react';
import { t } from '#app/_strings/strings.ts';
import { Chart } from '#app/_ui/charts/chart.tsx';
import { Empty } from '#app/_ui/panel.tsx';
import { useWide } from '#app/_ui/use-min-width.ts';
import { CardContent } from './column-card.tsx';
import { ColumnFacts } from './column-facts.tsx';
import { columnSpec, targetText } from './column-texts.ts';
import { ValueTable } from './column-values.tsx';
import s from './data-scene.module.css';
import { columnAt, strip } from './paging.ts';
import { type ColumnProfile, type DataProfile, useDataProfile } from './use-data.ts';

const STRIP = 7;
/** Beside the chart there is room for so many values with what they mean. */
const MOST_VALUES = 6;

/** `column`: absent, or none of the table's: the first. */
export function DataScene({ column }: { readonly column: string | undefined }) {
  const tall = useWide(1700);
  const read = useDataProfile();
  const shown = read.value ? columnAt(read.value, column) : undefined;
  if (!read.value || !shown) return <Empty>{read.error?.message ?? t.data.loading}</Empty>;
  return <Shown profile={read.value} column={shown} height={tall ? 500 : 370} />;
}

function Shown(props: { readonly profile: DataProfile; readonly column: ColumnProfile; readonly height: number }) {
  const { profile, column, height } = props;
  const spec = useMemo(() => columnSpec(profile, column), [profile, column]);
  const { columns, rows, target } = profile;
  return (
    <div className={s['scene']}>
      <header className={s['head']}>
        <h1 dir="auto">{column.label}</h1>
        {column.label === column.name ? null : <code translate="no">{column.name}</code>}
        <p>
          {[
            t.data.place(columns.indexOf(column) + 1, columns.length),
            t.data.table(t.data.rows(rows), t.data.columns(columns.length)),
          ].join(' · ')}
        </p>
      </header>
      <div className={s['chart']}>
        <Chart spec={spec} plain height={height} />
      </div>
      <aside className={s['facts']}>
        <ColumnFacts profile={profile} column={column} />
        {column.bins.length <= MOST_VALUES ? <ValueTable profile={profile} column={column} /> : null}
        <p dir="auto">{t.data.target(target.name, targetText(target, target.all))}</p>
      </aside>
      <ul className={s['strip']}>
        {strip(profile, column.name, STRIP).map((each) => (
          <li key={each.name} aria-current={each === column ? 'true' : undefined}>
            <CardContent profile={profile} column={each} />
          </li>
        ))}
      </ul>
    </div>
  );
}
