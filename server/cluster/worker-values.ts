// What workers say of a model, a table or a workspace, read to the last field.
// Invariant: as in worker-answers.ts; each list and text is no longer than an honest worker can make it.
import * as v from 'valibot';
import {
  type CodeFindings,
  type Explained,
  type ExpressionAnswer,
  type LearningCurve,
  LONGEST_MESSAGE,
  type Predicted,
  type RowPushes,
  readExpressionAnswer as readAnswer,
} from '#sandbox/index.ts';
import { answersEntries, fitting, readBy, text } from './worker-answers.ts';

/** Names of columns and cells of a table. */
const LONGEST_NAME = 10_000;
const MOST_COLUMNS = 1_000;
/** Values that a column is moved over, and rows that are drawn. */
const MOST_STEPS = 100;
const MOST_POINTS = 100;
const MOST_PROBLEMS = 10_000;
const LONGEST_PATH = 300;

const name = text(LONGEST_NAME);
const few = <S extends v.GenericSchema>(of: S, most: number) => v.pipe(v.array(of), v.maxLength(most));

const cell = v.union([name, v.number()]);
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const range = v.tuple([v.number(), v.number()]);
const fault = v.exactOptional(
  v.object({
    code: v.picklist(['time', 'memory', 'refused', 'ended', 'no_rows']),
    message: v.exactOptional(text(LONGEST_MESSAGE)),
  }),
);
const explained = v.object({
  rows: v.number(),
  of: v.number(),
  error: v.number(),
  nRepeats: v.number(),
  importance: few(v.object({ column: name, mean: v.number(), interval: range, used: v.boolean() }), MOST_COLUMNS),
  dependence: v.pipe(
    v.record(
      name,
      v.object({
        column: name,
        grid: few(cell, MOST_STEPS),
        counts: few(v.number(), MOST_STEPS),
        average: few(v.number(), MOST_STEPS),
        quartiles: few(range, MOST_STEPS),
        lines: few(v.object({ row: v.number(), values: few(v.number(), MOST_STEPS) }), MOST_STEPS),
        rows: v.number(),
      }),
    ),
    v.check((columns) => Object.keys(columns).length <= MOST_COLUMNS),
  ),
  share,
  fault,
});
const spread = v.object({ mean: v.number(), low: v.number(), high: v.number() });
const curve = v.object({
  points: few(
    v.object({
      rows: v.number(),
      samples: v.number(),
      failed: v.number(),
      unseen: spread,
      seen: v.exactOptional(spread),
    }),
    MOST_POINTS,
  ),
  of: v.number(),
  share,
  fault,
});
/** Also null, where there is nothing to explain. */
export const readExplained: (value: unknown) => { readonly value: Explained | null } | null = boxed(explained);
export const readCurve: (value: unknown) => { readonly value: LearningCurve | null } | null = boxed(curve);

function boxed<S extends v.GenericSchema>(schema: S) {
  const read = readBy(v.nullable(schema));
  return (value: unknown) => {
    if (value === null) return { value: null };
    const found = read(value);
    return found === null ? null : { value: found };
  };
}

const problems = few(
  v.object({
    file: text(LONGEST_PATH),
    line: v.number(),
    column: v.number(),
    code: text(200),
    message: text(LONGEST_MESSAGE),
  }),
  MOST_PROBLEMS,
);
const unchecked = v.object({ unchecked: v.picklist(['time', 'memory', 'ended', 'missing']) });
const textsByPath = v.record(text(LONGEST_PATH), v.string());
export const readCodeFindings: (value: unknown) => CodeFindings | null = readBy(
  v.object({
    types: v.union([v.object({ problems }), unchecked]),
    style: v.union([v.object({ problems, formatted: textsByPath, fixed: textsByPath }), unchecked]),
  }),
);

export const readExpressionAnswer: (value: unknown) => ExpressionAnswer | null = (value) => readAnswer(value);

export const readPushes: (value: unknown) => RowPushes | null = readBy(
  v.object({
    runId: name,
    answer: v.number(),
    base: v.number(),
    pushes: few(v.object({ column: name, push: v.number(), error: v.number() }), MOST_COLUMNS),
    exact: v.boolean(),
    orders: v.number(),
    background: v.number(),
  }),
);

const readAnswers = readBy(v.object({ runId: name, ...answersEntries }));
/** An answer for each of so many rows, of these classes; none: numbers. */
export function readPredicted(value: unknown, rows: number, classes: readonly string[]): Predicted | null {
  const found = readAnswers(value);
  const answers = found && fitting(found, rows, classes);
  return answers && found ? { runId: found.runId, ...answers } : null;
}
