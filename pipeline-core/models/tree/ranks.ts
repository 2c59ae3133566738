// How many of some ascending values are smaller than a number: of one number by halving, of a whole column by a table that
// says for each stretch of their range where to begin.

/** How many of the ascending `values` are smaller than `value`. */
function rankOf(value: number, values: Float64Array): number {
  return rankBetween(value, values, 0, values.length);
}

function rankBetween(value: number, values: Float64Array, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Fewer values are found as fast by halving. */
const FEW = 16;
/** Stretches a value. */
const FINENESS = 4;
const MOST_STRETCHES = 65_536;

/** `rankOf` for each number of `column`, written to `into`; what is NaN there has no meaning. */
export function ranksOf(column: Float64Array, values: Float64Array, into: Uint8Array | Int32Array): void {
  const many = values.length;
  const least = values[0]!;
  const stretches = Math.min(MOST_STRETCHES, FINENESS * many);
  const scale = stretches / (values[many - 1]! - least);
  // Where values lie beyond what a difference can hold, or hardly apart, one stretch would hold all or none.
  if (many < FEW || !(scale > 0 && scale < Infinity)) {
    for (let i = 0; i < column.length; i++) into[i] = rankOf(column[i]!, values);
    return;
  }
  // Larger numbers are never in an earlier stretch, however their place is rounded: so a number's rank lies between how
  // many values are in earlier stretches and how many are in those up to its own.
  const before = new Int32Array(stretches + 2);
  const stretchOf = (value: number): number => {
    const place = (value - least) * scale;
    return place >= stretches ? stretches : place > 0 ? Math.floor(place) : 0;
  };
  for (let k = 0; k < many; k++) before[stretchOf(values[k]!) + 1]!++;
  for (let s = 1; s < before.length; s++) before[s]! += before[s - 1]!;
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    const s = stretchOf(value);
    into[i] = rankBetween(value, values, before[s]!, before[s + 1]!);
  }
}
