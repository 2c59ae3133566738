// Stands in for mathjs inside danfojs: the five statistics danfojs 1.2.0 calls, over plain arrays.
// Variance and deviation are the sample's (divided by n - 1), as in mathjs. Two passes, so that large means
// do not eat the digits. Missing values are left out, where mathjs answers NaN.

type Numbers = ArrayLike<number>;

function filled(values: Numbers): Float64Array {
  return Float64Array.from(values).filter((value) => !Number.isNaN(value));
}

export function mean(values: Numbers): number {
  const known = filled(values);
  let sum = 0;
  for (const value of known) sum += value;
  return sum / known.length;
}

export function variance(values: Numbers): number {
  const known = filled(values);
  if (known.length === 1) return 0;
  const centre = mean(known);
  let sum = 0;
  for (const value of known) sum += (value - centre) ** 2;
  return sum / (known.length - 1);
}

export function std(values: Numbers): number {
  return Math.sqrt(variance(values));
}

export function median(values: Numbers): number {
  const sorted = filled(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** All values that occur most often; numbers in ascending order. */
export function mode<T>(values: ArrayLike<T>): T[] {
  const counts = new Map<T, number>();
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const count = (counts.get(values[i]!) ?? 0) + 1;
    counts.set(values[i]!, count);
    if (count > most) most = count;
  }
  const often = [...counts].filter(([, count]) => count === most).map(([value]) => value);
  return often.sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : 0));
}
