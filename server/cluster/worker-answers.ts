// What workers send, read to the last field: a worker runs hostile code, and may be in its hands.
// Invariant: nothing of it is used before it has passed; hold-out scores are made here, from its predictions, and never taken.
import * as v from 'valibot';
import type { RunReport } from '#pipeline-core/core/report.ts';
import {
  answersOfShares,
  areShares,
  type CodeFindings,
  type Explained,
  type ExpressionAnswer,
  holdoutScore,
  type Job,
  type LearningCurve,
  type Limits,
  type Predicted,
  type RowPushes,
  UNSCORED,
} from '#sandbox/index.ts';
import {
  findingSchema,
  logLineSchema,
  plotSchema,
  runErrorSchema,
  stageReasonSchema,
  stageResultSchema,
  testResultsSchema,
} from '#session-core/protocol/report-schemas.ts';

const MOST_DEPTH = 12;
const MOST_METRICS = 64;
/** Of a table of predictions: a few numbers for each row, as JSON. */
const ROW_BYTES = 160;
const SHARE_BYTES = 30;
const MEGABYTE = 1024 * 1024;
/** Of findings, what a worker may say at most. */
const MOST_FINDINGS = 500;

/** Of the report of this job, as JSON: the page, which the sandbox bounds, and the predictions. */
export function mostReportBytes({ task, holdout }: Job, { resultBytes }: Limits): number {
  const rows = (task?.actual.length ?? 0) + (holdout?.rows.length ?? 0);
  // A character has up to three bytes, and up to six where JSON escapes it.
  return 6 * resultBytes + 3 * MEGABYTE + rows * (ROW_BYTES + (task?.classes.length ?? 0) * SHARE_BYTES);
}

/** Plain JSON can hold numbers beyond all numbers, and can be nested until whoever walks through it breaks. */
function isSound(value: unknown, depth = 0): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === MOST_DEPTH) return false;
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return parts.every((part) => isSound(part, depth + 1));
}

const isNumbers = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'number');
/** Long lists: each element has been looked at already. */
const numbers = v.custom<readonly number[]>(isNumbers);
const shares = v.custom<readonly (readonly number[])[]>((value) => Array.isArray(value) && value.every(isNumbers));
const answersEntries = { predicted: numbers, probabilities: v.exactOptional(shares) };
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{32,64}$/));
const findings = v.pipe(v.array(findingSchema), v.maxLength(MOST_FINDINGS));

const report = v.pipe(
  v.object({
    status: v.picklist(['succeeded', 'failed', 'cancelled']),
    stages: v.array(stageResultSchema),
    metrics: v.pipe(
      v.record(text(600), v.number()),
      v.check((metrics) => Object.keys(metrics).length <= MOST_METRICS),
    ),
    plots: v.array(plotSchema),
    log: v.array(logLineSchema),
    error: v.exactOptional(runErrorSchema),
    findings,
    tests: v.exactOptional(testResultsSchema),
    checking: v.exactOptional(v.literal(true)),
    predictions: v.exactOptional(
      v.pipe(
        v.object({ row: numbers, fold: numbers, actual: numbers, ...answersEntries }),
        v.check(({ row, fold, actual, predicted, probabilities }) =>
          [fold, actual, predicted, probabilities ?? row].every((list) => list.length === row.length),
        ),
      ),
    ),
    measureKey: v.exactOptional(hash),
    outsKey: v.exactOptional(hash),
    lockedOuts: v.exactOptional(
      v.record(text(300), v.object({ md5: hash, size: v.number(), text: v.exactOptional(text(10_000)) })),
    ),
    holdoutPredictions: v.exactOptional(v.object(answersEntries)),
    ms: v.number(),
  }),
  // Checks follow a success only.
  v.check(({ status, checking }) => checking === undefined || status === 'succeeded'),
);

const stage = v.object({ name: v.string(), willRun: v.boolean(), reason: stageReasonSchema });
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const progress = v.variant('type', [
  v.object({ type: v.literal('started') }),
  v.object({ type: v.literal('plan'), stages: v.array(stage) }),
  v.object({ type: v.literal('stage'), name: v.string() }),
  v.object({ type: v.literal('progress'), stage: v.string(), share }),
  v.object({ type: v.literal('staged'), result: stageResultSchema }),
  v.object({ type: v.literal('log'), lines: v.array(logLineSchema) }),
]);

const message = v.variant('type', [
  v.strictObject({ type: v.literal('progress'), progress }),
  v.strictObject({ type: v.literal('report'), report }),
  v.strictObject({ type: v.literal('checked'), findings: v.nullable(findings) }),
  v.strictObject({ type: v.literal('part'), value: v.unknown() }),
  v.strictObject({ type: v.literal('done'), value: v.unknown() }),
  v.strictObject({ type: v.literal('answer'), id: v.number(), value: v.unknown() }),
  v.strictObject({ type: v.literal('refused'), id: v.number(), rows: v.boolean(), message: text(4_000) }),
]);
export type WorkerMessage = v.InferOutput<typeof message>;

