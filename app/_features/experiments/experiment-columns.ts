// The table of runs as columns and rows: one row a main run, a column for each fact, metric and parameter.
// Invariant: pure; a cell has the text that is shown and the value that is sorted by and downloaded. What is missing comes
// last, whichever way it is sorted.
import { isolate } from '#app/_strings/isolate.ts';
import { t } from '#app/_strings/strings.ts';
import { ABSENT, changeText, decimalText, metricText, timeText } from '#app/_ui/format.ts';
import type { Task } from '#pipeline-core/core/report.ts';
import type { ExperimentRow } from '#session-core/client/experiments.ts';
import { findingText } from '#session-core/sentences/report-sentences.ts';
import type { Table } from '#session-core/text/csv.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import { outcomeWord } from '../scores/verdict.tsx';

export interface Column {
  readonly key: string;
  readonly label: string;
  /** A name of the files, which nobody translates. */
  readonly code?: true;
  /** Shown whether it changes or not. */
  readonly always?: true;
  /** In the download only. */
  readonly hidden?: true;
}
export interface Cell {
  readonly text: string;
  readonly value: string | number | null;
}
export interface Row {
  readonly run: RunView;
  readonly cells: Readonly<Record<string, Cell>>;
}
export interface RunTable {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}
export interface Sorting {
  readonly key: string;
  readonly down: boolean;
}

/** As the route answers them. */
export interface Parameters {
  readonly runs: readonly string[];
  readonly changed: readonly { readonly key: string; readonly values: readonly (string | null)[] }[];
  readonly same: readonly { readonly key: string; readonly value: string }[];
}

const NOTHING: Cell = { text: ABSENT, value: null };
const words = (text: string): Cell => (text === '' ? NOTHING : { text, value: text });
const metricCell = (value: number | undefined): Cell =>
  value === undefined ? NOTHING : { text: metricText(value), value };
/** "100" sorts as a number, "ridge" as a word. */
const paramCell = (text: string | null | undefined): Cell =>
  text == null ? NOTHING : { text, value: text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text };

export function runTable(
  experiments: readonly ExperimentRow[],
  task: Task,
  /** Display names by participant. */
  displayNames: Readonly<Record<string, string>>,
  params: Parameters,
): RunTable {
  const names = t.experiments.columns;
  const others = [...new Set(experiments.flatMap(({ run }) => Object.keys(run.metrics)))]
    .filter((name) => name !== task.metric)
    .sort();
  const metric = task.unit === '' ? task.metric : `${task.metric} (${task.unit})`;
  const place = new Map(params.runs.map((id, i) => [id, i]));
  const columns: readonly Column[] = [
    { key: 'run', label: names.run, always: true },
    { key: 'result', label: names.result, always: true },
    { key: 'score', label: metric, code: true, always: true },
    { key: 'change', label: names.change, always: true },
    { key: 'low', label: names.low, hidden: true },
    { key: 'high', label: names.high, hidden: true },
    ...params.changed.map(({ key }): Column => ({ key: `param ${key}`, label: key, code: true })),
    { key: 'suggestion', label: names.suggestion },
    { key: 'by', label: names.by, always: true },
    { key: 'findings', label: names.findings },
    { key: 'duration', label: names.duration, always: true },
    { key: 'at', label: names.at, always: true },
    ...others.map((name): Column => ({ key: `metric ${name}`, label: name, code: true })),
    ...params.same.map(({ key }): Column => ({ key: `param ${key}`, label: key, code: true })),
  ];
  const rows = experiments.map(({ run, score, change, outcome, suggestions }): Row => {
    const at = place.get(run.id);
    const interval = change === undefined ? undefined : run.comparison?.interval;
    const author = suggestions[0]?.author ?? run.by;
    return {
      run,
      cells: {
        run: { text: `#${run.number}`, value: run.number ?? null },
        result: words(outcomeWord(outcome)),
        score: metricCell(score),
        change: change === undefined ? NOTHING : { text: withInterval(change, interval), value: change },
        low: metricCell(interval?.[0]),
        high: metricCell(interval?.[1]),
        suggestion: {
          ...words(suggestions.map(({ text }) => text).join(' · ')),
          text: suggestions.map(({ text }) => isolate(text)).join(' · '),
        },
        by: words(author === null ? '' : displayNames[author] || t.someone),
        findings: words([...findings(run), ...(run.struck ? [run.struck.reason] : [])].join(' ')),
        duration:
          run.ms === undefined ? NOTHING : { text: decimalText(run.ms / 1000, 1), value: Math.round(run.ms) / 1000 },
        at: { text: timeText(run.requestedAt), value: new Date(run.requestedAt).toISOString() },
        ...Object.fromEntries(others.map((name) => [`metric ${name}`, metricCell(run.metrics[name])])),
        ...Object.fromEntries(
          params.changed.map(({ key, values }) => [
            `param ${key}`,
            paramCell(at === undefined ? undefined : values[at]),
          ]),
        ),
        ...Object.fromEntries(
          params.same.map(({ key, value }) => [`param ${key}`, at === undefined ? NOTHING : paramCell(value)]),
        ),
      },
    };
  });
  return { columns, rows };
}

const findings = (run: RunView): readonly string[] =>
  run.findings.filter(({ level }) => level !== 'info').map((finding) => findingText(t.reports.findings, finding));

const withInterval = (change: number, interval: readonly [number, number] | undefined): string =>
  interval === undefined
    ? changeText(change)
    : `${changeText(change)} (${changeText(interval[0])} … ${changeText(interval[1])})`;

/** Without those that never change, unless they are wanted too. */
export function shownColumns({ columns, rows }: RunTable, unchanged: boolean): readonly Column[] {
  const changes = ({ key }: Column) => new Set(rows.map(({ cells }) => cells[key]?.value ?? null)).size > 1;
  return columns.filter((column) => !column.hidden && (column.always || unchanged || changes(column)));
}

/** Rows in which every word of `text` is found. */
export function foundRows({ rows }: RunTable, text: string): readonly Row[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ cells }) => {
    const all = Object.values(cells)
      .map((cell) => cell.text)
      .join(' ')
      .toLowerCase();
    return wanted.every((word) => all.includes(word));
  });
}

export function sortedRows(rows: readonly Row[], { key, down }: Sorting): readonly Row[] {
  const sign = down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [a.cells[key]?.value ?? null, b.cells[key]?.value ?? null];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    // Numbers before words, in a column that has both.
    if (typeof x === 'number' && typeof y === 'number') return sign * (x - y);
    if (typeof x !== typeof y) return typeof x === 'number' ? -1 : 1;
    return sign * String(x).localeCompare(String(y), t.locale, { numeric: true });
  });
}

/** All columns of these rows. */
export const downloadOf = ({ columns }: RunTable, rows: readonly Row[]): Table => ({
  columns: columns.map(({ label }) => label),
  rows: rows.map(({ cells }) => columns.map(({ key }) => cells[key]?.value ?? null)),
});
