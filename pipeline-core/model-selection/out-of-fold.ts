// What was answered fold by fold, put in the order of the table.

interface InRowOrder {
  /** Row of the table (from 0), ascending; a row that several folds tested comes once for each, in their order. */
  readonly row: number[];
  readonly fold: number[];
  /** Where each is among all that was answered, fold after fold. */
  readonly from: Int32Array;
}

/** @param tests the rows that each fold tested @param rows of the table */
export function inRowOrder(tests: readonly Int32Array[], rows: number): InRowOrder {
  const next = new Int32Array(rows + 1);
  for (const test of tests) for (const row of test) next[row + 1]!++;
  for (let row = 0; row < rows; row++) next[row + 1]! += next[row]!;
  const count = next[rows]!;
  const from = new Int32Array(count);
  const fold = new Int32Array(count);
  const row = new Int32Array(count);
  let k = 0;
  for (const [f, test] of tests.entries()) {
    for (const own of test) {
      const at = next[own]!++;
      from[at] = k++;
      fold[at] = f;
      row[at] = own;
    }
  }
  return { row: [...row], fold: [...fold], from };
}
