// schema.yaml of a course: the columns of its table, with types, labels, ranges or levels.
import { join } from 'node:path';
import * as v from 'valibot';
import { type ColumnSchema, defineSchema, PipelineError, type Schema } from '#pipeline-core';
import { checkedYaml } from './checked-yaml.ts';
import { CourseError } from './course-error.ts';

const MOST_COLUMNS = 200;

const label = 'must be a text of 1 to 80 characters';
const text = v.pipe(v.string(label), v.minLength(1, label), v.maxLength(80, label));
const finite = v.pipe(v.number('must be a number'), v.finite('must be a number'));
const range = 'must be the smallest and the largest value, such as [0, 20]; null where there is none';
const bound = v.nullable(finite);
// Words such as `no` are booleans to YAML readers elsewhere and texts to ours; numbers are taken as they are written.
const word = v.pipe(v.union([v.string(), v.number(), v.boolean()], 'must be a word'), v.transform(String));

const columnSchema = v.strictObject({
  type: v.picklist(
    ['integer', 'number', 'ordinal', 'binary', 'nominal', 'text'],
    'must be integer, number, ordinal, binary, nominal or text',
  ),
  label: v.optional(text),
  unit: v.optional(text),
  range: v.optional(v.strictTuple([bound, bound], range)),
  levels: v.optional(v.array(word, 'must be a list of words')),
  labels: v.optional(v.record(v.string(), v.pipe(v.string('must be a text'), v.maxLength(80, label)))),
  missing: v.optional(v.boolean('must be true or false')),
  sensitive: v.optional(v.boolean('must be true or false')),
  /** A value that says what was known only after the outcome: all rows in which column `of` is `is` have it. */
  marks: v.optional(
    v.strictObject(
      { value: finite, of: v.string('must be a column'), is: finite, label: text },
      'must have value, of, is and label',
    ),
  ),
  typical: v.optional(v.union([v.string(), v.number(), v.boolean()], 'must be a value of this column')),
});
const schema = v.strictObject({
  columns: v.record(v.string(), columnSchema, 'must be columns, each with a type'),
});

/** Throws CourseError. */
export function readSchema(folder: string, read: (name: string) => string, name: string): Schema {
  const file = join(folder, 'schema.yaml');
  const source = read('schema.yaml');
  const { columns } = checkedYaml(file, source, schema);
  const made = Object.entries(columns).map(([column, about]) => columnOf(column, about));
  const lineOf = (column: string) => {
    const at = source
      .split('\n')
      .findIndex((line) => line.trimStart().replaceAll(/['"]/g, '').startsWith(`${column}:`));
    return at === -1 ? undefined : at + 1;
  };
  if (made.length === 0 || made.length > MOST_COLUMNS) {
    throw new CourseError(file, `It names ${made.length} columns.`, `Name 1 to ${MOST_COLUMNS}.`, 1);
  }
  for (const { name: column, type, marks } of made) {
    if (marks === undefined) continue;
    const numeric = (one: string) => ['integer', 'number', 'ordinal'].includes(one);
    const other = made.find((one) => one.name === marks.of);
    if (numeric(type) && other !== undefined && numeric(other.type)) continue;
    const what = `\`marks\` of "${column}" needs two columns of numbers: its own and \`of\`.`;
    throw new CourseError(file, what, 'Change this column.', lineOf(column));
  }
  try {
    return defineSchema({ name, columns: made });
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    const { column } = error.facts;
    throw new CourseError(file, error.message, 'Change this column.', lineOf(String(column)));
  }
}

function columnOf(name: string, about: v.InferOutput<typeof columnSchema>): ColumnSchema {
  const { type, label = name, unit, range: [min = null, max = null] = [], levels, labels, typical } = about;
  return {
    name,
    type,
    label,
    ...(unit === undefined ? {} : { unit }),
    ...(min === null ? {} : { min }),
    ...(max === null ? {} : { max }),
    ...(levels === undefined ? {} : { levels }),
    ...(labels === undefined ? {} : { valueLabels: labels }),
    ...(about.missing === true ? { nullable: true } : {}),
    ...(about.sensitive === true ? { sensitive: true } : {}),
    ...(about.marks === undefined ? {} : { marks: about.marks }),
    ...(typical === undefined ? {} : { typical: typeof typical === 'boolean' ? String(typical) : typical }),
  };
}
