'use client';
// Look at the data: every column as a small chart with search, one of them large, unusual and duplicate rows, any row by its
// number. Needs no run.
// Invariant: visible rows only; nothing here says more than their counts and means.
import { useState } from 'react';
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { numberText } from '#app/_ui/chart-numbers.ts';
import f from '#app/_ui/field.module.css';
import { Empty, Hint, Panel } from '#app/_ui/panel.tsx';
import { ColumnCard } from './column-card.tsx';
import { ColumnDetail } from './column-detail.tsx';
import { found, type Order, ordered, targetText } from './column-texts.ts';
import s from './data.module.css';
import { ClosedRow, RowByNumber, type Suggest } from './row-list.tsx';
import r from './rows.module.css';
import { type ColumnProfile, type DataProfile, useDataProfile } from './use-data.ts';

interface Props {
  /** Opens the composer with this text. */
  readonly onSuggest?: Suggest | undefined;
  /** Shows a column on the projector. */
  readonly onProject?: ((column: string) => void) | undefined;
}

export function LookAtData({ onSuggest, onProject }: Props) {
  const read = useDataProfile();
  const [open, setOpen] = useState<string | null>(null);
  const profile = read.value;
  if (profile === null)
    return (
      <Panel title={t.data.head}>
        <Empty>{read.error?.message ?? t.data.loading}</Empty>
      </Panel>
    );
  const column = profile.columns.find(({ name }) => name === open);
  if (column)
    return (
      <Panel title={t.data.head}>
        <OneOfMany profile={profile} column={column} onOpen={setOpen} />
        <ColumnDetail
          key={column.name}
          profile={profile}
          column={column}
          onSuggest={onSuggest}
          onProject={onProject ? () => onProject(column.name) : undefined}
        />
      </Panel>
    );
  return (
    <div className={s['view']}>
      <Columns profile={profile} onOpen={setOpen} />
      <OddRows profile={profile} onSuggest={onSuggest} />
    </div>
  );
}

/** Back to all columns, or to the one beside it. */
function OneOfMany(props: {
  readonly profile: DataProfile;
  readonly column: ColumnProfile;
  readonly onOpen: (name: string | null) => void;
}) {
  const { profile, column, onOpen } = props;
  const at = profile.columns.indexOf(column);
  const beside = (step: number) => () => onOpen(profile.columns.at((at + step) % profile.columns.length)!.name);
  return (
    <nav className={s['paging']} aria-label={t.data.columns(profile.columns.length)}>
      <Button look="quiet" onClick={() => onOpen(null)}>
        {t.data.all}
      </Button>
      <span>{t.data.place(at + 1, profile.columns.length)}</span>
      <Button square aria-label={t.data.previous} onClick={beside(-1)}>
        ‹
      </Button>
      <Button square aria-label={t.data.next} onClick={beside(1)}>
        ›
      </Button>
    </nav>
  );
}

function Columns({ profile, onOpen }: { readonly profile: DataProfile; readonly onOpen: (name: string) => void }) {
  const holdout = useOfView((view) => view.task.holdoutFraction);
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState<Order>('table');
  const orders = Object.keys(t.data.orders) as readonly Order[];
  const { columns, target, rows } = profile;
  const shown = found(ordered(columns, order), search);
  const gaps = columns.filter(({ missing }) => missing.n > 0);
  const missing = gaps.reduce((sum, column) => sum + column.missing.n, 0);
  return (
    <Panel
      title={t.data.head}
      hint={t.data.hint(t.data.rows(rows), t.data.columns(columns.length), Math.round(holdout * 100))}
    >
      <p dir="auto">{t.data.target(target.name, targetText(target, target.all))}</p>
      <Hint>{missing === 0 ? t.data.noMissing : t.data.missing(missing, gaps.length)}</Hint>
      <div className={s['find']}>
        <input
          type="search"
          className={f['input']}
          aria-label={t.data.find}
          placeholder={t.data.find}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <select
          className={f['select']}
          aria-label={t.data.order}
          value={order}
          onChange={(event) => setOrder(orders.find((one) => one === event.target.value) ?? 'table')}
        >
          {orders.map((one) => (
            <option key={one} value={one}>
              {t.data.orders[one]}
            </option>
          ))}
        </select>
      </div>
      {shown.length === 0 ? <Empty>{t.data.none}</Empty> : null}
      <ul className={s['cards']}>
        {shown.map((column) => (
          <li key={column.name}>
            <ColumnCard profile={profile} column={column} onOpen={() => onOpen(column.name)} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function OddRows({ profile, onSuggest }: { readonly profile: DataProfile; readonly onSuggest: Suggest | undefined }) {
  const { oddRows, duplicates } = profile;
  const labelOf = (name: string) => profile.columns.find((column) => column.name === name)?.label ?? name;
  return (
    <>
      <Panel title={t.data.odd} hint={oddRows.length === 0 ? t.data.oddNone : t.data.oddHint}>
        <ol className={r['list']}>
          {oddRows.map(({ row, because }) => (
            <ClosedRow
              key={row}
              row={row}
              said={because
                .map((one) => t.data.because(labelOf(one.column), numberText(one.value), numberText(one.median)))
                .join(' · ')}
              profile={profile}
              onSuggest={onSuggest}
            />
          ))}
        </ol>
      </Panel>
      <Panel
        title={t.data.double}
        hint={duplicates.count === 0 ? t.data.doubleNone : t.data.doubleHint(duplicates.count)}
      >
        <ol className={r['list']}>
          {duplicates.rows.map(({ row, of }) => (
            <ClosedRow key={row} row={row} said={t.data.repeats(of)} profile={profile} onSuggest={onSuggest} />
          ))}
        </ol>
        <RowByNumber profile={profile} onSuggest={onSuggest} />
      </Panel>
    </>
  );
}
