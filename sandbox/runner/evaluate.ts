// An expression on a child: a program of one file around it, run as a stage is, under a short clock.
// Invariant: it always resolves; the expression reads its one table and nothing else, and what it answers is checked.
import type { Child } from '../child-process/child-process.ts';
import {
  type Expression,
  type ExpressionAnswer,
  FEWEST_ROWS,
  LONGEST_CELL,
  LONGEST_ERROR,
  LONGEST_TEXT,
  MOST_CELLS,
  MOST_COLUMNS,
  MOST_LENGTH,
  MOST_ROWS,
  readExpressionValue,
} from '../protocol/expression.ts';
import type { Limits } from '../protocol/job.ts';
import { ask } from './child-request.ts';
import { explained } from './python-habits.ts';
import { readable } from './readable.ts';
import { RunCache } from './run-cache.ts';

const ENTRY = 'src/expression.ts';
const OUT = 'answer.json';
const OUT_BYTES = 1024 * 1024;
/** Most answers take a tenth of a second. */
export const EXPRESSION_MS = 3_000;

export interface Evaluation extends Pick<Expression, 'code' | 'table'> {
  readonly limits: Limits;
  readonly takeChild: () => Promise<Child>;
}

export async function evaluate({ code, table, limits, takeChild }: Evaluation): Promise<ExpressionAnswer> {
  const bytes = await bytesOf(table);
  if (bytes === null) return { kind: 'limit', limit: 'gone' };
  const program = Buffer.from(programOf(code, table.path));
  const ms = Math.min(EXPRESSION_MS, limits.stageMs);
  const child = await takeChild();
  const answer = await ask(child, {
    message: {
      type: 'stage',
      stage: 'expression',
      entry: ENTRY,
      files: [
        { path: table.path, bytes: bytes.length },
        { path: ENTRY, bytes: program.length },
      ],
      writable: [OUT],
      known: [table.path, ENTRY],
      params: {},
      limits: { stageMs: ms, logLines: 0, logBytes: 0, outBytes: OUT_BYTES },
    },
    bodies: [bytes, program],
    ms,
    memoryMb: limits.memoryMb,
    onMessage: ({ type }) => type !== 'log' && type !== 'progress',
  });
  if ('ended' in answer) {
    const { ended } = answer;
    return { kind: 'limit', limit: ended === 'time' || ended === 'memory' ? ended : 'ended' };
  }
  const { message, body } = answer;
  if (message.type === 'failed') {
    const { kind, frames } = message.failure;
    if (kind === 'time' || kind === 'memory') return { kind: 'limit', limit: kind };
    // The expression begins in the second line. A place elsewhere is the program's own.
    const line = (frames.find(({ file }) => file === ENTRY)?.line ?? 0) - 1;
    const lines = code.split('\n').length;
    const text = shortened(explained(code, message.failure.message));
    return { kind: 'error', message: text, ...(lines > 1 && line >= 1 && line <= lines ? { line } : {}) };
  }
  const [out] = message.type === 'done' ? message.files : [];
  const whole = message.type === 'done' && message.files.length === 1 && out?.path === OUT;
  const value = whole && body.length <= OUT_BYTES ? readExpressionValue(body.toString('utf8')) : null;
  return value ?? { kind: 'limit', limit: 'unreadable' };
}

async function bytesOf(table: Expression['table']): Promise<Buffer | null> {
  if ('text' in table) return Buffer.from(table.text);
  const { cacheDir, path, sha256 } = table;
  return (await new RunCache(cacheDir).files({ [path]: sha256 }))?.get(path) ?? null;
}

const shortened = (message: string): string => readable(message.slice(0, LONGEST_ERROR));

/** All before the expression is one line, so that its own lines follow it. */
function programOf(code: string, path: string): string {
  const before = [
    "import * as danfojs from 'danfojs';",
    "import * as core from 'pipeline-core';",
    "import { writeJson } from 'workshop';",
    'const { DataFrame, Series, concat, merge, cut, qcut, getDummies, toDateTime } = danfojs;',
    `const df = await danfojs.readCSV(${JSON.stringify(path)});`,
    'const $names = [...df.columns];',
    'const $expression = async () => (',
  ];
  return `${before.join(' ')}\n${code.trim().replace(/;+$/, '')}\n);${AFTER}`;
}

const AFTER = `
const $short = (text: string, most: number): string => (text.length > most ? text.slice(0, most - 1) + '…' : text);
const $cell = (value: unknown) => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return $short(String(value), ${LONGEST_CELL});
};
const $table = (columns: readonly unknown[], rows: readonly (readonly unknown[])[]) => {
  const most = Math.max(${FEWEST_ROWS}, Math.min(${MOST_ROWS}, Math.floor(${MOST_CELLS} / columns.length)));
  const listed = rows.slice(0, most).map((row) => columns.slice(0, ${MOST_COLUMNS}).map((_, i) => $cell(row[i])));
  let length = 0;
  return {
    kind: 'table',
    columns: columns.slice(0, ${MOST_COLUMNS}).map((name) => $short(String(name), ${LONGEST_CELL})),
    rows: listed.filter((row, i) => (length += JSON.stringify(row).length) <= ${MOST_LENGTH} || i < ${FEWEST_ROWS}),
    total: rows.length,
  };
};
const $show = (value: any): object => {
  if (value instanceof Series)
    return $table(['index', String(value.columns[0]) === '0' ? 'value' : value.columns[0]], value.values.map((one: unknown, i: number) => [value.index[i], one]));
  if (value instanceof DataFrame) {
    const plain = value.index.every((label: unknown, i: number) => label === i);
    return plain
      ? $table(value.columns, value.values)
      : $table(['index', ...value.columns], value.values.map((row: unknown[], i: number) => [value.index[i], ...row]));
  }
  if (value?.frame instanceof DataFrame)
    throw new Error("These are groups: ask for something of each, such as .mean(), .count() or .agg({column: 'max'})");
  if (Array.isArray(value) && value.length > 0) {
    const [first] = value;
    if (Array.isArray(first)) return $table(first.map((_, i) => i), value);
    if (typeof first === 'object' && first !== null) {
      const names = Object.keys(first);
      return $table(names, value.map((row) => names.map((name) => row?.[name])));
    }
    return $table(['value'], value.map((one) => [one]));
  }
  const text = typeof value === 'object' && value !== null ? (JSON.stringify(value) ?? String(value)) : String(value);
  return { kind: 'text', text: $short(text, ${LONGEST_TEXT}) };
};
writeJson('${OUT}', { names: $names, ...$show(await $expression()) });
`;
