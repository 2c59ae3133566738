// Would more rows help? Runs the workspace on samples of the table, from small to all, each time with its own evaluation,
// and asks the model that comes of it about rows it has seen.
// Invariant: nobody waits for it, so it has the lowest priority; the runs of samples have a cache of their own that goes
// with them; what is known when the time is over is not lost.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunReport } from '#pipeline-core/core/report.ts';
import { taskScore } from '#pipeline-core/metrics/task-score.ts';
import { tableSamples } from '#pipeline-core/model-selection/table-samples.ts';
import { parseCsv, toCsv } from '#pipeline-core/table/csv.ts';
import type { Table } from '#pipeline-core/table/table.ts';
import type { Child } from '../child-process/child-process.ts';
import type { CheckedTask, Job, Limits, Row } from '../protocol/job.ts';
import type { CurvePoint, LearningCurve, Spread } from '../protocol/learning-curve.ts';
import { createDataCache } from '../runner/data-cache.ts';
import { open, predictRows } from '../runner/predictor-client.ts';
import { bareRun, type QuietInput } from '../runner/run.ts';
import type { ModelToExplain } from '../runner/run-context.ts';

export interface CurveInput {
  readonly job: Job & { readonly task: CheckedTask };
  /** Path of the table. */
  readonly table: string;
  readonly parts: Omit<QuietInput, 'job' | 'takeChild' | 'dataCache'>;
  readonly takeChild: () => Promise<Child>;
  readonly cancelled: () => boolean;
  readonly onPart: (part: LearningCurve) => void;
}

const WHOLE_MS = 240_000;
/** Of those it has seen: their mean says enough. */
const MOST_ASKED = 1_000;

