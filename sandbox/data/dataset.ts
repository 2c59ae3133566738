// The data of a session: a table of students, a seeded fifth of it held out, the rest as the workspace's CSV.
// Where it comes from: STUDENT_DATA (a folder or a file; the server's config hands it over), else the tables in
// `data/raw/` (put there by `npm run data`), else the synthetic table, drawn by code.
// Invariant: the hold-out rows are in no text that leaves this file for a workspace, and no part of a target is in `holdout.rows`;
// the same table, task and seed seal the same rows.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Table, toCsv, trainTestSplit } from '#pipeline-core';
import type { Task } from '#pipeline-core/core/report.ts';
import { drawSyntheticStudents } from '#pipeline-core/datasets/synthetic/draw.ts';
import type { CheckedTask, Row } from '../protocol/job.ts';
import {
  FIRST_TABLE,
  type FoundTable,
  readStudentTable,
  SECOND_TABLE,
  studentTables,
  tableWarnings,
} from './student-table.ts';
import { grades, targetOf } from './tasks.ts';

/** Where the workspace finds its table. */
export const DATA_PATH = 'data/raw/students.csv';
/**
 * The seed of ordinary sessions. Of the draws 1 to 20 it is the one whose scores from checkpoint to checkpoint lie nearest to the mean
 * of all twenty: a typical split, neither the easiest nor the hardest.
 */
export const SESSION_SEED = 19;

/** As many as the Portuguese table has. */
const SYNTHETIC_ROWS = 649;
const PLACED = join(import.meta.dirname, '../../data/raw');

export interface Dataset {
  /** 'student-por.csv', or 'synthetic students'. */
  readonly name: string;
  readonly source: 'synthetic' | 'real';
  /** Text for DATA_PATH: header, the visible rows in the order of the table, \n after each. */
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
  /** Synthetic students, even where a real table is at hand. */
  readonly synthetic?: boolean;
  /** The value of STUDENT_DATA: a folder that holds student-por.csv, or a CSV file. */
  readonly studentData?: string | undefined;
  /** Decides which rows are held out, and draws the synthetic students. */
  readonly seed: number;
  /** Default: the grades. */
  readonly task?: Task;
}

/** Throws PipelineError ('no-data', 'bad-data' and those of parseCsv) for a table that is missing or wrong. */
export function loadDataset({ synthetic = false, studentData, seed, task = grades }: DatasetOptions): Dataset {
  const { name, source, table } = synthetic ? drawnTable(seed) : wholeTable(studentData, seed);
  const { train, test } = trainTestSplit(table, { testSize: task.holdoutFraction, randomState: seed });
  const holdoutTable = table.take(test);
  const visible = table.take(train);
  const visibleCsv = toCsv(visible, { newline: '\n' });
  const actualOf = (rows: Table) => (rows.rows() as Row[]).map((row) => targetOf(task, row));
  return {
    name,
    source,
    visibleCsv,
    rows: train.length,
    sha256: createHash('sha256').update(visibleCsv).digest('hex'),
    ids: { visible: Array.from(train), holdout: Array.from(test) },
    task: { target: task.target, forbidden: task.forbidden, actual: actualOf(visible) },
    holdout: { rows: holdoutTable.drop(task.forbidden).rows() as Row[], actual: actualOf(holdoutTable) },
  };
}

/**
 * What sessions will run on, looked at once at the start. Throws PipelineError as loadDataset does.
 * @returns its warnings, one sentence each
 */
export function checkDataset(studentData: string | undefined): string[] {
  const { name, source, table } = wholeTable(studentData, SESSION_SEED);
  return source === 'real' ? tableWarnings(table).map((warning) => `${name}: ${warning}`) : [];
}

type Whole = Pick<Dataset, 'name' | 'source'> & { readonly table: Table };

function wholeTable(studentData: string | undefined, seed: number): Whole {
  if (studentData !== undefined && studentData !== '') return realTable(studentTables(studentData));
  const placed = [FIRST_TABLE, SECOND_TABLE].some((name) => existsSync(join(PLACED, name)));
  return placed ? realTable(studentTables(PLACED)) : drawnTable(seed);
}

function realTable([first]: readonly FoundTable[]): Whole {
  return { name: first!.name, source: 'real', table: readStudentTable(first!.path) };
}

function drawnTable(seed: number): Whole {
  return { name: 'synthetic students', source: 'synthetic', table: drawSyntheticStudents(seed, SYNTHETIC_ROWS) };
}
