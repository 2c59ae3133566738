'use client';
// What became better and what worse between two runs: the error of each group of rows, and the rows that changed most with
// their values.
// Invariant: a change is only coloured where its interval leaves out zero.
import { useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { changeText, decimalText, metricText } from '#app/_ui/format.ts';
import { Empty, Hint } from '#app/_ui/panel.tsx';
import type { compareRoute } from '#session-core/protocol/http-api/experiment-routes.ts';
import type { AnswerOf } from '#session-core/protocol/http-api/route.ts';
import { RowValues } from '../data/row-values.tsx';
import s from './run-comparison.module.css';

export type Changes = NonNullable<AnswerOf<typeof compareRoute>['errors']>;
type Group = Changes['slices'][number]['groups'][number];
type RowChange = Changes['improved'][number];

export function ChangedGroups({ errors, most }: { readonly errors: Changes; readonly most: number }) {
  const { task } = useView('task');
  const { measure, slices } = errors;
  return (
    <>
      <Hint>{t.compare.groupsHint(t.compare.measure[measure](task.targetUnit))}</Hint>
      <div className={s['groups']}>
        {slices.slice(0, most).map(({ column, groups }) => (
          <table key={column} className={s['table']}>
            <caption translate="no">{column}</caption>
            <thead>
              <tr>
                <th scope="col">{t.compare.group}</th>
                <th scope="col">{t.compare.rows}</th>
                <th scope="col">{t.compare.before}</th>
                <th scope="col">{t.compare.after}</th>
                <th scope="col">{t.compare.change}</th>
              </tr>
            </thead>
            <tbody>
              {groups.map((group) => (
                <GroupRow key={nameOf(group)} group={group} measure={measure} />
              ))}
            </tbody>
          </table>
        ))}
      </div>
    </>
  );
}

function GroupRow({ group, measure }: { readonly group: Group; readonly measure: Changes['measure'] }) {
  const { interval } = group;
  const clear = interval[1] < 0 ? 'better' : interval[0] > 0 ? 'worse' : 'noise';
  const change = (value: number) => errorChange(measure, value);
  return (
    <tr>
      <th scope="row" translate="no">
        {nameOf(group)}
      </th>
      <td translate="no">{group.n}</td>
      <td translate="no">{errorText(measure, group.before)}</td>
      <td translate="no">{errorText(measure, group.after)}</td>
      <td data-clear={clear}>
        <b translate="no">{change(group.change)}</b>{' '}
        <small translate="no">{`${change(interval[0])} … ${change(interval[1])}`}</small>{' '}
        <span className="hidden-text">{t.compare.clear[clear]}</span>
      </td>
    </tr>
  );
}

/** `plain`: on the projector, where nobody opens anything. */
export function ChangedRows(props: { readonly errors: Changes; readonly most: number; readonly plain?: boolean }) {
  const { errors, most, plain = false } = props;
  const { measure } = errors;
  return (
    <>
      <Hint>{t.compare.rowsHint(errors.n, errors.smaller, errors.larger)}</Hint>
      {plain ? null : <Hint>{t.compare.rowsOpen}</Hint>}
      <div className={s['sides']}>
        {(['improved', 'worsened'] as const).map((side) => (
          <section key={side} aria-label={t.compare[side]}>
            <h3 data-clear={side === 'improved' ? 'better' : 'worse'}>{t.compare[side]}</h3>
            {errors[side].length === 0 ? <Empty>{t.compare.noRows}</Empty> : null}
            <ol className={s['rows']}>
              {errors[side].slice(0, most).map((row) => (
                <OneRow key={row.row} row={row} measure={measure} />
              ))}
            </ol>
          </section>
        ))}
      </div>
    </>
  );
}

function OneRow({ row, measure }: { readonly row: RowChange; readonly measure: Changes['measure'] }) {
  const shown = (value: number | string) => (typeof value === 'number' ? metricText(value) : value);
  return (
    <li>
      <details>
        <summary>
          <b>{t.explain.row(row.row)}</b>
          <span className={s['was']}>{t.compare.was(shown(row.actual), shown(row.before), shown(row.after))}</span>
          <b translate="no">{errorChange(measure, row.errorAfter - row.errorBefore)}</b>
        </summary>
        <RowValues values={row.values} />
      </details>
    </li>
  );
}

const percent = (value: number): string => `${decimalText(100 * value, 1)} %`;
const errorText = (measure: Changes['measure'], value: number): string =>
  measure === 'rmse' ? metricText(value) : percent(value);
const errorChange = (measure: Changes['measure'], value: number): string =>
  measure === 'rmse' ? changeText(value) : `${value > 0 ? '+' : value < 0 ? '−' : '±'}${percent(Math.abs(value))}`;

function nameOf(group: Group): string {
  if ('level' in group) return group.level;
  const [from, to] = [String(Number(group.from.toPrecision(4))), String(Number(group.to.toPrecision(4)))];
  return from === to ? from : `${from} – ${to}`;
}