/** null: it was cancelled. */
export async function learningCurve(input: CurveInput): Promise<LearningCurve | null> {
  const { job, cancelled } = input;
  const folder = join(job.cacheDir, 'curve');
  const child = oneChild(input.takeChild);
  try {
    return await curve({ ...input, takeChild: child.take }, folder);
  } catch (error) {
    if (cancelled()) return null;
    throw error;
  } finally {
    await child.end();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same child for all samples, as long as it lives: each stage has an isolate of its own in it. */
function oneChild(launch: () => Promise<Child>) {
  let current: Promise<Child> | undefined;
  return {
    take(): Promise<Child> {
      if (current !== undefined) return current;
      const started = launch();
      current = started;
      const over = () => {
        if (current === started) current = undefined;
      };
      void started.then((child) => child.gone.then(over), over);
      return started;
    },
    async end(): Promise<void> {
      (await current?.catch(() => null))?.kill();
    },
  };
}

async function curve(input: CurveInput, folder: string): Promise<LearningCurve | null> {
  const { job, table: path, cancelled, onPart } = input;
  const { actual, classes, groups } = job.task;
  const began = performance.now();
  const table = parseCsv(job.data[path] ?? '');
  const sizes = tableSamples({
    count: table.rowCount,
    ...(classes.length > 0 ? { classes: actual } : {}),
    ...(groups ? { groups: groups.of } : {}),
  });
  const work = sizes.reduce((sum, { rows, draws }) => sum + rows * draws.length, 0);
  const points: CurvePoint[] = [];
  let done = 0;
  let failure: string | undefined;
  for (const { rows: count, draws } of sizes) {
    const fits: Fit[] = [];
    let failed = 0;
    for (const sample of draws) {
      if (cancelled()) return null;
      if (performance.now() - began > WHOLE_MS)
        return { points, of: table.rowCount, share: 1, fault: { code: 'time' } };
      const whole = count === table.rowCount;
      const csv = whole ? (job.data[path] ?? '') : toCsv(table.take(sample), { newline: '\n' });
      const sampled = sampleJob(job, { path, csv, sample });
      const seenAs = table.take(sample.slice(0, MOST_ASKED));
      const fit = await fitted(input, { job: whole ? sampled : { ...sampled, cacheDir: folder }, table: seenAs });
      if (cancelled()) return null;
      if (typeof fit === 'string') {
        failed++;
        failure ??= fit;
      } else fits.push(fit);
      done += count;
      const point = pointOf(count, { fits, failed });
      onPart({ points: point ? [...points, point] : points, of: table.rowCount, share: Math.min(0.99, done / work) });
    }
    const point = pointOf(count, { fits, failed });
    if (point) points.push(point);
  }
  const refused = points.length === 0 ? { fault: { code: 'refused' as const, message: failure ?? '' } } : {};
  return { points, of: table.rowCount, share: 1, ...refused };
}

function sampleJob(
  job: CurveInput['job'],
  { path, csv, sample }: { readonly path: string; readonly csv: string; readonly sample: readonly number[] },
): CurveInput['job'] {
  const { holdout: _, force: __, ...rest } = job;
  const { actual, groups, ...task } = job.task;
  const of = <T>(values: readonly T[]): T[] => sample.flatMap((row) => (row in values ? [values[row]!] : []));
  return {
    ...rest,
    kind: 'preview',
    data: { ...job.data, [path]: csv },
    task: {
      ...task,
      actual: of(actual),
      ...(groups ? { groups: { column: groups.column, of: of(groups.of) } } : {}),
    },
  };
}

interface Fit {
  readonly unseen: number;
  readonly seen?: number;
}

interface Sampled {
  readonly job: CurveInput['job'];
  /** Its first rows. */
  readonly table: Table;
}

/** Or why there is no score. */
async function fitted({ parts, takeChild, cancelled }: CurveInput, { job, table }: Sampled): Promise<Fit | string> {
  // Of its own: what the sessions share stays in theirs.
  const dataCache = createDataCache();
  const limits: Limits = { ...parts.limits, ...job.limits };
  const { report, model } = await bareRun({ ...parts, dataCache, limits, job, takeChild, cancelled });
  const unseen = report.metrics[`cv.${job.task.measure}`];
  if (report.status !== 'succeeded' || unseen === undefined) return reasonOf(report);
  if (model === null || cancelled()) return { unseen };
  const child = await takeChild();
  child.lower('background');
  const seen = await scoreOnSeen(child, { model, table, task: job.task, limits });
  return Number.isFinite(seen) ? { unseen, seen } : { unseen };
}

/** NaN where it does not answer. */
async function scoreOnSeen(
  child: Child,
  of: Pick<Sampled, 'table'> & {
    readonly model: ModelToExplain;
    readonly task: CheckedTask;
    readonly limits: Limits;
  },
): Promise<number> {
  const { model, table, task } = of;
  const { stageMs: ms, memoryMb } = of.limits;
  const opened = await open(child, { ...model, known: [...model.files.keys()], ms, memoryMb });
  if (opened !== null) return Number.NaN;
  const names = table.names.filter((name) => name !== task.target && !task.forbidden.includes(name));
  const rows = table.select(names).rows() as Row[];
  const answer = await predictRows(child, rows, { classes: model.classes, ms, memoryMb });
  if (!answer.ok) return Number.NaN;
  return taskScore(task.measure, { actual: task.actual.slice(0, rows.length), ...answer.value });
}

const reasonOf = ({ error, status }: RunReport): string =>
  error === undefined ? status : 'message' in error.facts ? error.facts.message : error.code;

function pointOf(
  rows: number,
  { fits, failed }: { readonly fits: readonly Fit[]; readonly failed: number },
): CurvePoint | null {
  if (fits.length === 0) return null;
  const seen = fits.flatMap((fit) => (fit.seen === undefined ? [] : [fit.seen]));
  return {
    rows,
    samples: fits.length,
    failed,
    unseen: spreadOf(fits.map(({ unseen }) => unseen)),
    ...(seen.length === 0 ? {} : { seen: spreadOf(seen) }),
  };
}

const spreadOf = (values: readonly number[]): Spread => ({
  mean: values.reduce((sum, value) => sum + value, 0) / values.length,
  low: Math.min(...values),
  high: Math.max(...values),
});
