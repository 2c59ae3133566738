// What a course is once its folder was read and checked: everything that makes one workshop differ from another.
import type { Schema } from '#pipeline-core';
import type { Task } from '#pipeline-core/core/report.ts';
import type { TargetRule } from '../data/target.ts';
import type { Limits } from '../protocol/job.ts';
import type { CourseAgenda } from './read-agenda.ts';
import type { LoadedCheckpoint } from './read-checkpoints.ts';

/** Where the table of a course comes from. */
export type TableSource = {
  /** Where the workspace finds it: 'data/raw/flats.csv'. */
  readonly path: string;
  /** What the table is, for people. */
  readonly title: string;
  /** Whose it is and under which licence, for the notices of an exported repository; '' where nothing is to be said. */
  readonly notice: string;
  /** Its visible rows are in the repository that people export; otherwise they put them there from their own copy. */
  readonly inRepository: boolean;
  /** Decides which rows are held out, and draws the table of a generator. */
  readonly seed: number;
} & (
  | { readonly file: string }
  | {
      readonly generator: string;
      readonly rows: number;
      /** Names by which the real tables are found in a folder; the first that is there takes the place of the drawn one. */
      readonly replacedBy: readonly string[];
    }
);

export type RunLimits = Partial<Pick<Limits, 'stageMs' | 'runMs' | 'memoryMb' | 'outBytes'>>;

export interface CourseTask {
  readonly task: Task;
  readonly target: TargetRule;
}

export interface Course {
  /** Name of its folder. */
  readonly id: string;
  readonly folder: string;
  readonly title: string;
  /** Of its texts, as in BCP 47. */
  readonly language: string;
  readonly table: TableSource;
  readonly schema: Schema;
  /** In the order of course.yaml. */
  readonly tasks: readonly CourseTask[];
  /** Of its runs, where they differ from the sandbox's own. */
  readonly limits: RunLimits;
  /** In the order of their numbers. */
  readonly checkpoints: readonly LoadedCheckpoint[];
  /** Of different lengths, the first is the default; none where the course has no agenda.yaml. */
  readonly agendas: readonly CourseAgenda[];
  /** The checkpoint that a session begins with. */
  readonly first: string;
  /** The file that a patch shows first. */
  readonly edit: string;
}

/** Throws Error for an id that no task of the course has. */
export function taskOf(course: Course, id: string): CourseTask {
  const found = course.tasks.find(({ task }) => task.id === id);
  if (found !== undefined) return found;
  const known = course.tasks.map(({ task }) => task.id).join(', ');
  throw new Error(`The course "${course.id}" has no task "${id}". It has ${known}.`);
}

/** Throws Error for a name that no checkpoint of the course has. */
export function checkpointOf(course: Course, name: string): LoadedCheckpoint {
  const found = course.checkpoints.find((checkpoint) => checkpoint.name === name);
  if (found !== undefined) return found;
  const known = course.checkpoints.map((checkpoint) => checkpoint.name).join(', ');
  throw new Error(`There is no checkpoint "${name}". There are ${known}.`);
}
