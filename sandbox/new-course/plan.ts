// A course as it will be written: the table with the rows and columns that count, its schema, the task, and what may be an
// input. Invariant: the same table and answers give the same plan; the columns of the schema are those of the table.
import { categoryColumn, PipelineError, quantile, Table } from '#pipeline-core';
import type { TidyColumn, TidyTable } from '../data/tidy-table.ts';
import type { CourseAnswers, CoursePlan, PlannedColumn } from './course-plan.ts';
import { checkGroups } from './grouped.ts';
import { FEWEST_OF_CLASS, type Kind, kindsOf, MEASURES } from './propose.ts';

const FEWEST_ROWS = 50;
const LONGEST_CLASS = 40;

/** Throws PipelineError 'bad-target' or 'bad-answers', whose message is for the person who answered. */
export function planCourse(tidy: TidyTable, answers: CourseAnswers): CoursePlan {
  const { target, kind, measure } = answers;
  const about = new Map(tidy.columns.map((column) => [column.name, column]));
  const aboutTarget = about.get(target);
  const known = tidy.columns.map(({ name }) => name).join(', ');
  if (aboutTarget === undefined) throw bad(`There is no column "${target}". There are ${known}.`, target);
  const named = [...answers.forbidden, ...(answers.group === undefined ? [] : [answers.group])];
  const unknown = named.find((name) => !about.has(name));
  if (unknown !== undefined) throw bad(`There is no column "${unknown}". There are ${known}.`, unknown);
  if (!kindsOf(aboutTarget).includes(kind)) {
    throw bad(`"${aboutTarget.label}" cannot be the target of a ${kind}.`, target);
  }
  if (!(MEASURES[kind] as readonly string[]).includes(measure)) {
    throw bad(`A ${kind} can be measured by ${MEASURES[kind].join(' or ')}, not by "${measure}".`, target);
  }
  const { rows, classes } = countingRows(tidy.table, target, kind);
  if (rows.length < FEWEST_ROWS) {
    throw bad(
      `Only ${rows.length} rows have a value of "${aboutTarget.label}": at least ${FEWEST_ROWS} are needed.`,
      target,
    );
  }
  const long = classes.find((name) => name.length > LONGEST_CLASS);
  if (long !== undefined)
    throw bad(`The class "${long}" has more than ${LONGEST_CLASS} characters: shorten it.`, target);
  if (kind === 'classification' && classes.length < 2) {
    throw bad(`"${aboutTarget.label}" needs two classes of at least ${FEWEST_OF_CLASS} rows each.`, target);
  }
  const taken = tidy.table.take(rows);
  const asWords = kind === 'classification' ? wordsOf(taken, target) : taken;
  const columns = asWords.names.map((name) => plannedColumn(asWords, about.get(name)!));
  const [kept, constant] = [columns.filter((column) => !isSame(column)), columns.filter(isSame)];
  const forbidden = answers.forbidden.filter((name) => name !== target && kept.some((column) => column.name === name));
  const inputs = kept.filter(({ name }) => name !== target && name !== answers.group && !forbidden.includes(name));
  if (inputs.length === 0) throw bad('Every other column is forbidden: leave at least one to predict from.', target);
  if (answers.group === target) throw bad(`"${aboutTarget.label}" is what is predicted: choose other groups.`, target);
  const plan: CoursePlan = {
    ...answers,
    forbidden,
    table: asWords.select(kept.map(({ name }) => name)),
    columns: kept,
    targetColumn: kept.find(({ name }) => name === target)!,
    inputs,
    classes,
    constant: constant.map(({ label }) => label),
    rowsLeftOut: tidy.table.rowCount - rows.length,
  };
  checkGroups(plan);
  return plan;

  /** The same in all rows that count. */
  function isSame({ name }: PlannedColumn): boolean {
    const cells = asWords.cells(name);
    return name !== target && name !== answers.group && cells.every((cell) => cell === cells[0]);
  }
}

const bad = (message: string, column: string) => new PipelineError('bad-answers', message, { column });

function countingRows(table: Table, target: string, kind: Kind) {
  const cells = table.cells(target).map((cell) => (cell === null ? null : String(cell)));
  if (kind === 'regression') return { rows: cells.flatMap((cell, row) => (cell === null ? [] : [row])), classes: [] };
  const counts = new Map<string, number>();
  for (const cell of cells) if (cell !== null) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const classes = [...counts]
    .filter(([, rows]) => rows >= FEWEST_OF_CLASS)
    .map(([name]) => name)
    .sort();
  return { rows: cells.flatMap((cell, row) => (cell !== null && classes.includes(cell) ? [row] : [])), classes };
}

/** A class is a word, also where it is written as a number. */
function wordsOf(table: Table, name: string): Table {
  const words = table.cells(name).map(String);
  return new Table(table.columns.map((column) => (column.name === name ? categoryColumn(name, words) : column)));
}

function plannedColumn(table: Table, { name, label, unit }: TidyColumn): PlannedColumn {
  const column = table.column(name);
  const cells = table.cells(name);
  const missing = cells.filter((cell) => cell === null).length;
  const common = { name, label, missing, ...(missing > 0 ? { nullable: true } : {}) };
  if (column.kind === 'number') {
    const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
    const whole = sorted.every(Number.isInteger);
    const middle = sorted.length === 0 ? 0 : quantile(sorted, 0.5);
    return {
      ...common,
      type: whole ? 'integer' : 'number',
      ...(unit === '' ? {} : { unit }),
      ...(sorted.length === 0 ? {} : { min: sorted[0]!, max: sorted.at(-1)! }),
      typical: whole ? Math.round(middle) : middle,
      counts: new Map(),
    };
  }
  if (column.kind === 'text') return { ...common, type: 'text', counts: new Map() };
  const counts = new Map<string, number>();
  for (const cell of cells) if (cell !== null) counts.set(String(cell), (counts.get(String(cell)) ?? 0) + 1);
  const levels = [...counts.keys()].sort();
  const [typical] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0] ?? [];
  return {
    ...common,
    type: levels.length === 2 ? 'binary' : 'nominal',
    levels,
    ...(typical === undefined ? {} : { typical }),
    counts,
  };
}
