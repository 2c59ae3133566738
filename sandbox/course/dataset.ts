// The data of a session: the table of its course, a seeded part of it held out, the rest as the workspace's CSV.
// Where the table comes from: COURSE_DATA (a folder or a file; the server's config hands it over), else the course's own
// file, else a real table in `data/raw/` (put there by `npm run data`), else the table that the course's generator draws.
// Invariant: the hold-out rows are in no text that leaves this file for a workspace, and no part of a target is in `holdout.rows`;
// the same table, task and seed hold out the same rows.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { GENERATORS } from '#courses/generators/index.ts';
import { groupTrainTestSplit, markersOf, type Split, type Table, toCsv, trainTestSplit } from '#pipeline-core';
import type { Task } from '#pipeline-core/core/report.ts';
import { type FoundTable, readTable, tablesAt, tableWarnings } from '../data/read-table.ts';
import { targetsOf } from '../data/target.ts';
import type { CheckedTask, Row } from '../protocol/job.ts';
import { type Course, type CourseTask, taskOf } from './course.ts';

const PLACED = join(import.meta.dirname, '../../data/raw');

export interface Dataset {
  /** The name of its file, or of its generator. */
  readonly name: string;
  readonly source: 'drawn' | 'file';
  /** Where the workspace finds it. */
  readonly path: string;
  /** Header, the visible rows in the order of the table, \n after each. */
  readonly visibleCsv: string;
  /** Number of visible rows. */
  readonly rows: number;
  /** Of visibleCsv, in hex. */
  readonly sha256: string;
  /** Row of the whole table (from 0) behind each visible row, and behind each hold-out row; both ascending. */
  readonly ids: { readonly visible: readonly number[]; readonly holdout: readonly number[] };
  /** What the checks of a run compare with. */
  readonly task: CheckedTask;
  readonly holdout: {
    /** Without the task's forbidden columns. */
    readonly rows: readonly Row[];
    /** The task's target, in its unit. For the parent's eyes only. */
    readonly actual: readonly number[];
  };
}

export interface DatasetOptions {
  readonly course: Course;
  /** Default: that of the checkpoint a session begins with. */
  readonly task?: string;
  /** The drawn table, even where a real one is at hand. */
  readonly synthetic?: boolean;
  /** The value of COURSE_DATA: a folder that holds the course's table, or a CSV file. */
  readonly data?: string | undefined;
  /** Decides which rows are held out, and draws the table. Default: the course's. */
  readonly seed?: number;
}

/** Throws PipelineError ('no-data', 'bad-data' and those of parseCsv) for a table that is missing or wrong. */
export function loadDataset({ course, synthetic = false, data, ...options }: DatasetOptions): Dataset {
  const { seed = course.table.seed } = options;
  const { task, target } = options.task === undefined ? firstTask(course) : taskOf(course, options.task);
  const { name, source, table } = synthetic ? drawnTable(course, seed) : wholeTable(course, { data, seed });
  const actual = targetsOf(table, target);
  const { train, test } = splitOf(table, { task, actual, seed });
  const holdoutTable = table.take(test);
  const visible = table.take(train);
  const visibleCsv = toCsv(visible, { newline: '\n' });
  const { forbidden } = task;
  const at = (rows: Int32Array) => Array.from(rows, (row) => actual[row]!);
  return {
    name,
    source,
    path: course.table.path,
    visibleCsv,
    rows: train.length,
    sha256: createHash('sha256').update(visibleCsv).digest('hex'),
    ids: { visible: Array.from(train), holdout: Array.from(test) },
    task: {
      target: task.target,
      measure: task.measure,
      classes: task.classes,
      forbidden,
      markers: markersOf(course.schema),
      actual: at(train),
      ...(task.groups === null ? {} : { groups: { column: task.groups, of: groupsOf(visible, task.groups) } }),
    },
    holdout: { rows: holdoutTable.drop(forbidden).rows() as Row[], actual: at(test) },
  };
}

/** Of a classification each class has its share of the hold-out rows; a group is in whole on one side. */
function splitOf(
  table: Table,
  of: { readonly task: Task; readonly actual: readonly number[]; readonly seed: number },
): Split {
  const { task, actual, seed } = of;
  const options = {
    testSize: task.holdoutFraction,
    randomState: seed,
    ...(task.kind === 'classification' ? { stratify: actual } : {}),
  };
  if (task.groups === null) return trainTestSplit(table, options);
  return groupTrainTestSplit(groupsOf(table, task.groups), options);
}

const groupsOf = (table: Table, column: string): string[] => table.cells(column).map(String);

/** The task of the checkpoint that a session of this course begins with. */
function firstTask(course: Course): CourseTask {
  return taskOf(course, course.checkpoints.find(({ name }) => name === course.first)!.task);
}

/**
 * What sessions will run on, looked at once at the start. Throws PipelineError as loadDataset does.
 * @returns its warnings, one sentence each
 */
export function checkDataset(course: Course, data: string | undefined): string[] {
  const { name, source, table } = wholeTable(course, { data, seed: course.table.seed });
  return source === 'file' ? tableWarnings(table).map((warning) => `${name}: ${warning}`) : [];
}

type Whole = Pick<Dataset, 'name' | 'source'> & { readonly table: Table };

function wholeTable(
  course: Course,
  { data, seed }: { readonly data: string | undefined; readonly seed: number },
): Whole {
  const { table } = course;
  const names = 'generator' in table ? table.replacedBy : [];
  if (data !== undefined && data !== '') return tableIn(course, tablesAt(data, names));
  if ('file' in table) return tableIn(course, tablesAt(table.file, []));
  const placed = names.some((name) => existsSync(join(PLACED, name)));
  return placed ? tableIn(course, tablesAt(PLACED, names)) : drawnTable(course, seed);
}

function tableIn({ schema }: Course, [first]: readonly FoundTable[]): Whole {
  return { name: first!.name, source: 'file', table: readTable(first!.path, schema) };
}

function drawnTable(course: Course, seed: number): Whole {
  const { table } = course;
  if (!('generator' in table)) return wholeTable(course, { data: undefined, seed });
  const draw = GENERATORS[table.generator]!;
  return { name: `synthetic ${course.id}`, source: 'drawn', table: draw(seed, table.rows) };
}
