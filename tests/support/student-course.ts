// The course that ships with the project, as tests of workspaces and models use it.

import type { Task } from '#pipeline-core/core/report.ts';
import { checkpointOf, taskOf } from '#sandbox/course/course.ts';
import * as dataset from '#sandbox/course/dataset.ts';
import { defaultCourse } from '#sandbox/course/default-course.ts';

const course = defaultCourse();

export const studentSchema = course.schema;
export const FIRST_CHECKPOINT = course.first;
export const DATA_PATH = course.table.path;
export const SESSION_SEED = course.table.seed;

export const taskById = (id: string): Task => taskOf(course, id).task;
export const grades = taskById('grades');
export const secondQuestion = taskById('second-question');

export const listCheckpoints = () => course.checkpoints.map(({ name, title, task }) => ({ name, title, task }));
export const readCheckpoint = (name: string): Record<string, string> => ({ ...checkpointOf(course, name).files });

export const checkDataset = (data: string | undefined) => dataset.checkDataset(course, data);

export function loadDataset({
  studentData,
  task,
  ...options
}: {
  readonly studentData?: string | undefined;
  readonly task?: Task;
  readonly seed: number;
  readonly synthetic?: boolean;
}) {
  return dataset.loadDataset({ ...options, course, data: studentData, ...(task ? { task: task.id } : {}) });
}
