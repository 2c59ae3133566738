// The columns of a table that was uploaded: what each holds, and which must not be an input, with the reason.
import { isolate } from '#app/_strings/isolate.ts';
import { t } from '#app/_strings/strings.ts';
import { MiniHistogram } from '#app/_ui/charts/mini-histogram.tsx';
import s from './own-table.module.css';
import type { Proposal, UploadedTable } from './table-types.ts';

type Column = UploadedTable['columns'][number];

export function TableColumns(props: {
  readonly table: UploadedTable;
  readonly proposal: Proposal | null;
  readonly target: string | null;
  readonly forbidden: readonly string[];
  /** The column whose values keep rows together. */
  readonly group: string | null;
  readonly onForbid: (column: string, isForbidden: boolean) => void;
}) {
  const { table, proposal, target, forbidden, group, onForbid } = props;
  return (
    <section className={s['columns']} aria-label={t.ownTable.columns}>
      <h2>{t.ownTable.columns}</h2>
      <ul>
        {table.columns.map((column) => {
          const { name, header, constant } = column;
          const reason = proposal?.forbidden.find((one) => one.column === name)?.reason;
          return (
            <li key={name} data-off={constant || name === group || forbidden.includes(name)}>
              <span className={s['mini']}>
                {column.bars.length > 0 ? (
                  <MiniHistogram
                    spec={{
                      kind: 'histogram',
                      title: header,
                      x: { label: header },
                      y: { label: '' },
                      bins: column.bars,
                    }}
                  />
                ) : null}
              </span>
              <span className={s['about']}>
                <b dir="auto">{header}</b>
                <small>{factsOf(column)}</small>
                {column.odd ? (
                  <small className={s['odd']}>
                    {t.ownTable.odd(column.odd.row, column.odd.value, column.odd.count)}
                  </small>
                ) : null}
                {reason ? (
                  <small className={s['reason']}>
                    {reason.code === 'strong'
                      ? t.ownTable.because.strong(reason.percent)
                      : t.ownTable.because.identifier}
                  </small>
                ) : null}
              </span>
              {name === target ? <em>{t.ownTable.isTarget}</em> : null}
              {name === group ? <em>{t.ownTable.isGroup}</em> : null}
              {target !== null && name !== target && name !== group && !constant ? (
                <label className={s['forbid']}>
                  <input
                    type="checkbox"
                    checked={forbidden.includes(name)}
                    aria-label={`${header}: ${t.ownTable.forbid}`}
                    onChange={(event) => onForbid(name, event.target.checked)}
                  />
                  <span aria-hidden="true">{t.ownTable.forbid}</span>
                </label>
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function factsOf({ kind, date, constant, missing, distinct, unit }: Column): string {
  if (constant) return t.ownTable.constant;
  const type = date ? t.ownTable.date : t.ownTable.kinds[kind];
  const named = unit === '' || date ? type : `${type} (${isolate(unit)})`;
  return [named, t.ownTable.missing(missing), t.ownTable.distinct(distinct)].join(' · ');
}
