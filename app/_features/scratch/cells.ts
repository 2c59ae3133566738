// Answers of the scratch cell: as a chart, as a sentence for a suggestion, and as they are kept in the browser.
// Invariant: pure. What was kept by another version of the page is dropped, never shown wrong.
import { t } from '#app/_strings/strings.ts';
import { binsOf } from '#app/_ui/charts/bins.ts';
import type { ChartSpec } from '#app/_ui/charts/chart-spec.ts';
import { ABSENT } from '#app/_ui/format.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { expressionRoute } from '#session-core/protocol/http-api/expression-routes.ts';
import type { AnswerOf } from '#session-core/protocol/http-api/route.ts';
import { parseWire } from '#session-core/protocol/wire.ts';

type Answered = AnswerOf<typeof expressionRoute>;
export type Answer = Answered['answer'];
export interface Cell {
  readonly code: string;
  readonly answered: Answered;
}

const MOST_KEPT = 10;
/** Of the newest answer all: it is what is looked at, and drawn. */
const ROWS_KEPT = 50;
const MOST_BARS = 40;

/** Names as bars, two columns of numbers as points, one as a histogram; null: there is nothing to draw. */
export function chartOf(title: string, answer: Answer): ChartSpec | null {
  if (answer.kind !== 'table' || answer.rows.length < 2) return null;
  const { columns, rows, total } = answer;
  const part = rows.length < total ? { notes: [t.scratch.rows(rows.length, total)] } : {};
  const cells = (i: number) => rows.map((row) => row[i] ?? null);
  const numeric = columns.flatMap((_, i) => {
    const own = cells(i).filter((cell) => cell !== null);
    return own.length > 0 && own.every((cell) => typeof cell === 'number') ? [i] : [];
  });
  const names = columns.findIndex((column, i) => !numeric.includes(i) || (i === 0 && column === 'index'));
  const values = numeric.filter((i) => i !== names);
  const numberAt = (row: (typeof rows)[number], i: number | undefined) => {
    const cell = i === undefined ? null : row[i];
    return typeof cell === 'number' ? cell : null;
  };
  const [first, second] = values;
  if (first === undefined) return null;
  const label = (i: number) => ({ label: columns[i] ?? '' });
  if (names >= 0 && rows.length <= MOST_BARS && (columns[names] !== 'index' || values.length === 1)) {
    const bars = rows.flatMap((row) => {
      const value = numberAt(row, first);
      return value === null ? [] : [{ name: String(row[names] ?? ABSENT), value }];
    });
    return { kind: 'bar_horizontal', title, x: label(first), y: label(names), bars, ...part };
  }
  if (second !== undefined) {
    const points = rows.flatMap((row) => {
      const [x, y] = [numberAt(row, first), numberAt(row, second)];
      return x === null || y === null ? [] : [{ x, y }];
    });
    return { kind: 'scatter', title, x: label(first), y: label(second), n: points.length, points, ...part };
  }
  const bins = binsOf(rows.flatMap((row) => numberAt(row, first) ?? []));
  return { kind: 'histogram', title, x: label(first), y: { label: t.scratch.rowCount }, n: rows.length, bins, ...part };
}

/** How many columns fit side by side where nobody can scroll, in so many letters; at least one. */
export function columnsThatFit(answer: Extract<Answer, { kind: 'table' }>, letters: number): number {
  let left = letters;
  const wide = answer.columns.findIndex((name, i) => {
    const cells = answer.rows.map((row) => written(row[i]).length);
    left -= Math.max(name.length, ...cells) + 2;
    return left < 0;
  });
  return wide < 0 ? answer.columns.length : Math.max(1, wide);
}

const written = (cell: number | string | null | undefined): string =>
  typeof cell === 'number' ? String(Number(cell.toPrecision(4))) : (cell ?? ABSENT);

/** As much of it as a suggestion holds. */
export function lookText({ code, answered: { answer } }: Cell): string {
  const result =
    answer.kind === 'text'
      ? answer.text
      : answer.kind === 'table'
        ? answer.rows
            .slice(0, 6)
            .map((row) => answer.columns.map((column, i) => `${column} ${written(row[i])}`).join(', '))
            .join('; ')
        : '';
  const whole = t.scratch.lookAt(code.replace(/\s+/g, ' '), result.replace(/\s+/g, ' '));
  const letters = [...whole];
  return letters.length <= LIMITS.suggestion ? whole : `${letters.slice(0, LIMITS.suggestion - 1).join('')}…`;
}

export const keptText = (cells: readonly Cell[]): string =>
  JSON.stringify(
    cells.slice(0, MOST_KEPT).map(({ code, answered }, place) => {
      const { answer } = answered;
      const less = answer.kind === 'table' && place > 0 ? { ...answer, rows: answer.rows.slice(0, ROWS_KEPT) } : answer;
      return { code, answered: { ...answered, answer: less } };
    }),
  );

export function readKept(text: string): readonly Cell[] {
  try {
    const cells: unknown = JSON.parse(text);
    if (!Array.isArray(cells)) return [];
    return cells.flatMap((cell: { code?: unknown; answered?: unknown } | null) => {
      const answered = parseWire(expressionRoute.answer.json, cell?.answered);
      return typeof cell?.code === 'string' && answered ? [{ code: cell.code, answered }] : [];
    });
  } catch {
    return [];
  }
}
