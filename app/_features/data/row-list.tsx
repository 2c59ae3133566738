'use client';
// Rows of the table by number: all in order, or those of one bin of a column, page by page. A row opens to its values.
import { type FormEvent, type ReactNode, useState } from 'react';
import { useApi } from '#app/_session/use-api.ts';
import { useOfView, useSessionId } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Empty } from '#app/_ui/panel.tsx';
import { rowsRoute } from '#session-core/protocol/http-api/data-routes.ts';
import { type Cell, cellText } from './column-texts.ts';
import { RowValues } from './row-values.tsx';
import s from './rows.module.css';
import type { DataProfile } from './use-data.ts';

const PAGE = 20;

/** Opens the composer with this text. */
export type Suggest = (text: string) => void;

interface Shared {
  readonly profile: DataProfile;
  readonly onSuggest?: Suggest | undefined;
}

/** The rows of one bin. `at` -1: those without a value. */
export function RowList({
  column,
  at,
  n,
  ...shared
}: Shared & { readonly column: string; readonly at: number; readonly n: number }) {
  const [pages, setPages] = useState(1);
  const left = n - pages * PAGE;
  if (n === 0) return <Empty>{t.data.noRows}</Empty>;
  return (
    <>
      <ol className={s['list']}>
        {Array.from({ length: pages }, (_, page) => (
          <RowPage
            // biome-ignore lint/suspicious/noArrayIndexKey: pages are their numbers
            key={page}
            query={{ column, bin: at < 0 ? 'missing' : String(at), from: String(page * PAGE), most: String(PAGE) }}
            said={(values) =>
              [column, ...(column === shared.profile.target.name ? [] : [shared.profile.target.name])]
                .map((name) => `${name} ${textOf(shared.profile, name, values)}`)
                .join(' · ')
            }
            {...shared}
          />
        ))}
      </ol>
      {left > 0 ? <Button onClick={() => setPages(pages + 1)}>{t.data.moreRows(left)}</Button> : null}
    </>
  );
}

type Values = Readonly<Record<string, Cell>>;

const textOf = (profile: DataProfile, name: string, values: Values): string =>
  cellText(
    values[name] ?? null,
    profile.columns.find((column) => column.name === name),
  );

function RowPage({
  query,
  open = false,
  said,
  profile,
  onSuggest,
}: Shared & {
  readonly query: { readonly column?: string; readonly bin?: string; readonly from: string; readonly most: string };
  readonly open?: boolean;
  readonly said: (values: Values) => ReactNode;
}) {
  const id = useSessionId();
  const task = useOfView((view) => view.task.id);
  const read = useApi(rowsRoute, { params: { id }, query }, task);
  if (read.value === null) return <li>{read.error?.message ?? t.data.loading}</li>;
  const { columns, rows } = read.value;
  return rows.map(({ row, cells }) => {
    const values = Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? null]));
    const { target } = profile;
    return (
      <li key={row}>
        <details open={open}>
          <summary>
            <b>{t.data.row(row)}</b>
            <span className={s['said']} dir="auto" translate="no">
              {said(values)}
            </span>
          </summary>
          <RowValues values={values} />
          {onSuggest ? (
            <p className={s['about']}>
              <Button
                onClick={() =>
                  onSuggest(t.data.aboutRow(row, `${target.name} ${textOf(profile, target.name, values)}`))
                }
              >
                {t.data.suggestRow}
              </Button>
            </p>
          ) : null}
        </details>
      </li>
    );
  });
}

/** Any row by its number. */
export function RowByNumber({ profile, onSuggest }: Shared) {
  const [typed, setTyped] = useState('');
  const [row, setRow] = useState<number | null>(null);
  const last = profile.rows - 1;
  const wanted = typed.trim() === '' ? Number.NaN : Number(typed);
  const fits = Number.isInteger(wanted) && wanted >= 0 && wanted <= last;
  const show = (event: FormEvent) => {
    event.preventDefault();
    if (fits) setRow(wanted);
  };
  return (
    <>
      <form className={s['number']} onSubmit={show}>
        <Field
          label={t.data.byNumber}
          hint={t.data.byNumberHint(last)}
          inputMode="numeric"
          value={typed}
          maxLength={7}
          onChange={(event) => setTyped(event.target.value)}
          aside={
            <Button type="submit" disabled={!fits}>
              {t.data.showRow}
            </Button>
          }
        />
      </form>
      {row === null ? null : (
        <ol className={s['list']}>
          <OneRow key={row} row={row} open said="" profile={profile} onSuggest={onSuggest} />
        </ol>
      )}
    </>
  );
}

export function OneRow({
  row,
  said,
  open,
  ...shared
}: Shared & { readonly row: number; readonly said: string; readonly open?: boolean }) {
  return <RowPage query={{ from: String(row), most: '1' }} open={open ?? false} said={() => said} {...shared} />;
}

/** A row that is read when it is opened: there may be many of them, and few are looked at. */
export function ClosedRow({ row, said, ...shared }: Shared & { readonly row: number; readonly said: string }) {
  const [open, setOpen] = useState(false);
  if (open) return <OneRow row={row} said={said} open {...shared} />;
  return (
    <li>
      <details
        onToggle={(event) => {
          if (event.currentTarget.open) setOpen(true);
        }}
      >
        <summary>
          <b>{t.data.row(row)}</b>
          <span className={s['said']} dir="auto">
            {said}
          </span>
        </summary>
        <p>{t.data.loading}</p>
      </details>
    </li>
  );
}
