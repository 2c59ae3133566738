// The tasks of course.yaml: what is predicted, from what not, and how it is scored.
// Invariant: every column of a target is forbidden as an input; classes, unit and direction follow from target and measure.
import * as v from 'valibot';
import type { Schema } from '#pipeline-core';
import type { ScoreMeasure, Task } from '#pipeline-core/core/report.ts';
import { CLASSIFICATION_MEASURES, directionOf, REGRESSION_MEASURES } from '#pipeline-core/metrics/task-score.ts';
import type { TargetRule } from '../data/target.ts';
import type { CourseTask } from './course.ts';

type Problem = (keys: readonly string[], problem: string, fix: string) => Error;

/** What a task of each kind can be scored by; first those that most tasks use. */
const MEASURES: Readonly<Record<Task['kind'], readonly ScoreMeasure[]>> = {
  regression: REGRESSION_MEASURES,
  classification: CLASSIFICATION_MEASURES,
};
/** Of a target that says from which number on a row is of the second class. */
const NO_YES = ['no', 'yes'] as const;
const MOST_CLASSES = 20;
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/;

const sentence = 'must be a sentence of 1 to 200 characters';
const name = 'must be letters, digits and _, at most 40';
const target = 'must be the name of a column, or a name with `mean` or `column`';
const columns = (message: string) => v.array(v.string(message), message);
const folds = 'must be a whole number from 2 to 20';
const holdout = 'must be a number from 0.05 to 0.5';
const classes = `must be a list of 2 to ${MOST_CLASSES} words of 1 to 40 characters, each once`;
const atLeast = 'must be the least number of the second class';
// Words such as `no` are booleans to YAML readers elsewhere and texts to ours; numbers are taken as they are written.
const word = v.pipe(
  v.union([v.string(), v.number(), v.boolean()], classes),
  v.transform(String),
  v.minLength(1, classes),
  v.maxLength(40, classes),
);

export const taskSchema = v.strictObject({
  sentence: v.pipe(v.string(sentence), v.trim(), v.minLength(1, sentence), v.maxLength(200, sentence)),
  kind: v.picklist(['regression', 'classification'], 'must be regression or classification'),
  target: v.union(
    [
      v.string(),
      v.strictObject({
        name: v.pipe(v.string(name), v.regex(NAME, name)),
        mean: v.optional(v.pipe(v.array(v.string()), v.minLength(2, 'must name two or more columns'))),
        column: v.optional(v.string()),
        atLeast: v.optional(v.pipe(v.number(atLeast), v.finite(atLeast))),
        classes: v.optional(
          v.pipe(
            v.array(word, classes),
            v.minLength(2, classes),
            v.maxLength(MOST_CLASSES, classes),
            v.check((list) => new Set(list).size === list.length, classes),
          ),
        ),
      }),
    ],
    target,
  ),
  forbidden: v.optional(columns('must be a list of columns')),
  metric: v.string('must be a measure, such as cv.mae or cv.logLoss'),
  unit: v.optional(v.pipe(v.string('must be a text'), v.maxLength(40, 'must have at most 40 characters'))),
  folds: v.optional(v.pipe(v.number(folds), v.integer(folds), v.minValue(2, folds), v.maxValue(20, folds))),
  holdout: v.optional(v.pipe(v.number(holdout), v.minValue(0.05, holdout), v.maxValue(0.5, holdout))),
  groups: v.optional(v.string('must be the name of a column')),
});

type TaskYaml = v.InferOutput<typeof taskSchema>;

export interface TaskContext {
  readonly course: string;
  readonly dataset: string;
  readonly schema: Schema;
  /** Makes the error of a value at these keys. */
  readonly problem: Problem;
}

type Refuse = (key: string, what: string, fix: string) => Error;

