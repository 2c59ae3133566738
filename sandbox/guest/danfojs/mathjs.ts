// Stands in for mathjs inside danfojs: the five statistics danfojs 1.2.0 calls, over plain arrays.
// Variance and deviation are the sample's (divided by n - 1), as in mathjs. Two passes, so that large means
// do not eat the digits.
// RUNS IN isolate

type Numbers = ArrayLike<number>;

export function mean(values: Numbers): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

export function variance(values: Numbers): number {
  if (values.length === 1) return 0;
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - centre) ** 2;
  return sum / (values.length - 1);
}

export function std(values: Numbers): number {
  return Math.sqrt(variance(values));
}

export function median(values: Numbers): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** All values that occur most often, in the order they were first seen. */
export function mode<T>(values: ArrayLike<T>): T[] {
  const counts = new Map<T, number>();
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const count = (counts.get(values[i]!) ?? 0) + 1;
    counts.set(values[i]!, count);
    if (count > most) most = count;
  }
  return [...counts].filter(([, count]) => count === most).map(([value]) => value);
}
