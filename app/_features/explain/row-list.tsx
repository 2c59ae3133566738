'use client';
// Rows of the table: what was predicted and what is true, and, opened, all values, what pushed the prediction, and a
// suggestion about the row.
import { useState } from 'react';
import { useApi } from '#app/_session/use-api.ts';
import { useSessionId } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { changeText, metricText } from '#app/_ui/format.ts';
import { Empty } from '#app/_ui/panel.tsx';
import { runRowsRoute } from '#session-core/protocol/http-api/explain-routes.ts';
import { RowValues } from '../data/row-values.tsx';
import { RowPushes } from './row-pushes.tsx';
import s from './run-errors.module.css';

export interface ShownRow {
  readonly row: number;
  readonly actual?: number | string;
  readonly predicted?: number | string;
  readonly values: Readonly<Record<string, string | number>>;
}
interface RowProps {
  readonly unit: string;
  /** The model that answers now is the one that made these predictions. */
  readonly served: boolean;
  readonly onSuggest?: (text: string) => void;
}

/** Most rows that can be asked for at a time. */
const MOST = 12;

/** Rows by their numbers, fetched. */
export function RowsByNumber(props: RowProps & { readonly run: string; readonly rows: readonly number[] }) {
  const { run, rows, ...rest } = props;
  const id = useSessionId();
  const wanted = rows.slice(0, MOST).join(',');
  const request = wanted === '' ? null : { params: { id, run }, query: { rows: wanted } };
  const read = useApi(runRowsRoute, request);
  if (!read.value) return <Empty>{read.error?.message ?? (request ? t.explain.loading : t.explain.noRows)}</Empty>;
  return <RowList rows={read.value.rows} open={rows.length === 1} {...rest} />;
}

export function RowList(props: RowProps & { readonly rows: readonly ShownRow[]; readonly open?: boolean }) {
  const { rows, open = false, ...rest } = props;
  return (
    <ol className={s['rows']}>
      {rows.map((row) => (
        <OneRow key={row.row} row={row} first={open} {...rest} />
      ))}
    </ol>
  );
}

function OneRow(props: RowProps & { readonly row: ShownRow; readonly first: boolean }) {
  const { row, unit, served, onSuggest, first } = props;
  const [open, setOpen] = useState(first);
  const { actual, predicted } = row;
  const text = (value: number | string) => (typeof value === 'number' ? metricText(value) : value);
  const known = actual !== undefined && predicted !== undefined;
  return (
    <li>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <b>{t.explain.row(row.row)}</b>
          {known ? (
            <span className={s['said']}>{t.explain.predicted(text(predicted), text(actual), unit)}</span>
          ) : (
            <span className={s['said']}>{t.explain.notPredicted}</span>
          )}
          {typeof actual === 'number' && typeof predicted === 'number' ? (
            <b translate="no">{changeText(predicted - actual)}</b>
          ) : null}
        </summary>
        <RowValues values={row.values} />
        {open && served ? <RowPushes row={row.values} /> : null}
        {onSuggest && known ? (
          <p className={s['about']}>
            <Button
              look="outline"
              onClick={() => onSuggest(t.explain.aboutRow(row.row, text(predicted), text(actual)))}
            >
              {t.explain.suggestRow}
            </Button>
          </p>
        ) : null}
      </details>
    </li>
  );
}
