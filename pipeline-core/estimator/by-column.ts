// The columns of a row-major matrix one after the other, for what looks at each by itself. Several are copied at a time,
// so that each piece of memory is read once: a large table does not fit into the cache.
import type { Matrix } from './model.ts';

/** Numbers of a row that one line of the cache holds. */
const AT_A_TIME = 8;

/** @param use reads `column` before it returns, and may write to it: the next column comes in the same array */
export function eachColumn({ data, rows, cols }: Matrix, use: (column: Float64Array, j: number) => void): void {
  const columns = Array.from({ length: Math.min(AT_A_TIME, cols) }, () => new Float64Array(rows));
  for (let first = 0; first < cols; first += AT_A_TIME) {
    const some = columns.slice(0, cols - first);
    copyColumns(data, { cols, first }, some);
    for (let k = 0; k < some.length; k++) use(some[k]!, first + k);
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
