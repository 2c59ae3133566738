'use client';
// All main runs as a table: what changed, what came of it, and who did it; sorted, searched, downloaded, and two of them
// chosen to be compared. On phones each run is a block of its own.
import { memo, useDeferredValue, useMemo, useState } from 'react';
import { useApi } from '#app/_session/use-api.ts';
import { useRowsOfView, useSessionId, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import f from '#app/_ui/field.module.css';
import { Field, Toggle } from '#app/_ui/field.tsx';
import { metricText } from '#app/_ui/format.ts';
import { Empty, Panel } from '#app/_ui/panel.tsx';
import { saveFile } from '#app/_ui/save-file.ts';
import { acceptedById, experimentRows } from '#session-core/client/experiments.ts';
import { mainRunsById, type RunOutcome } from '#session-core/client/scores.ts';
import type { MachineBest } from '#session-core/model/machine-search.ts';
import { experimentsRoute } from '#session-core/protocol/http-api/experiment-routes.ts';
import { toCsv } from '#session-core/text/csv.ts';
import type { PublicView } from '#session-core/view/view-types.ts';
import { changesText } from '../machine/machine-panel.tsx';
import { RunShape } from '../scores/run-shape.tsx';
import {
  type Column,
  downloadOf,
  foundRows,
  type Parameters,
  type Row,
  runTable,
  type Sorting,
  shownColumns,
  sortedRows,
} from './experiment-columns.ts';
import s from './experiment-table.module.css';
import { PairLink, usePair } from './pair-link.tsx';

const NO_PARAMETERS: Parameters = { runs: [], changed: [], same: [] };
const NEWEST_FIRST: Sorting = { key: 'run', down: true };

export function ExperimentTable() {
  const rest = useView('task', 'revisions', 'search');
  const runs = useRowsOfView(mainRunsById);
  const suggestions = useRowsOfView(acceptedById);
  const names = useRowsOfView(namesShown);
  const view = useMemo(() => ({ ...rest, runs, suggestions }), [rest, runs, suggestions]);
  const id = useSessionId();
  const experiments = useMemo(() => experimentRows(view), [view]);
  const read = useApi(experimentsRoute, { params: { id } }, String(experiments.length));
  const params = read.value ?? NO_PARAMETERS;
  const worked = useMemo(
    () => ({
      ...runTable(experiments, view.task, names, params),
      outcomes: new Map(experiments.map(({ run, outcome }) => [run.id, outcome])),
    }),
    [experiments, view.task, names, params],
  );
  // A new column is drawn in every row: not in one task, which would hold a phone for as long.
  const table = useDeferredValue(worked);
  const [text, setText] = useState('');
  const [unchanged, setUnchanged] = useState(false);
  const [sorting, setSorting] = useState(NEWEST_FIRST);
  const [picked, toggle] = usePair();
  if (experiments.length === 0)
    return (
      <Panel title={t.experiments.head}>
        <Empty>{t.experiments.empty}</Empty>
      </Panel>
    );
  // The parameters are columns: without them the whole table would be drawn twice.
  if (read.value === null && read.error === null)
    return (
      <Panel title={t.experiments.head}>
        <Empty>{t.loading}</Empty>
      </Panel>
    );
  const columns = shownColumns(table, unchanged);
  const rows = sortedRows(foundRows(table, text), sorting);
  const save = () => saveFile(`runs-${id}.csv`, new Blob([toCsv(downloadOf(table, rows))], { type: 'text/csv' }));
  return (
    <Panel title={t.experiments.head} hint={t.experiments.hint}>
      <div className={s['tools']}>
        <Field
          label={t.experiments.find}
          hint={t.experiments.findHint}
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <SortChoice columns={columns} sorting={sorting} onSort={setSorting} />
        <Toggle label={t.experiments.unchanged} checked={unchanged} onChange={setUnchanged} />
        <Button look="outline" onClick={save}>
          {t.experiments.csv}
        </Button>
      </div>
      {experiments.length > 1 ? <PairLink picked={picked} /> : null}
      {rows.length === 0 ? <Empty>{t.experiments.none}</Empty> : null}
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <div className={s['box']} role="group" tabIndex={0} aria-label={t.experiments.head}>
        <table className={s['table']}>
          <Heads columns={columns} sorting={sorting} onSort={setSorting} />
          <tbody>
            {view.search?.best ? <MachineRow best={view.search.best} columns={columns.length} /> : null}
            {rows.map((row) => (
              <TableRow
                key={row.run.id}
                row={row}
                columns={columns}
                outcome={table.outcomes.get(row.run.id) ?? 'running'}
                picked={picked.includes(row.run.id)}
                onPick={toggle}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

// Previews come and go all the time, votes are cast for open suggestions, and people arrive: the table shows none of that.
const namesShown = (view: PublicView): Readonly<Record<string, string>> => {
  const shown = [
    ...Object.values(mainRunsById(view)).map(({ by }) => by),
    ...Object.values(acceptedById(view)).map(({ author }) => author),
  ];
  return Object.fromEntries(
    shown.flatMap((id) => (id === null ? [] : [[id, view.participants[id]?.displayName ?? '']])),
  );
};

/** What the machine found, above the runs: it is none. */
function MachineRow({ best, columns }: { readonly best: MachineBest; readonly columns: number }) {
  const { task } = useView('task');
  return (
    <tr>
      <td />
      <td colSpan={columns} data-key="machine">
        <span>{t.machine.best}</span> <b translate="no">{metricText(best.metric)}</b> <span>{task.unit}</span>{' '}
        <span translate="no">{changesText(best)}</span>
      </td>
    </tr>
  );
}

type Sorter = { readonly sorting: Sorting; readonly onSort: (sorting: Sorting) => void };

function Heads({ columns, sorting, onSort }: Sorter & { readonly columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        <td />
        {columns.map(({ key, label, code }) => {
          const own = sorting.key === key;
          return (
            <th key={key} scope="col" aria-sort={own ? (sorting.down ? 'descending' : 'ascending') : 'none'}>
              <button type="button" onClick={() => onSort({ key, down: own && !sorting.down })}>
                <span translate={code ? 'no' : 'yes'}>{label}</span>{' '}
                <span aria-hidden="true">{own ? (sorting.down ? '↓' : '↑') : ''}</span>
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** On phones, where the heads are not shown. */
function SortChoice({ columns, sorting, onSort }: Sorter & { readonly columns: readonly Column[] }) {
  return (
    <label className={s['sort']}>
      <span>{t.experiments.sort}</span>
      <select
        className={f['input']}
        value={`${sorting.down ? 'down' : 'up'} ${sorting.key}`}
        onChange={(event) => {
          const [way, ...key] = event.target.value.split(' ');
          onSort({ key: key.join(' '), down: way === 'down' });
        }}
      >
        {columns.flatMap(({ key, label }) =>
          [true, false].map((down) => (
            <option key={`${down} ${key}`} value={`${down ? 'down' : 'up'} ${key}`}>
              {t.experiments.sortBy(label, down)}
            </option>
          )),
        )}
      </select>
    </label>
  );
}

interface RowProps {
  readonly row: Row;
  readonly columns: readonly Column[];
  readonly outcome: RunOutcome;
  readonly picked: boolean;
  readonly onPick: (run: string) => void;
}

/** A new run makes all rows anew; most of them say what they said. */
function isSame(before: RowProps, after: RowProps): boolean {
  return (
    before.row.run === after.row.run &&
    before.outcome === after.outcome &&
    before.picked === after.picked &&
    before.onPick === after.onPick &&
    before.columns.length === after.columns.length &&
    after.columns.every(({ key, label, code }, i) => {
      const [column, cell] = [before.columns[i], before.row.cells[key]];
      if (column?.key !== key || column.label !== label || column.code !== code) return false;
      return cell?.text === after.row.cells[key]?.text && cell?.value === after.row.cells[key]?.value;
    })
  );
}

const TableRow = memo(function TableRow({ row, columns, outcome, picked, onPick }: RowProps) {
  return (
    <tr data-picked={picked} data-outcome={row.run.struck ? 'struck' : row.run.suspect ? 'suspect' : undefined}>
      <td className={s['pick']}>
        <label>
          <input type="checkbox" checked={picked} onChange={() => onPick(row.run.id)} />
          <span className="hidden-text">{t.experiments.pick(row.run.number ?? 0)}</span>
        </label>
      </td>
      {columns.map(({ key, label, code }) => {
        const { text = '', value = null } = row.cells[key] ?? {};
        const inside = (
          <>
            <span className={s['label']} aria-hidden="true" translate={code ? 'no' : 'yes'}>
              {label}
            </span>
            <span className={s['value']} dir="auto" translate={key === 'result' || key === 'findings' ? 'yes' : 'no'}>
              {key === 'result' ? <RunShape outcome={outcome} size={16} /> : null} <span>{text}</span>
            </span>
          </>
        );
        return key === 'run' ? (
          <th key={key} scope="row">
            {inside}
          </th>
        ) : (
          <td key={key} data-key={key} data-empty={value === null}>
            {inside}
          </td>
        );
      })}
    </tr>
  );
}, isSame);
