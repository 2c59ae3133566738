'use client';
// Where the predictions of a run are wrong: how far, the worst rows with their values, and the error of each group. From a
// row or a group one tap leads to a suggestion about it.
// Invariant: nothing of it says that a group is better or worse than chance where its interval holds the error of all rows.
import { useState } from 'react';
import { useApi } from '#app/_session/use-api.ts';
import { useSessionId, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { changeText, metricText } from '#app/_ui/format.ts';
import { Empty, Hint } from '#app/_ui/panel.tsx';
import type { AnswerOf } from '#session-core/protocol/http-api/route.ts';
import { runErrorsRoute } from '#session-core/protocol/http-api/work-routes.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import { RowValues } from '../data/row-values.tsx';
import { ErrorHistogram } from './error-histogram.tsx';
import s from './run-errors.module.css';

export type Errors = NonNullable<AnswerOf<typeof runErrorsRoute>['errors']>;
type Group = Errors['slices'][number]['groups'][number];
type Worst = Errors['worst'][number];

const SHOWN_COLUMNS = 5;

/** `onSuggest` opens the composer with this text. */
export function RunErrors(props: { readonly run: RunView; readonly onSuggest?: (text: string) => void }) {
  const { run, onSuggest } = props;
  const id = useSessionId();
  const { unit } = useView('task').task;
  const [all, setAll] = useState(false);
  const request = run.status === 'succeeded' ? { params: { id, run: run.id } } : null;
  const read = useApi(runErrorsRoute, request, run.detail ?? '');
  const errors = read.value?.errors;
  if (!errors)
    return <Empty>{read.error?.message ?? (read.value || !request ? t.explain.none : t.explain.loading)}</Empty>;
  const slices = all ? errors.slices : errors.slices.slice(0, SHOWN_COLUMNS);
  return (
    <div className={s['errors']}>
      <section>
        <h3>{t.explain.sizes}</h3>
        <Hint>{t.explain.sizesHint(errors.n, metricText(errors.rmse), changeText(errors.bias), unit)}</Hint>
        <ErrorHistogram histogram={errors.histogram} n={errors.n} unit={unit} />
      </section>
      <section>
        <h3>{t.explain.worst}</h3>
        <Hint>{t.explain.worstHint}</Hint>
        <ol className={s['rows']}>
          {errors.worst.map((row) => (
            <WorstRow key={row.row} row={row} unit={unit} {...(onSuggest ? { onSuggest } : {})} />
          ))}
        </ol>
      </section>
      {slices.length === 0 ? null : (
        <section>
          <h3>{t.explain.groups}</h3>
          <Hint>{t.explain.groupsHint(unit)}</Hint>
          {slices.map(({ column, groups }) => (
            <Groups
              key={column}
              column={column}
              groups={groups}
              overall={errors.rmse}
              {...(onSuggest ? { onSuggest } : {})}
            />
          ))}
          {errors.slices.length > SHOWN_COLUMNS ? (
            <Button look="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? t.explain.fewer : t.explain.more(errors.slices.length - SHOWN_COLUMNS)}
            </Button>
          ) : null}
        </section>
      )}
    </div>
  );
}

function WorstRow(props: { readonly row: Worst; readonly unit: string; readonly onSuggest?: (text: string) => void }) {
  const { row, unit, onSuggest } = props;
  const { actual, predicted } = row;
  return (
    <li>
      <details>
        <summary>
          <b>{t.explain.row(row.row)}</b>
          <span className={s['said']}>{t.explain.predicted(metricText(predicted), metricText(actual), unit)}</span>
          <b translate="no">{changeText(predicted - actual)}</b>
        </summary>
        <RowValues values={row.values} />
        {onSuggest ? (
          <p className={s['about']}>
            <Button
              look="outline"
              onClick={() => onSuggest(t.explain.aboutRow(row.row, metricText(predicted), metricText(actual)))}
            >
              {t.explain.suggestRow}
            </Button>
          </p>
        ) : null}
      </details>
    </li>
  );
}

function Groups(props: {
  readonly column: string;
  readonly groups: readonly Group[];
  readonly overall: number;
  readonly onSuggest?: (text: string) => void;
}) {
  const { column, groups, overall, onSuggest } = props;
  const most = Math.max(overall, ...groups.map(({ interval }) => interval[1])) || 1;
  const at = (value: number) => `${(100 * value) / most}%`;
  return (
    <table className={s['groups']}>
      <caption translate="no">{column}</caption>
      <thead className="hidden-text">
        <tr>
          <th scope="col">{t.explain.group}</th>
          <th scope="col">{t.explain.rows}</th>
          <th scope="col">{t.explain.error}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => {
          const name = nameOf(group);
          const [low, high] = group.interval;
          const apart = low > overall ? 'above' : high < overall ? 'below' : 'within';
          const value = `${metricText(group.rmse)} (${metricText(low)} – ${metricText(high)})`;
          return (
            <tr key={name}>
              <th scope="row">
                {onSuggest ? (
                  <button
                    type="button"
                    className={s['pick']}
                    title={t.explain.suggestGroup}
                    onClick={() =>
                      onSuggest(t.explain.aboutGroup(column, name, metricText(group.rmse), metricText(overall)))
                    }
                  >
                    <span translate="no">{name}</span>
                  </button>
                ) : (
                  <span translate="no">{name}</span>
                )}
              </th>
              <td>{t.explain.n(group.n)}</td>
              <td title={value}>
                <span className={s['track']} aria-hidden="true">
                  <span className={s['bar']} data-apart={apart} style={{ inlineSize: at(group.rmse) }} />
                  <i className={s['interval']} style={{ insetInlineStart: at(low), inlineSize: at(high - low) }} />
                  <em className={s['all']} style={{ insetInlineStart: at(overall) }} />
                </span>
                <b translate="no">{metricText(group.rmse)}</b>
                <span className="hidden-text">{t.explain.apart[apart]}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function nameOf(group: Group): string {
  if ('level' in group) return group.level;
  const [from, to] = [String(Number(group.from.toPrecision(4))), String(Number(group.to.toPrecision(4)))];
  return from === to ? from : `${from} – ${to}`;
}
