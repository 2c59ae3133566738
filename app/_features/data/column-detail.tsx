'use client';
// One column large: its chart with the target over it, its numbers, and its values. A value or range leads to its rows, by
// the chart or by the table, and from there to a suggestion.
import { useEffect, useMemo, useRef, useState } from 'react';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Chart } from '#app/_ui/charts/chart.tsx';
import { Hint } from '#app/_ui/panel.tsx';
import { ColumnFacts } from './column-facts.tsx';
import { ColumnSuggest } from './column-suggest.tsx';
import { columnSpec, targetText, valueText } from './column-texts.ts';
import { ColumnValues } from './column-values.tsx';
import s from './data.module.css';
import { RowList, type Suggest } from './row-list.tsx';
import type { ColumnProfile, DataProfile } from './use-data.ts';

export function ColumnDetail(props: {
  readonly profile: DataProfile;
  readonly column: ColumnProfile;
  readonly onSuggest?: Suggest | undefined;
  /** Shows it on the projector. */
  readonly onProject?: (() => void) | undefined;
}) {
  const { profile, column, onSuggest, onProject } = props;
  const [at, setAt] = useState<number | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const rows = useRef<HTMLHeadingElement>(null);
  const spec = useMemo(() => columnSpec(profile, column), [profile, column]);
  // Whoever opens a column by keyboard or hears the page goes on reading here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another column is another heading
  useEffect(() => heading.current?.focus({ preventScroll: true }), [column.name]);
  useEffect(() => {
    if (at !== null) rows.current?.scrollIntoView({ block: 'center' });
  }, [at]);
  const bin = at === null ? null : at < 0 ? column.missing : column.bins[at];
  const value = at === null ? '' : valueText(column, at);
  return (
    <div className={s['detail']}>
      <header className={s['title']}>
        <h3 ref={heading} tabIndex={-1} dir="auto">
          {column.label}
        </h3>
        {column.label === column.name ? null : <code translate="no">{column.name}</code>}
        {onProject ? <Button onClick={onProject}>{t.data.project}</Button> : null}
      </header>
      <Chart spec={spec} onPoint={(id) => setAt(Number(id))} />
      {bin && at !== null ? (
        <section className={s['rows']} aria-label={t.data.rowsOf(column.label, value)}>
          <h4 ref={rows} dir="auto">
            {t.data.rowsOf(column.label, value)}
          </h4>
          <Hint>{`${t.data.rows(bin.n)} · ${targetText(profile.target, bin.target)}`}</Hint>
          {onSuggest ? (
            <div className={s['buttons']}>
              <Button
                look="signal"
                onClick={() =>
                  onSuggest(
                    t.data.aboutRows(
                      column.label,
                      value,
                      bin.n,
                      `${profile.target.name} ${targetText(profile.target, bin.target)}`,
                      targetText(profile.target, profile.target.all),
                    ),
                  )
                }
              >
                {t.data.suggestRows}
              </Button>
            </div>
          ) : null}
          <RowList key={at} profile={profile} column={column.name} at={at} n={bin.n} onSuggest={onSuggest} />
        </section>
      ) : null}
      {onSuggest ? <ColumnSuggest column={column} onSuggest={onSuggest} /> : null}
      <ColumnFacts profile={profile} column={column} />
      <ColumnValues profile={profile} column={column} chosen={at} onChoose={setAt} />
    </div>
  );
}