const readBy =
  <S extends v.GenericSchema>(schema: S) =>
  (value: unknown): v.InferOutput<S> | null => {
    if (!isSound(value)) return null;
    const parsed = v.safeParse(schema, value, { abortEarly: true });
    return parsed.success ? parsed.output : null;
  };

/** null: it is not what an honest worker sends. */
export const readMessage = readBy(message);

const cell = v.union([v.string(), v.number()]);
const range = v.tuple([v.number(), v.number()]);
const fault = v.exactOptional(
  v.object({
    code: v.picklist(['time', 'memory', 'refused', 'ended', 'no_rows']),
    message: v.exactOptional(text(4_000)),
  }),
);
const explained = v.object({
  rows: v.number(),
  of: v.number(),
  error: v.number(),
  nRepeats: v.number(),
  importance: v.array(v.object({ column: v.string(), mean: v.number(), interval: range, used: v.boolean() })),
  dependence: v.record(
    v.string(),
    v.object({
      column: v.string(),
      grid: v.array(cell),
      counts: v.array(v.number()),
      average: v.array(v.number()),
      quartiles: v.array(range),
      lines: v.array(v.object({ row: v.number(), values: v.array(v.number()) })),
      rows: v.number(),
    }),
  ),
  share,
  fault,
});
const spread = v.object({ mean: v.number(), low: v.number(), high: v.number() });
const curve = v.object({
  points: v.array(
    v.object({
      rows: v.number(),
      samples: v.number(),
      failed: v.number(),
      unseen: spread,
      seen: v.exactOptional(spread),
    }),
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

const problems = v.array(
  v.object({
    file: v.string(),
    line: v.number(),
    column: v.number(),
    code: v.string(),
    message: v.string(),
  }),
);
const unchecked = v.object({ unchecked: v.picklist(['time', 'memory', 'ended', 'missing']) });
const textsByPath = v.record(v.string(), v.string());
export const readCodeFindings: (value: unknown) => CodeFindings | null = readBy(
  v.object({
    types: v.union([v.object({ problems }), unchecked]),
    style: v.union([v.object({ problems, formatted: textsByPath, fixed: textsByPath }), unchecked]),
  }),
);

const value = v.nullable(cell);
const names = v.array(v.string());
export const readExpressionAnswer: (value: unknown) => ExpressionAnswer | null = readBy(
  v.variant('kind', [
    v.pipe(
      v.object({ kind: v.literal('table'), names, columns: names, rows: v.array(v.array(value)), total: v.number() }),
      v.check(({ columns, rows }) => rows.every((row) => row.length === columns.length)),
    ),
    v.object({ kind: v.literal('text'), names, text: v.string() }),
    v.object({ kind: v.literal('error'), message: v.string(), line: v.exactOptional(v.number()) }),
    v.object({
      kind: v.literal('limit'),
      limit: v.picklist(['time', 'memory', 'ended', 'busy', 'gone', 'unreadable']),
    }),
  ]),
);

export const readPushes: (value: unknown) => RowPushes | null = readBy(
  v.object({
    runId: v.string(),
    answer: v.number(),
    base: v.number(),
    pushes: v.array(v.object({ column: v.string(), push: v.number(), error: v.number() })),
    exact: v.boolean(),
    orders: v.number(),
    background: v.number(),
  }),
);

const readAnswers = readBy(v.object({ runId: v.string(), ...answersEntries }));
/** An answer for each of so many rows, of these classes; none: numbers. */
export function readPredicted(value: unknown, rows: number, classes: readonly string[]): Predicted | null {
  const found = readAnswers(value);
  const answers = found && fitting(found, rows, classes);
  return answers && found ? { runId: found.runId, ...answers } : null;
}

function fitting(
  { predicted, probabilities }: NonNullable<RunReport['holdoutPredictions']>,
  rows: number,
  classes: readonly string[],
): RunReport['holdoutPredictions'] | null {
  if (classes.length === 0) return predicted.length === rows ? { predicted } : null;
  const fits =
    probabilities?.length === rows && probabilities.every((of) => of.length === classes.length && areShares(of));
  return fits ? answersOfShares(probabilities) : null;
}

/**
 * The report with the hold-out score, which is made of what the worker predicted for rows whose labels it does not know. null:
 * the report is not one that this job can have.
 */
export function scored(report: RunReport, job: Job, limits: Limits): RunReport | null {
  const { holdoutPredictions, predictions, ...page } = report;
  if (page.log.length > limits.logLines + 1) return null;
  // What is larger than the sandbox lets a report be is not the sandbox's.
  if (JSON.stringify(page).length > 2 * limits.resultBytes) return null;
  const own = { ...page, ...(predictions === undefined ? {} : { predictions }) };
  if (holdoutPredictions === undefined) return own;
  const { holdout, task } = job;
  if (holdout?.actual === undefined || job.kind !== 'main') return null;
  const answers = fitting(holdoutPredictions, holdout.rows.length, task?.classes ?? []);
  if (!answers) return null;
  const score = holdoutScore(answers, holdout.actual, { measure: task?.measure ?? 'rmse' });
  if (score === null) return { ...own, findings: [...own.findings, UNSCORED] };
  return { ...own, holdout: score, holdoutPredictions: answers };
}
