// Quantiles and histograms of numbers.

export interface Histogram {
  /** One more than counts; bar k reaches from edges[k] to edges[k + 1], the last one including its end. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

const MOST_SINGLE_BARS = 30;

/** @param sorted ascending, at least one @param share 0..1. Linear interpolation (Hyndman and Fan 1996, type 7). */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (at - below);
}

/** As `quantile`, rounded as numpy's percentiles: among values alike the last bit decides whether a cut lies on them or beside. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
  const t = at - below;
  return t >= 0.5 ? high - (high - low) * (1 - t) : low + (high - low) * t;
}

/** @param sorted ascending, at least one. Whole numbers over at most 30 values get one bar each, others `bins` equal ones. */
export function histogramOf(sorted: ArrayLike<number>, bins: number): Histogram {
  const min = sorted[0]!;
  const max = sorted[sorted.length - 1]!;
  const whole = Array.from(sorted).every(Number.isInteger) && max - min < MOST_SINGLE_BARS;
  const [from, to, bars] = whole
    ? [min - 0.5, max + 0.5, max - min + 1]
    : min === max
      ? [min - 0.5, max + 0.5, 1]
      : [min, max, bins];
  const counts = new Array<number>(bars).fill(0);
  const edges = Array.from({ length: bars + 1 }, (_, k) => (k === bars ? to : from + (k * (to - from)) / bars));
  for (let i = 0; i < sorted.length; i++) {
    let bar = Math.min(bars - 1, Math.floor(((sorted[i]! - from) / (to - from)) * bars));
    // Rounding must not put a value beside its bar, nor several bars away where the range is next to nothing.
    while (bar > 0 && sorted[i]! < edges[bar]!) bar--;
    while (bar < bars - 1 && sorted[i]! >= edges[bar + 1]!) bar++;
    counts[bar]!++;
  }
  return { edges, counts };
}

/**
 * The least value at which at least the share of the weight lies at or below, rows of weight 0 left out
 * (as scikit-learn's weighted percentile: no interpolation).
 */
export function weightedQuantile(values: ArrayLike<number>, weight: ArrayLike<number>, share: number): number {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  let total = 0;
  for (const i of order) total += weight[i]!;
  // Where a share of 0 is asked for, the first row that weighs anything counts.
  const wanted = Math.max(share * total, Number.MIN_VALUE);
  let sum = 0;
  for (const i of order) {
    sum += weight[i]!;
    if (sum >= wanted) return values[i]!;
  }
  return values[order[order.length - 1]!]!;
}
