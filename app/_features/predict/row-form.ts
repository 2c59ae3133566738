// The fields of the What-if form: one per column that the task allows, described by the schema of its table.
// Invariant: no field for the target or for a forbidden column. A table without a schema gets plain text fields for the
// columns of params.yaml.

import type { Task } from '#pipeline-core/core/report.ts';
import type { ColumnSchema } from '#pipeline-core/table/schema.ts';
import type { ParamControl } from '#pipeline-core/workspace/param-controls.ts';

export type Cell = string | number;
export interface ColumnForm {
  readonly name: string;
  readonly label: string;
  readonly choices?: readonly (readonly [Cell, string])[];
  /** A quantity, with the range that the schema allows. */
  readonly number?: { readonly min?: number; readonly max?: number; readonly whole: boolean };
  /** The initial value. */
  readonly start: Cell;
}

const COLUMN = 'columns.';
/** An ordinal with more steps than this is a number field, not a list. */
const MOST_STEPS = 12;

/** In the order of the schema; without a schema, the columns that params.yaml names. */
export function rowForm(
  task: Pick<Task, 'forbidden' | 'target'>,
  /** Of the course's table; null: not known. */
  columns: readonly ColumnSchema[] | null,
  controls: readonly ParamControl[],
): readonly ColumnForm[] {
  const excluded = new Set([...task.forbidden, task.target]);
  const known = (columns ?? []).filter((column) => !excluded.has(column.name)).map(formOf);
  const names = new Set(known.map(({ name }) => name));
  const others = columnControls(controls)
    .filter(({ name }) => !names.has(name) && !excluded.has(name))
    .map(({ name, control }): ColumnForm => ({ name, label: control.label, start: '' }));
  // With a schema only its columns are asked for: the code derives any others from them.
  return columns === null ? others : known;
}

/** The columns that params.yaml turns on. */
export const columnsUsed = (controls: readonly ParamControl[]): ReadonlySet<string> =>
  new Set(
    columnControls(controls)
      .filter(({ control }) => control.value === true)
      .map(({ name }) => name),
  );

/** The value of a plain text field: a number if it looks like one, as in a CSV file. */
export const cellOf = (typed: string): Cell =>
  typed.trim() !== '' && Number.isFinite(Number(typed)) ? Number(typed) : typed;

function columnControls(controls: readonly ParamControl[]) {
  return controls
    .filter((control) => control.kind === 'switch' && control.key.startsWith(COLUMN))
    .map((control) => ({ name: control.key.slice(COLUMN.length), control }));
}

function formOf(column: ColumnSchema): ColumnForm {
  const { name, type, unit, min, max, valueLabels = {} } = column;
  const label = unit === undefined ? column.label : `${column.label} (${unit.replace(/ \(.*\)$/, '')})`;
  const choices = choicesOf(column, valueLabels);
  const middle = choices?.[Math.floor(choices.length / 2)]?.[0] ?? Math.round(((min ?? 0) + (max ?? 0)) / 2);
  const wished = column.typical ?? undefined;
  const fits = wished !== undefined && (choices === undefined || choices.some(([value]) => value === wished));
  const start = fits ? wished : choices && choices.length === 2 ? (choices[0]?.[0] ?? middle) : middle;
  if (choices) return { name, label, choices, start };
  const range = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  return type === 'text'
    ? { name, label, start: '' }
    : { name, label, number: { ...range, whole: type !== 'number' }, start };
}

function choicesOf(column: ColumnSchema, labels: Readonly<Record<string, string>>) {
  const { type, levels, min, max } = column;
  // A cell may be called __proto__ or constructor, which every object has.
  const labelOf = (level: string) => (Object.hasOwn(labels, level) ? labels[level] : undefined);
  if (levels) return levels.map((level): [Cell, string] => [level, labelOf(level) ?? level.replaceAll('_', ' ')]);
  if (type !== 'ordinal' || min === undefined || max === undefined || max - min >= MOST_STEPS) return undefined;
  return Array.from({ length: max - min + 1 }, (_, i): [Cell, string] => {
    const value = min + i;
    const word = labels[String(value)];
    // If only the ends of the scale have labels, show the number too.
    const bare = Object.keys(labels).length < max - min + 1;
    return [value, word === undefined ? String(value) : bare && word !== '' ? `${value}, ${word}` : word];
  });
}
