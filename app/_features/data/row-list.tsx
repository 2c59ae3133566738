'use client';
// Rows of the table by number: those of one bin of a column, page by page, or a single one. A row opens to its values, and
// leads to a suggestion about it.
import { type FormEvent, type ReactNode, useState } from 'react';
import { useApi } from '#app/_session/use-api.ts';
import { useOfView, useSessionId } from '#app/_session/use-session.tsx';
import { isolate } from '#app/_strings/isolate.ts';
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
type Values = Readonly<Record<string, Cell>>;
type Query = { readonly column?: string; readonly bin?: string; readonly from: string; readonly most: string };

/** The rows of one bin. `at` -1: those without a value. */
export function RowList(props: Shared & { readonly column: string; readonly at: number; readonly n: number }) {
  const { column, at, n, ...shared } = props;
  const [pages, setPages] = useState(1);
  const left = n - pages * PAGE;
  if (n === 0) return <Empty>{t.data.noRows}</Empty>;
  const bin = at < 0 ? 'missing' : String(at);
  return (
    <>
      <ol className={s['list']}>
        {Array.from({ length: pages }, (_, page) => (
          <RowPage
            // biome-ignore lint/suspicious/noArrayIndexKey: pages are their numbers
            key={page}
            query={{ column, bin, from: String(page * PAGE), most: String(PAGE) }}
            column={column}
            {...shared}
          />
        ))}
      </ol>
      {left > 0 ? <Button onClick={() => setPages(pages + 1)}>{t.data.moreRows(left)}</Button> : null}
    </>
  );
}

function RowPage({ query, column, ...shared }: Shared & { readonly query: Query; readonly column: string }) {
  const read = useRows(query);
  if ('pending' in read) return <li>{read.pending}</li>;
  const { name } = shared.profile.target;
  return read.rows.map(({ row, values }) => (
    <RowItem
      key={row}
      row={row}
      said={[...new Set([column, name])]
        .map((one) => `${isolate(one)} ${isolate(textOf(shared.profile, one, values))}`)
        .join(' · ')}
    >
      <RowContent row={row} values={values} {...shared} />
    </RowItem>
  ));
}

/** A row that is read when it is opened: there may be many, and few are looked at. */
export function ClosedRow(props: Shared & { readonly row: number; readonly said: string; readonly open?: boolean }) {
  const { row, said, open: first = false, ...shared } = props;
  const [opened, setOpened] = useState(first);
  return (
    <RowItem row={row} said={said} open={first} onOpen={() => setOpened(true)}>
      {opened ? <ReadRow row={row} {...shared} /> : null}
    </RowItem>
  );
}

function ReadRow({ row, ...shared }: Shared & { readonly row: number }) {
  const read = useRows({ from: String(row), most: '1' });
  if ('pending' in read) return <p>{read.pending}</p>;
  return read.rows.map(({ values }) => <RowContent key={row} row={row} values={values} {...shared} />);
}

/** Any row by its number. */
export function RowByNumber(shared: Shared) {
  const [typed, setTyped] = useState('');
  const [row, setRow] = useState<number | null>(null);
  const last = shared.profile.rows - 1;
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
          <ClosedRow key={row} row={row} said="" open {...shared} />
        </ol>
      )}
    </>
  );
}

function RowItem(props: {
  readonly row: number;
  readonly said: string;
  readonly open?: boolean;
  readonly onOpen?: () => void;
  readonly children: ReactNode;
}) {
  const { row, said, open = false, onOpen, children } = props;
  return (
    <li>
      <details
        open={open}
        onToggle={(event) => {
          if (event.currentTarget.open) onOpen?.();
        }}
      >
        <summary>
          <b>{t.data.row(row)}</b>
          <span className={s['said']} dir="auto">
            {said}
          </span>
        </summary>
        {children}
      </details>
    </li>
  );
}

function RowContent(props: Shared & { readonly row: number; readonly values: Values }) {
  const { row, values, profile, onSuggest } = props;
  const { name } = profile.target;
  return (
    <>
      <RowValues values={values} />
      {onSuggest ? (
        <p className={s['about']}>
          <Button onClick={() => onSuggest(t.data.aboutRow(row, `${name} ${textOf(profile, name, values)}`))}>
            {t.data.suggestRow}
          </Button>
        </p>
      ) : null}
    </>
  );
}

type ReadRows =
  | { readonly pending: string }
  | { readonly rows: readonly { readonly row: number; readonly values: Values }[] };

function useRows(query: Query): ReadRows {
  const id = useSessionId();
  const task = useOfView((view) => view.task.id);
  const read = useApi(rowsRoute, { params: { id }, query }, task);
  if (read.value === null) return { pending: read.error?.message ?? t.data.loading };
  const { columns, rows } = read.value;
  return {
    rows: rows.map(({ row, cells }) => ({
      row,
      values: Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? null])),
    })),
  };
}

const textOf = (profile: DataProfile, name: string, values: Values): string =>
  cellText(
    values[name] ?? null,
    profile.columns.find((column) => column.name === name),
  );
