// The columns of a row-major matrix one after the other, for what looks at each by itself, and a row-major matrix of columns.
// Several columns, or a block of rows, are copied at a time, so that each piece of memory is read and written once: a large
// table does not fit into the cache.
import type { Matrix } from './model.ts';

/** Numbers of a row that one line of the cache holds. */
const AT_A_TIME = 8;
/** Rows of which the numbers stay in the cache while those of one column after the other are read or written. */
const BLOCK = 64;

/**
 * @param use reads `column` before it returns, and may write to it: the next column comes in the same array
 * @param chosen the rows that are wanted, in their order; default: all
 */
export function eachColumn(
  { data, rows, cols }: Matrix,
  use: (column: Float64Array, j: number) => void,
  chosen: Int32Array | null = null,
): void {
  const columns = Array.from({ length: Math.min(AT_A_TIME, cols) }, () => new Float64Array(chosen?.length ?? rows));
  for (let first = 0; first < cols; first += AT_A_TIME) {
    const some = columns.slice(0, cols - first);
    if (chosen === null) copyColumns(data, { cols, first }, some);
    else copyChosen(data, { cols, first }, chosen, some);
    for (let k = 0; k < some.length; k++) use(some[k]!, first + k);
  }
}

function copyChosen(
  data: Float64Array,
  { cols, first }: { readonly cols: number; readonly first: number },
  chosen: Int32Array,
  columns: readonly Float64Array[],
): void {
  for (let from = 0; from < chosen.length; from += BLOCK) {
    const to = Math.min(from + BLOCK, chosen.length);
    for (let k = 0; k < columns.length; k++) {
      const column = columns[k]!;
      const at = first + k;
      for (let i = from; i < to; i++) column[i] = data[chosen[i]! * cols + at]!;
    }
  }
}

function copyColumns(
  data: Float64Array,
  { cols, first }: { readonly cols: number; readonly first: number },
  columns: readonly Float64Array[],
): void {
  const [a, b, c, d, e, f, g, h] = columns;
  if (h === undefined) {
    columns.forEach((column, k) => {
      for (let i = 0, at = first + k; i < column.length; i++, at += cols) column[i] = data[at]!;
    });
    return;
  }
  for (let i = 0, at = first; i < h.length; i++, at += cols) {
    a![i] = data[at]!;
    b![i] = data[at + 1]!;
    c![i] = data[at + 2]!;
    d![i] = data[at + 3]!;
    e![i] = data[at + 4]!;
    f![i] = data[at + 5]!;
    g![i] = data[at + 6]!;
    h[i] = data[at + 7]!;
  }
}

/** Row-major numbers of columns of `rows` numbers each. */
export function rowMajor(columns: readonly ArrayLike<number>[], rows: number): Float64Array {
  const cols = columns.length;
  const data = new Float64Array(rows * cols);
  for (let from = 0; from < rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, rows);
    for (let j = 0; j < cols; j++) copyPart(columns[j]!, from, to, { data, cols, j });
  }
  return data;
}

// A loop of its own for each kind of column: one that meets plain and typed arrays by turns looks at each number's kind.
function copyPart(
  column: ArrayLike<number>,
  from: number,
  to: number,
  { data, cols, j }: { readonly data: Float64Array; readonly cols: number; readonly j: number },
): void {
  if (column instanceof Float64Array)
    for (let i = from, at = from * cols + j; i < to; i++, at += cols) data[at] = column[i]!;
  else if (column instanceof Int32Array)
    for (let i = from, at = from * cols + j; i < to; i++, at += cols) data[at] = column[i]!;
  else for (let i = from, at = from * cols + j; i < to; i++, at += cols) data[at] = column[i]!;
}
