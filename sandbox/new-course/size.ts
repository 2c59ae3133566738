// What a large table asks of a course: fewer folds and smaller models, so that a run ends while a room waits, and limits
// within which it does.
import type { CoursePlan } from './course-plan.ts';

/** Rows from which on a table is large; the sandbox's own limits were made for smaller ones. */
const LARGE = 20_000;

/** The share of the rows that nobody can read, and what draws them. */
export const HOLDOUT = 0.2;
export const SEED = 1;

type Table = Pick<CoursePlan, 'table'>;

const isLarge = ({ table }: Table): boolean => table.rowCount > LARGE;

/** For cross-validation. In a large table each part has rows enough. */
export const foldsOf = (plan: Table): number => (isLarge(plan) ? 3 : 5);

/** Params that a checkpoint sets for a model of this name. */
export const sizeOf = (plan: Table): Readonly<Record<string, Readonly<Record<string, number>>>> =>
  isLarge(plan)
    ? {
        forest: { 'forest.trees': 30, 'forest.rows': 0.1, 'forest.leaf': 10 },
        boosting: { 'boosting.trees': 50, 'boosting.rate': 0.1 },
      }
    : { forest: { 'forest.trees': 100 } };

/** For course.yaml; '' where the sandbox's own will do. */
export const limitsYaml = (plan: Table): string =>
  isLarge(plan)
    ? `# Of a run, since the table is large: seconds of a stage and in all, megabytes of memory and of what a stage writes.
limits: { stage: 30, run: 90, memory: 900, outs: 64 }
`
    : '';
