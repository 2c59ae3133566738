// Who a student is, and how a student becomes numbers.
// Training, scoring and serving all come through here: change an encoding once, and all three agree.
import type { DataFrame, Series } from 'danfojs';
import { type Matrix, matrixFromRecords } from 'pipeline-core';

const noYes = ['no', 'yes'] as const;
const jobs = ['at_home', 'health', 'other', 'services', 'teacher'] as const;

/** What a school knows before the first grade: a number, or one of these answers. Grades are not in this list. */
export const facts = {
  school: ['GP', 'MS'],
  sex: ['F', 'M'],
  age: 'number',
  address: ['R', 'U'],
  famsize: ['LE3', 'GT3'],
  Pstatus: ['A', 'T'],
  Medu: 'number',
  Fedu: 'number',
  Mjob: jobs,
  Fjob: jobs,
  reason: ['course', 'home', 'other', 'reputation'],
  guardian: ['father', 'mother', 'other'],
  traveltime: 'number',
  studytime: 'number',
  failures: 'number',
  schoolsup: noYes,
  famsup: noYes,
  paid: noYes,
  activities: noYes,
  nursery: noYes,
  higher: noYes,
  internet: noYes,
  romantic: noYes,
  famrel: 'number',
  freetime: 'number',
  goout: 'number',
  Dalc: 'number',
  Walc: 'number',
  health: 'number',
  absences: 'number',
} as const;

export type Column = keyof typeof facts;
type Answer<C extends Column> = (typeof facts)[C] extends readonly (infer Word)[] ? Word : number;

/** Only the columns switched on in params.yaml are there. */
export type Student = { readonly [C in Column]?: Answer<C> };
export type Row = Readonly<Record<string, string | number>>;
export type Features = Record<string, number>;

/** What we predict: whether the mean of three grades is at least 10 of 20 points. */
export const targetName = 'passed';
export const classes = ['fail', 'pass'] as const;
export const target = (table: DataFrame): Series =>
  table['G1']
    .add(table['G2'])
    .add(table['G3'])
    .div(3)
    .apply((mean: number) => (mean >= 10 ? 'pass' : 'fail'));

/** How the model sees a student: only by columns that are switched on in params.yaml. Add features before `return`. */
export function features(student: Student): Features {
  const x: Features = {};
  for (const [column, answer] of Object.entries(student)) {
    const answers = facts[column as Column];
    if (answers === 'number') x[column] = Number(answer);
    // One column of 0 and 1 for each answer but the first: that one is "all of them 0".
    else for (const other of answers.slice(1)) x[`${column}=${other}`] = answer === other ? 1 : 0;
  }
  return x;
}

/**
 * One row of numbers per student, as every model of pipeline-core takes them: a feature that a student lacks is 0.
 * For students that a model has not seen, `names` are the features it learned from.
 */
export function toMatrix(students: readonly Student[], names?: readonly string[]): Matrix {
  return matrixFromRecords(students.map(features), names);
}

/** A row of a table or of a form, cut to the columns asked for and checked against the facts. */
export function parse(row: Row, columns: readonly Column[]): Student {
  return Object.fromEntries(columns.map((column) => [column, checked(column, row[column])])) as Student;
}

function checked(column: Column, answer: string | number | undefined): string | number {
  const answers: 'number' | readonly string[] = facts[column];
  if (answers === 'number' ? Number.isFinite(answer) : answers.includes(String(answer))) return answer!;
  throw new Error(`${column} is "${answer}", but must be ${answers === 'number' ? 'a number' : answers.join(' or ')}.`);
}

/** The prepared table taken apart: who is in which row of the raw table, and whether each of them passed. */
export function fromTable(table: readonly Row[]) {
  const columns = Object.keys(table[0] ?? {}).filter(isColumn);
  return {
    columns,
    rows: table.map((row) => Number(row['row'])),
    students: table.map((row) => parse(row, columns)),
    passed: table.map((row) => String(row[targetName])),
  };
}

export const isColumn = (name: string): name is Column => Object.hasOwn(facts, name);

/** A column for each class, as predictions are written: `p=fail` and `p=pass`. */
export const shareColumns = (shares: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(classes.map((name) => [`p=${name}`, shares[name] ?? 0]));
