// The out-of-fold predictions that a run wrote, and the fitted answers beside them, read from tables that the
// participants' code made. Of a classification there is a column of probabilities for each class, `p=` and its name.
// Invariant: what comes out has a finite number in every place; probabilities are between 0 and 1 and add up to 1.
import { PipelineError } from '#pipeline-core/core/errors.ts';
import type { Answers, Predictions, TableFault } from '#pipeline-core/core/report.ts';
import type { Table } from '#pipeline-core/table/table.ts';
import { MOST_TABLE_BYTES, type Result, tableOf } from './results.ts';

export const PREDICTIONS = 'reports/predictions.csv';
/** Before the name of a class in the header of a table of probabilities. */
const SHARE_OF = 'p=';
/** Of what probabilities add up to. */
const ROUNDING = 1e-6;

type Read<T> = Result<T, TableFault>;
const unreadable = (error: TableFault) => ({ ok: false, error }) as const;

/** Of a table of predictions for all rows that a task has: a few numbers for each. */
export const mostBytesOf = ({
  actual,
  classes,
}: {
  readonly actual: ArrayLike<number>;
  readonly classes: readonly string[];
}) => MOST_TABLE_BYTES + actual.length * (ROW_BYTES + classes.length * SHARE_BYTES);
const ROW_BYTES = 64;
const SHARE_BYTES = 24;

/** @param classes of the task; none: it asks for numbers @param most bytes */
export function readPredictions(
  text: string,
  classes: readonly string[],
  most: number = MOST_TABLE_BYTES,
): Read<Predictions> {
  if (text.length > most) return unreadable({ fault: 'too_long', length: text.length, most });
  let table: Table;
  try {
    table = tableOf(text);
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    return unreadable({ fault: 'unreadable' });
  }
  const row = numbersIn(table, 'row');
  if (!row.ok) return row;
  const fold = numbersIn(table, 'fold');
  if (!fold.ok) return fold;
  const actual = classes.length > 0 ? classesIn(table, 'actual', classes) : numbersIn(table, 'actual');
  if (!actual.ok) return actual;
  const answers = readAnswers(table, classes);
  if (!answers.ok) return answers;
  return { ok: true, value: { row: row.value, fold: fold.value, actual: actual.value, ...answers.value } };
}

/** What a table says that a model answered for each of its rows. */
export function readAnswers(table: Table, classes: readonly string[]): Read<Answers> {
  if (classes.length === 0) {
    const predicted = numbersIn(table, 'predicted');
    return predicted.ok ? { ok: true, value: { predicted: predicted.value } } : predicted;
  }
  const columns: (readonly number[])[] = [];
  for (const name of classes) {
    const column = numbersIn(table, SHARE_OF + name);
    if (!column.ok) return column;
    columns.push(column.value);
  }
  const probabilities = Array.from({ length: table.rowCount }, (_, i) => columns.map((column) => column[i]!));
  const wrong = probabilities.findIndex((shares) => !areShares(shares));
  if (wrong !== -1) {
    const sum = probabilities[wrong]!.reduce((all, share) => all + share, 0);
    return unreadable({ fault: 'not_probabilities', row: wrong + 1, sum });
  }
  return { ok: true, value: answersOfShares(probabilities) };
}

/** The most probable class of each row, the first of equals. */
export const answersOfShares = (probabilities: readonly (readonly number[])[]): Answers => ({
  predicted: probabilities.map((shares) => shares.indexOf(Math.max(...shares))),
  probabilities,
});

export const areShares = (shares: readonly number[]): boolean =>
  shares.every((share) => share >= 0 && share <= 1 + ROUNDING) &&
  Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) <= ROUNDING;

function numbersIn(table: Table, column: string): Read<number[]> {
  if (!table.has(column)) return unreadable({ fault: 'no_column', column });
  const cells = table.cells(column);
  const at = cells.findIndex((cell) => typeof cell !== 'number' || !Number.isFinite(cell));
  if (at === -1) return { ok: true, value: cells as number[] };
  return unreadable({ fault: 'not_a_number', row: at + 1, column, cell: shown(cells[at]) });
}

/** The index of the class that each cell names. */
function classesIn(table: Table, column: string, classes: readonly string[]): Read<number[]> {
  if (!table.has(column)) return unreadable({ fault: 'no_column', column });
  const cells = table.cells(column);
  const numbers = classes.map((name) => (name.trim() === '' ? Number.NaN : Number(name)));
  const codes = cells.map((cell) => (typeof cell === 'number' ? numbers.indexOf(cell) : classes.indexOf(String(cell))));
  const at = codes.indexOf(-1);
  if (at === -1) return { ok: true, value: codes };
  return unreadable({ fault: 'unknown_class', row: at + 1, column, cell: shown(cells[at]) });
}

const shown = (cell: unknown): string => JSON.stringify(cell).slice(0, 100);
