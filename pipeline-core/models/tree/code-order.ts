// The rows of a node in the order of one column's codes, equal codes in the order they came: what looks for a cut in few
// rows of a column of many values.
import type { CodeColumn } from './codes.ts';

/** Rows that are put in order fastest one by one. */
const FEW = 24;

interface CodeOrder {
  /** The codes of the rows sorted last, ascending. */
  readonly code: Int32Array;
  /** Where each of them was, from 0. */
  readonly place: Int32Array;
  /** @param row the rows row[lo..hi) @param values how many codes the column has */
  sort(column: CodeColumn, values: number, rows: { readonly row: Int32Array; lo: number; hi: number }): void;
}

/** @param most rows at once @param mostValues of any column */
export function createCodeOrder(most: number, mostValues: number): CodeOrder {
  const code = new Int32Array(most);
  const place = new Int32Array(most);
  const found = new Int32Array(most);
  const byLow = new Int32Array(most);
  // First by the lower half of the bits, then by the upper half: how many codes have them, then where the next one goes.
  const lowAt = new Int32Array(1 << halfOf(mostValues));
  const highAt = new Int32Array(lowAt.length);

  const insert = (count: number): void => {
    for (let k = 0; k < count; k++) {
      const own = found[k]!;
      let m = k - 1;
      for (; m >= 0 && code[m]! > own; m--) {
        code[m + 1] = code[m]!;
        place[m + 1] = place[m]!;
      }
      code[m + 1] = own;
      place[m + 1] = k;
    }
  };

  const distribute = (count: number, values: number): void => {
    const bits = halfOf(values);
    const size = 1 << bits;
    const mask = size - 1;
    for (let b = 0; b < size; b++) {
      lowAt[b] = 0;
      highAt[b] = 0;
    }
    for (let k = 0; k < count; k++) {
      lowAt[found[k]! & mask]!++;
      highAt[found[k]! >> bits]!++;
    }
    for (let b = 0, low = 0, high = 0; b < size; b++) {
      const [lower, upper] = [lowAt[b]!, highAt[b]!];
      lowAt[b] = low;
      highAt[b] = high;
      low += lower;
      high += upper;
    }
    for (let k = 0; k < count; k++) byLow[lowAt[found[k]! & mask]!++] = k;
    for (let m = 0; m < count; m++) {
      const k = byLow[m]!;
      const own = found[k]!;
      const at = highAt[own >> bits]!++;
      code[at] = own;
      place[at] = k;
    }
  };

  return {
    code,
    place,
    sort(column, values, { row, lo, hi }) {
      const count = hi - lo;
      for (let k = 0; k < count; k++) found[k] = column[row[lo + k]!]!;
      if (count <= FEW) insert(count);
      else distribute(count, values);
    },
  };
}

/** Bits of the lower half of a code, and at least those of the upper one. */
const halfOf = (values: number): number => Math.max(1, Math.ceil((32 - Math.clz32(values - 1)) / 2));
