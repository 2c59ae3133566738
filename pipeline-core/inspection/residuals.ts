// What the model leaves over, row by row: a cloud without shape is what an honest model has.

import type { Vector } from '../estimator/frames.ts';
import { square } from '../math/deterministic-math.ts';
import { quantile } from '../math/distribution.ts';
import { demandPairs } from '../metrics/check-pairs.ts';

export interface ResidualPoint {
  /** From 0. */
  readonly row: number;
  readonly predicted: number;
  /** actual - predicted: above 0 the row did better than predicted. */
  readonly residual: number;
}

export interface Residuals {
  readonly points: readonly ResidualPoint[];
  /** Mean residual: 0 where the model is right on average. */
  readonly mean: number;
  /** Standard deviation (n). */
  readonly spread: number;
  /** Least, quarter, middle, three quarters, largest. */
  readonly quantiles: readonly [number, number, number, number, number];
  /** Rows per stretch of residuals, edges one more than counts. */
  readonly histogram: { readonly edges: readonly number[]; readonly counts: readonly number[] };
  readonly xLabel: string;
  readonly yLabel: string;
  readonly unit: string;
}

export interface ResidualOptions {
  /** Row numbers to show; default 0, 1, 2 ... */
  readonly rows?: ArrayLike<number>;
  /** Stretches of the histogram; default 20. */
  readonly bins?: number;
  /** Unit of the target, for the axes. */
  readonly unit?: string;
}

/** All in the target's unit. Throws PipelineError 'empty' | 'length-mismatch' | 'not-finite'. */
export function residuals(yTrue: Vector, yPred: Vector, options: ResidualOptions = {}): Residuals {
  const { n, actual, predicted } = demandPairs(yTrue, yPred);
  const points = Array.from({ length: n }, (_, i) => ({
    row: options.rows?.[i] ?? i,
    predicted: predicted[i]!,
    residual: actual[i]! - predicted[i]!,
  }));
  const sorted = Float64Array.from(points, ({ residual }) => residual).sort();
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n;
  const spread = Math.sqrt(sorted.reduce((sum, value) => sum + square(value - mean), 0) / n);
  return {
    points,
    mean,
    spread,
    quantiles: [sorted[0]!, quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75), sorted[n - 1]!],
    histogram: histogramOf(sorted, Math.max(1, options.bins ?? 20)),
    xLabel: 'Predicted',
    yLabel: 'Actual - predicted',
    unit: options.unit ?? '',
  };
}

function histogramOf(sorted: Float64Array, bins: number): Residuals['histogram'] {
  const low = sorted[0]!;
  const width = (sorted[sorted.length - 1]! - low) / bins || 1;
  const counts = new Array<number>(bins).fill(0);
  for (const value of sorted) counts[Math.min(bins - 1, Math.floor((value - low) / width))]!++;
  return { edges: Array.from({ length: bins + 1 }, (_, k) => low + k * width), counts };
}
