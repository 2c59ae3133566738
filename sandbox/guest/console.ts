// The participants' console: everything goes to the run's log.
import { table } from './danfojs/stand-ins/table.ts';
import type { Stage } from './stage.ts';

const MAX_ROWS = 20;

export function createConsole(stage: Pick<Stage, 'log'>): object {
  const log = (...values: unknown[]): void => stage.log(values);
  const counts = new Map<string, number>();
  let indent = '';
  const printed = (...values: unknown[]): void => (indent === '' ? log(...values) : log(indent, ...values));
  return {
    log: printed,
    info: printed,
    debug: printed,
    warn: printed,
    error: printed,
    dir: printed,
    trace: printed,
    assert: (holds: unknown, ...values: unknown[]) => {
      if (!holds) printed('Assertion failed:', ...values);
    },
    count: (label = 'default') => {
      const count = (counts.get(String(label)) ?? 0) + 1;
      counts.set(String(label), count);
      printed(`${label}: ${count}`);
    },
    group: (...values: unknown[]) => {
      if (values.length > 0) printed(...values);
      indent += ' ';
    },
    groupEnd: () => {
      indent = indent.slice(1);
    },
    // The clock stands still in a stage: the run strip tells the time each stage took.
    time: () => {},
    timeEnd: () => {},
    timeLog: () => {},
    table: (value: unknown) => {
      const text = tableText(value);
      printed(text ?? value);
    },
  };
}

/** A DataFrame, a Series, an array of objects or of arrays as aligned text; undefined for anything else. */
function tableText(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const frame = value as { columns?: unknown; values?: unknown; index?: unknown };
  if (Array.isArray(frame.columns) && Array.isArray(frame.values)) {
    const index = Array.isArray(frame.index) ? frame.index : [];
    const rows = (frame.values as unknown[]).map((row, r) => [index[r] ?? r, ...(Array.isArray(row) ? row : [row])]);
    return withHead(['', ...(frame.columns as unknown[])], rows);
  }
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const first: unknown = value[0];
  if (Array.isArray(first)) {
    const head = ['', ...first.map((_, c) => c)];
    return withHead(
      head,
      (value as unknown[][]).map((row, r) => [r, ...row]),
    );
  }
  if (typeof first === 'object' && first !== null) {
    const columns = Object.keys(first);
    const rows = (value as Record<string, unknown>[]).map((row, r) => [r, ...columns.map((c) => row[c])]);
    return withHead(['', ...columns], rows);
  }
  return withHead(
    ['', 'value'],
    (value as unknown[]).map((item, r) => [r, item]),
  );
}

function withHead(head: unknown[], rows: unknown[][]): string {
  const shown = table([head, ...rows.slice(0, MAX_ROWS)]).trimEnd();
  return rows.length > MAX_ROWS ? `${shown}\n… ${rows.length - MAX_ROWS} more rows` : shown;
}
