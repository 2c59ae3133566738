// The thread that reads tables: what it holds, what may be predicted, the course of it, and the rows of that course.
// Invariant: each answer is made from its question alone. Nothing of a table is run; what is wrong with it is an answer.
import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { PipelineError } from '#pipeline-core';
import { CourseError } from '../course/course-error.ts';
import { type Dataset, loadDataset } from '../course/dataset.ts';
import { readCourse } from '../course/read-course.ts';
import { tidyTable } from '../data/tidy-table.ts';
import type { CourseAnswers } from './course-plan.ts';
import { packedCourse, packFolder, unpackCourse } from './packed-course.ts';
import { planCourse } from './plan.ts';
import { type Kind, type Proposal, proposeFor } from './propose.ts';
import { type TableOverview, tableOverview } from './table-overview.ts';
import { courseFiles } from './write-course.ts';

/** `file`: a table somebody brought. `folder`: of a course. */
export interface TableTasks {
  readonly overview: { readonly ask: { readonly file: string }; readonly answer: TableOverview };
  readonly proposal: {
    readonly ask: { readonly file: string; readonly target: string; readonly kind?: Kind | undefined };
    readonly answer: Proposal;
  };
  readonly write: {
    readonly ask: { readonly file: string; readonly answers: CourseAnswers };
    /** The course, packed. */
    readonly answer: Uint8Array;
  };
  /** The course in a folder, packed. */
  readonly pack: { readonly ask: { readonly folder: string }; readonly answer: Uint8Array };
  readonly unpack: { readonly ask: { readonly packed: Uint8Array; readonly folder: string }; readonly answer: null };
  readonly data: { readonly ask: { readonly folder: string; readonly task: string }; readonly answer: Dataset };
}
export type TaskName = keyof TableTasks;
export type Asked = { readonly [T in TaskName]: { readonly what: T } & TableTasks[T]['ask'] }[TaskName];
export type Answered =
  | { readonly ok: true; readonly value: TableTasks[TaskName]['answer'] }
  | { readonly ok: false; readonly refused: boolean; readonly code: string; readonly message: string };

function perform(asked: Asked): TableTasks[TaskName]['answer'] {
  switch (asked.what) {
    case 'overview':
      return tableOverview(tidyTable(readFileSync(asked.file)));
    case 'proposal':
      return proposeFor(tidyTable(readFileSync(asked.file)), asked.target, asked.kind);
    case 'write':
      return packedCourse(courseFiles(planCourse(tidyTable(readFileSync(asked.file)), asked.answers)));
    case 'pack':
      return packFolder(asked.folder);
    case 'unpack':
      unpackCourse(asked.packed, asked.folder);
      return null;
    case 'data':
      return loadDataset({ course: readCourse(asked.folder), task: asked.task });
  }
}

function answer(asked: Asked): Answered {
  try {
    return { ok: true, value: perform(asked) };
  } catch (error) {
    if (error instanceof PipelineError) return { ok: false, refused: true, code: error.code, message: error.message };
    if (error instanceof CourseError) return { ok: false, refused: false, code: 'course', message: error.message };
    throw error;
  }
}

const port = parentPort!;
port.on('message', (asked: Asked) => port.postMessage(answer(asked)));
