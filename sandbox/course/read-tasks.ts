// The tasks of course.yaml: what is predicted, from what not, and how it is scored.
// Invariant: every column of a target is forbidden as an input; metric, unit and direction follow from kind and measure.
import * as v from 'valibot';
import type { Schema } from '#pipeline-core';
import type { ScoreMeasure, Task } from '#pipeline-core/core/report.ts';
import type { CourseTask } from './course.ts';

type Problem = (keys: readonly string[], problem: string, fix: string) => Error;

/** What runs can be compared by and hold-out rows scored with. */
const MEASURES = ['rmse'] as const satisfies readonly ScoreMeasure[];
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/;

const metrics = MEASURES.map((measure) => `cv.${measure}` as const);
const sentence = 'must be a sentence of 1 to 200 characters';
const target = 'must be the name of a column, or a name with `mean` or `column`';
const columns = (message: string) => v.array(v.string(message), message);
const folds = 'must be a whole number from 2 to 20';
const holdout = 'must be a number from 0.05 to 0.5';

export const taskSchema = v.strictObject({
  sentence: v.pipe(v.string(sentence), v.trim(), v.minLength(1, sentence), v.maxLength(200, sentence)),
  kind: v.literal('regression', 'must be regression'),
  target: v.union(
    [
      v.string(),
      v.strictObject({
        name: v.pipe(v.string(), v.regex(NAME)),
        mean: v.optional(v.pipe(v.array(v.string()), v.minLength(2, 'must name two or more columns'))),
        column: v.optional(v.string()),
      }),
    ],
    target,
  ),
  forbidden: v.optional(columns('must be a list of columns')),
  metric: v.picklist(metrics, `must be ${metrics.join(' or ')}`),
  unit: v.optional(v.pipe(v.string('must be a text'), v.maxLength(40, 'must have at most 40 characters'))),
  folds: v.optional(v.pipe(v.number(folds), v.integer(folds), v.minValue(2, folds), v.maxValue(20, folds))),
  holdout: v.optional(v.pipe(v.number(holdout), v.minValue(0.05, holdout), v.maxValue(0.5, holdout))),
});

export interface TaskContext {
  readonly course: string;
  readonly dataset: string;
  readonly schema: Schema;
  /** Makes the error of a value at these keys. */
  readonly problem: Problem;
}

/** Throws what `problem` makes. */
export function readTask(id: string, about: v.InferOutput<typeof taskSchema>, context: TaskContext): CourseTask {
  const { schema, problem } = context;
  const refuse = (key: string, what: string, fix: string) => problem(['tasks', id, key], what, fix);
  const named = typeof about.target === 'string' ? { name: about.target, column: about.target } : about.target;
  const parts = named.mean ?? (named.column === undefined ? [] : [named.column]);
  if (parts.length === 0 || (named.mean !== undefined && named.column !== undefined)) {
    throw refuse('target', 'The target needs either `column` or `mean`.', 'Keep one of them.');
  }
  const known = schema.columns.map(({ name }) => name);
  const { forbidden = [] } = about;
  for (const [key, name] of [
    ...parts.map((one) => ['target', one] as const),
    ...forbidden.map((one) => ['forbidden', one] as const),
  ]) {
    if (known.includes(name)) continue;
    throw refuse(key, `There is no column "${name}" in schema.yaml.`, `There are ${known.slice(0, 12).join(', ')}.`);
  }
  const numeric = (name: string) => {
    const { type } = schema.columns.find((column) => column.name === name)!;
    return type === 'integer' || type === 'number' || type === 'ordinal';
  };
  const wordy = parts.find((name) => !numeric(name));
  if (wordy !== undefined) {
    throw refuse('target', `"${wordy}" is a column of words.`, 'Choose a column of numbers.');
  }
  const measure = about.metric.slice('cv.'.length) as (typeof MEASURES)[number];
  const task: Task = {
    course: context.course,
    id,
    kind: about.kind,
    sentence: about.sentence,
    dataset: context.dataset,
    target: named.name,
    targetUnit: about.unit ?? '',
    classes: [],
    forbidden: [...new Set([...forbidden, ...parts])],
    metric: about.metric,
    measure,
    baselineMetric: `baseline.${measure}`,
    unit: about.unit ?? '',
    direction: 'lower',
    folds: about.folds ?? 5,
    holdoutFraction: about.holdout ?? 0.2,
  };
  return { task, target: { columns: parts } };
}
