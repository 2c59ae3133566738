// An expression over one table, asked by one person, and what comes of it. CONTRACT; the pool answers it.
// Invariant: what a child says of it is checked here before anything else reads it: it is the words of hostile code.
import * as v from 'valibot';

export interface Expression {
  readonly sessionId: string;
  /** One expression; `df` is the table. */
  readonly code: string;
  /** A table of the course, or the out of a run from the session's run cache. */
  readonly table:
    | { readonly path: string; readonly text: string }
    | { readonly path: string; readonly sha256: string; readonly cacheDir: string };
}

export type ExpressionLimit = 'time' | 'memory' | 'ended' | 'busy' | 'gone' | 'unreadable';

export type ExpressionAnswer =
  | ExpressionValue
  /** A mistake in the expression; `line` of it, from 1. */
  | { readonly kind: 'error'; readonly message: string; readonly line?: number }
  /** `busy`: too many are waiting; `gone`: the table is not kept any more; `unreadable`: its answer is none. */
  | { readonly kind: 'limit'; readonly limit: ExpressionLimit };

export const FEWEST_ROWS = 200;
/** Of few columns there are more, so that a chart of a column is one of all its rows, not of the first. */
export const MOST_ROWS = 2_000;
export const MOST_CELLS = 4_000;
/** Of the rows beyond the fewest. */
export const MOST_LENGTH = 60_000;
export const MOST_COLUMNS = 60;
export const LONGEST_CELL = 200;
export const LONGEST_TEXT = 4_000;
export const LONGEST_ERROR = 1_000;

const name = v.pipe(v.string(), v.maxLength(LONGEST_CELL), v.transform(plain));
const cell = v.nullable(v.union([v.pipe(v.number(), v.finite()), name]));
/** Names of the columns of the table that was asked. */
const names = v.pipe(v.array(name), v.maxLength(1_000));
const expressionValue = v.variant('kind', [
  v.pipe(
    v.strictObject({
      kind: v.literal('table'),
      names,
      columns: v.pipe(v.array(name), v.minLength(1), v.maxLength(MOST_COLUMNS)),
      rows: v.pipe(v.array(v.array(cell)), v.maxLength(MOST_ROWS)),
      /** Of which `rows` are the first. */
      total: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9)),
    }),
    v.check(({ columns, rows }) => rows.every((row) => row.length === columns.length)),
    v.check(({ columns, rows }) => rows.length <= FEWEST_ROWS || rows.length * columns.length <= MOST_CELLS),
  ),
  v.strictObject({
    kind: v.literal('text'),
    names,
    text: v.pipe(v.string(), v.maxLength(LONGEST_TEXT + 1), v.transform(plain)),
  }),
]);
export type ExpressionValue = v.InferOutput<typeof expressionValue>;

const answer = v.variant('kind', [
  expressionValue,
  v.strictObject({
    kind: v.literal('error'),
    message: v.pipe(v.string(), v.maxLength(LONGEST_ERROR), v.transform(plain)),
    line: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  }),
  v.strictObject({
    kind: v.literal('limit'),
    limit: v.picklist(['time', 'memory', 'ended', 'busy', 'gone', 'unreadable']),
  }),
]);

/** Of another machine; null where it is not what an honest one sends. */
export function readExpressionAnswer(value: unknown): ExpressionAnswer | null {
  const result = v.safeParse(answer, value, { abortEarly: true });
  return result.success ? result.output : null;
}

/** null where it is not what an honest child writes. */
export function readExpressionValue(json: string): ExpressionValue | null {
  try {
    const result = v.safeParse(expressionValue, JSON.parse(json));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}

/** Without what would not be seen, or would turn the writing round; lines and tabs stay. */
function plain(text: string): string {
  return text.replaceAll(/[^\P{C}\n\t]/gu, '\uFFFD');
}