/** Throws what `problem` makes. */
export function readTask(id: string, about: TaskYaml, context: TaskContext): CourseTask {
  const { schema, problem } = context;
  const refuse: Refuse = (key, what, fix) => problem(['tasks', id, key], what, fix);
  const named = typeof about.target === 'string' ? { name: about.target, column: about.target } : about.target;
  const parts = named.mean ?? (named.column === undefined ? [] : [named.column]);
  if (parts.length === 0 || (named.mean !== undefined && named.column !== undefined)) {
    throw refuse('target', 'The target needs either `column` or `mean`.', 'Keep one of them.');
  }
  const { forbidden = [], groups = null } = about;
  const known = schema.columns.map((column) => column.name);
  for (const [key, column] of [
    ...parts.map((one) => ['target', one] as const),
    ...forbidden.map((one) => ['forbidden', one] as const),
    ...(groups === null ? [] : [['groups', groups] as const]),
  ]) {
    if (known.includes(column)) continue;
    throw refuse(key, `There is no column "${column}" in schema.yaml.`, `There are ${known.slice(0, 12).join(', ')}.`);
  }
  if (groups !== null && parts.includes(groups)) {
    throw refuse('groups', `"${groups}" is the target.`, 'Name another column.');
  }
  const rule =
    about.kind === 'regression'
      ? numberRule(named, parts, { schema, refuse })
      : classRule(named, parts, { schema, refuse });
  const measure = measureOf(about, refuse);
  // Errors are in the unit of the target; shares, probabilities and their losses have none.
  const unit = measure === 'rmse' || measure === 'mae' || measure === 'medianAbsoluteError' ? (about.unit ?? '') : '';
  const task: Task = {
    course: context.course,
    id,
    kind: about.kind,
    sentence: about.sentence,
    dataset: context.dataset,
    target: named.name,
    targetUnit: about.kind === 'regression' ? (about.unit ?? '') : '',
    classes: rule.classes ?? [],
    forbidden: [...new Set([...forbidden, ...parts])],
    metric: about.metric,
    measure,
    baselineMetric: `baseline.${measure}`,
    unit,
    direction: directionOf(measure),
    folds: about.folds ?? 5,
    holdoutFraction: about.holdout ?? 0.2,
    groups,
  };
  return { task, target: rule };
}

function measureOf({ kind, metric }: TaskYaml, refuse: Refuse): ScoreMeasure {
  const found = MEASURES[kind].find((measure) => metric === `cv.${measure}`);
  if (found !== undefined) return found;
  const known = MEASURES[kind].map((measure) => `cv.${measure}`).join(', ');
  throw refuse('metric', `A ${kind} is not scored by "${metric}".`, `Choose one of ${known}.`);
}

type Named = Exclude<TaskYaml['target'], string>;
interface Around {
  readonly schema: Schema;
  readonly refuse: Refuse;
}

const typeOf = (schema: Schema, column: string) => schema.columns.find((one) => one.name === column)!;

function demandNumbers(parts: readonly string[], { schema, refuse }: Around): void {
  const wordy = parts.find((part) => !['integer', 'number', 'ordinal'].includes(typeOf(schema, part).type));
  if (wordy === undefined) return;
  throw refuse('target', `"${wordy}" is a column of words.`, 'Choose a column of numbers, or the kind classification.');
}

function numberRule({ atLeast: bound, classes: listed }: Named, parts: readonly string[], around: Around): TargetRule {
  if (bound !== undefined || listed !== undefined) {
    const which = bound === undefined ? 'classes' : 'atLeast';
    throw around.refuse(
      'target',
      `A regression has no \`${which}\`.`,
      'Take it away, or change the kind to classification.',
    );
  }
  demandNumbers(parts, around);
  return { columns: parts };
}

function classRule({ atLeast: bound, classes: listed }: Named, parts: readonly string[], around: Around): TargetRule {
  const { schema, refuse } = around;
  if (bound !== undefined) {
    demandNumbers(parts, around);
    if (listed !== undefined && listed.length !== 2) {
      throw refuse(
        'target',
        '`atLeast` makes two classes.',
        'Name two in `classes`: below that number, and from it on.',
      );
    }
    return { columns: parts, atLeast: bound, classes: listed ?? NO_YES };
  }
  if (parts.length > 1) {
    throw refuse(
      'target',
      'The mean of columns is a number.',
      'Say with `atLeast` from which number on it is the second class.',
    );
  }
  const column = typeOf(schema, parts[0]!);
  const own = column.levels ?? stepsOf(column);
  if (column.nullable === true) {
    throw refuse('target', `"${column.name}" may be missing.`, 'Leave such rows out of the table: each needs a class.');
  }
  if (own.length < 2 || own.length > MOST_CLASSES) {
    const what = `"${column.name}" does not say which 2 to ${MOST_CLASSES} classes it has.`;
    throw refuse('target', what, 'Give the column `levels` in schema.yaml, or the target `atLeast`.');
  }
  if (listed !== undefined && (listed.length !== own.length || listed.some((one) => !own.includes(one)))) {
    const what = `The classes are not the levels of "${column.name}" (${own.join(', ')}).`;
    throw refuse('target', what, 'Name each of them once, in any order, or leave `classes` away.');
  }
  return { columns: parts, classes: listed ?? own };
}

/** The values of a short scale of whole numbers. */
function stepsOf({ type, min, max }: Schema['columns'][number]): string[] {
  if (type !== 'ordinal' || min === undefined || max === undefined || max - min >= MOST_CLASSES) return [];
  return Array.from({ length: max - min + 1 }, (_, i) => String(min + i));
}
