// The questions that ship with the project: data, target, forbidden columns and metric of each.
// Invariant: `forbidden` holds every part of the target, so rows without those columns are safe to show and to predict from.
import type { Task } from '#pipeline-core/core/report.ts';

const measured = {
  kind: 'regression',
  classes: [],
  targetUnit: 'grade points',
  dataset: 'UCI Student Performance, Portuguese (Cortez 2014)',
  metric: 'cv.rmse',
  measure: 'rmse',
  baselineMetric: 'baseline.rmse',
  unit: 'grade points',
  direction: 'lower',
  split: '5-fold cross-validation on the visible rows',
  holdoutFraction: 0.2,
} as const;

/** The main job. Its target is computed: (G1 + G2 + G3) / 3. */
export const grades: Task = {
  ...measured,
  id: 'grades',
  sentence: "Predict a student's average grade from 30 facts about them, without the grades themselves.",
  target: 'average_grade',
  forbidden: ['G1', 'G2', 'G3'],
};

/** The second act. Its baseline says "the same as the first grade". */
export const secondQuestion: Task = {
  ...measured,
  id: 'second-question',
  sentence: "Predict a student's final grade once the first of the three grades is known.",
  target: 'G3',
  forbidden: ['G2', 'G3'],
};

export const TASKS: readonly Task[] = [grades, secondQuestion];

/** Throws Error for an id that no task has. */
export function taskById(id: string): Task {
  const task = TASKS.find((one) => one.id === id);
  if (task === undefined) {
    throw new Error(`There is no task "${id}". There are ${TASKS.map((one) => one.id).join(', ')}.`);
  }
  return task;
}

/** What the hold-out rows are scored against, in the unit of the task. `cells` are the row's columns, grades as numbers. */
export function targetOf(task: Task, cells: Readonly<Record<string, string | number>>): number {
  const grade = (name: 'G1' | 'G2' | 'G3'): number => Number(cells[name]);
  return task.target === 'average_grade' ? (grade('G1') + grade('G2') + grade('G3')) / 3 : Number(cells[task.target]);
}
