// What a dish is, what it is called, and how it becomes numbers.
// Training, scoring and serving all come through here: change an encoding once, and all three agree.
import { type Matrix, matrixFromRecords } from 'pipeline-core';

const noYes = ['no', 'yes'] as const;

/** What one sees of a dish: a number, or one of these answers. Its kitchen is no input: it only keeps folds apart. */
export const facts = {
  starch: ['none', 'below', 'both_sides', 'around'],
  liquid: 'number',
  held: ['hands', 'fork', 'spoon', 'chopsticks'],
  hot: noYes,
  crust: noYes,
  layers: 'number',
  length: 'number',
  sweet: 'number',
  bites: 'number',
} as const;

/** What we predict: the name that most guests give it. */
export const targetName = 'called';
export const classes = ['sandwich', 'wrap', 'pie', 'soup', 'salad'] as const;

export type Column = keyof typeof facts;
type Answer<C extends Column> = (typeof facts)[C] extends readonly (infer Word)[] ? Word : number;

/** Only the columns switched on in params.yaml are there. */
export type Dish = { readonly [C in Column]?: Answer<C> };
export type Row = Readonly<Record<string, string | number>>;
export type Features = Record<string, number>;

/** How the model sees a dish: only by columns that are switched on in params.yaml. Add features before `return`. */
export function features(dish: Dish): Features {
  const x: Features = {};
  for (const [column, answer] of Object.entries(dish)) {
    const answers = facts[column as Column];
    if (answers === 'number') x[column] = Number(answer);
    // One column of 0 and 1 for each answer but the first: that one is "all of them 0".
    else for (const other of answers.slice(1)) x[`${column}=${other}`] = answer === other ? 1 : 0;
  }
  return x;
}

/** One row of numbers per dish. For dishes that a model has not seen, `names` are the features it learned from. */
export function toMatrix(dishes: readonly Dish[], names?: readonly string[]): Matrix {
  return matrixFromRecords(dishes.map(features), names);
}

/** A row of a table or of a form, cut to the columns asked for and checked against the facts. */
export function parse(row: Row, columns: readonly Column[]): Dish {
  return Object.fromEntries(columns.map((column) => [column, checked(column, row[column])])) as Dish;
}

function checked(column: Column, answer: string | number | undefined): string | number {
  const answers: 'number' | readonly string[] = facts[column];
  if (answers === 'number' ? Number.isFinite(answer) : answers.includes(String(answer))) return answer!;
  throw new Error(`${column} is "${answer}", but must be ${answers === 'number' ? 'a number' : answers.join(' or ')}.`);
}

/** The prepared table taken apart: which row of the raw table each dish is, its kitchen, and what it is called. */
export function fromTable(table: readonly Row[]) {
  const columns = Object.keys(table[0] ?? {}).filter(isColumn);
  return {
    columns,
    rows: table.map((row) => Number(row['row'])),
    dishes: table.map((row) => parse(row, columns)),
    kitchens: table.map((row) => String(row['kitchen'])),
    called: table.map((row) => String(row[targetName])),
  };
}

/** A column for each class, as predictions are written: `p=soup` and so on. */
export const shareColumns = (shares: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(classes.map((name) => [`p=${name}`, shares[name] ?? 0]));

export const isColumn = (name: string): name is Column => Object.hasOwn(facts, name);
