// Which courses ship with the app, which of them is the default, and the tables that are drawn by code, by the name that
// `generator` of a course.yaml gives: only these run in the server.
import type { Table } from '#pipeline-core/table/table.ts';
import { drawDishes } from './draw-dishes.ts';
import { drawSyntheticStudents } from './draw-students.ts';

/** The same seed and number of rows give the same table. */
export type Generator = (seed: number, rows: number) => Table;

export const GENERATORS: Readonly<Record<string, Generator>> = {
  'student-grades': drawSyntheticStudents,
  'is-it-a-sandwich': drawDishes,
};

/** Their folders beside this one; the first is the default. */
export const SHIPPED_COURSES = ['student-grades', 'is-it-a-sandwich'] as const;
