// What workers send, read to the last field: a worker runs hostile code, and may be in its hands.
// Invariant: nothing of it is used before it has passed; hold-out scores are made here, from its predictions, and never taken.
import * as v from 'valibot';
import type { RunReport } from '#pipeline-core/core/report.ts';
import {
  answersOfShares,
  areShares,
  holdoutScore,
  type Job,
  type Limits,
  LONGEST_MESSAGE,
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
/** Of an answer to an expression: a child may write half of it. */
export const EXPRESSION_BYTES = 2 * MEGABYTE;
/** Of findings, what a worker may say at most. */
const MOST_FINDINGS = 500;

/** Of one message about this job, as JSON: the page, which the sandbox bounds, and the predictions. */
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
export const answersEntries = { predicted: numbers, probabilities: v.exactOptional(shares) };
export const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
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
  v.strictObject({
    type: v.literal('refused'),
    id: v.number(),
    why: v.picklist(['rows', 'no-model', 'unavailable']),
    message: text(LONGEST_MESSAGE),
  }),
]);
export type WorkerMessage = v.InferOutput<typeof message>;

export const readBy =
  <S extends v.GenericSchema>(schema: S) =>
  (value: unknown): v.InferOutput<S> | null => {
    if (!isSound(value)) return null;
    const parsed = v.safeParse(schema, value, { abortEarly: true });
    return parsed.success ? parsed.output : null;
  };

/** null: it is not what an honest worker sends. */
export const readMessage = readBy(message);

/** null: they are no answers for so many rows, of these classes. */
export function fitting(
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
 * Predictions of visible rows, as they are read of a child: shares are shares, classes are of the task. Rows may be any numbers,
 * since it is the crowd's code that wrote them: that is a finding, on whatever machine.
 */
function seenOf(
  { row, fold, actual, ...answers }: NonNullable<RunReport['predictions']>,
  classes: readonly string[],
): RunReport['predictions'] | null {
  const fits = fitting(answers, row.length, classes);
  const known = classes.length === 0 || actual.every((code) => Object.hasOwn(classes, code));
  return fits && known ? { row, fold, actual, ...fits } : null;
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
  const seen = predictions && seenOf(predictions, job.task?.classes ?? []);
  if (seen === null) return null;
  const own = { ...page, ...(seen === undefined ? {} : { predictions: seen }) };
  if (holdoutPredictions === undefined) return own;
  const { holdout, task } = job;
  if (holdout?.actual === undefined || job.kind !== 'main') return null;
  const answers = fitting(holdoutPredictions, holdout.rows.length, task?.classes ?? []);
  if (!answers) return null;
  const score = holdoutScore(answers, holdout.actual, { measure: task?.measure ?? 'rmse' });
  if (score === null) return { ...own, findings: [...own.findings, UNSCORED] };
  return { ...own, holdout: score, holdoutPredictions: answers };
}
