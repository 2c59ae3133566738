// Rows put together from rows that are known: the questions by which a model is explained through its answers alone.
// Invariant: a row asked for is a fresh object, so that a model that changes its rows changes no later question.

export type Cell = string | number;
export type RawRow = Readonly<Record<string, Cell>>;

/** The rows `base`; in each of them `columns` hold what they hold in the row of `from` at the same place, or `values`. */
export interface Mixture {
  readonly base: readonly number[];
  readonly columns: readonly string[];
  readonly from?: readonly number[];
  /** One for each of `columns`. */
  readonly values?: readonly Cell[];
}

/** The row `base`, then the same with one column after the other taken from the row `from`: one row more than columns. */
export interface Path {
  readonly base: number;
  readonly from: number;
  readonly order: readonly string[];
}
export type Question = Mixture | Path;

/** What the model says about each row asked for: a number, or the probability of each class. In the order of the rows. */
export type AskModel = (questions: readonly Question[]) => Promise<readonly (readonly number[])[]>;

// Counted loops: this also runs where the code that is asked may have replaced the methods of arrays.
export function mixedRows(held: readonly RawRow[], questions: readonly Question[]): RawRow[] {
  const rows: RawRow[] = [];
  for (let q = 0; q < questions.length; q++) {
    const question = questions[q]!;
    if ('order' in question) {
      const { base, from, order } = question;
      let row: RawRow = { ...held[base] };
      rows[rows.length] = row;
      for (let k = 0; k < order.length; k++) {
        row = { ...row, [order[k]!]: held[from]![order[k]!]! };
        rows[rows.length] = row;
      }
      continue;
    }
    const { base, columns, from, values } = question;
    for (let i = 0; i < base.length; i++) {
      const row: Record<string, Cell> = { ...held[base[i]!] };
      for (let c = 0; c < columns.length; c++) {
        const name = columns[c]!;
        row[name] = values === undefined ? held[from === undefined ? base[i]! : from[i]!]![name]! : values[c]!;
      }
      rows[rows.length] = row;
    }
  }
  return rows;
}

/** How many rows a question asks for. */
export const rowsAsked = (question: Question): number =>
  'order' in question ? question.order.length + 1 : question.base.length;
