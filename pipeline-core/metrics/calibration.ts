// The calibration curve: whether probabilities can be taken at their word. Bins and edge cases as in scikit-learn 1.2.
import { PipelineError } from '../core/errors.ts';
import type { Vector } from '../estimator/frames.ts';
import { demandOneOf } from '../estimator/params.ts';
import { refuseWeights } from '../estimator/weights.ts';
import { percentile } from '../math/distribution.ts';
import { INSTEAD_OF_WEIGHTS, type Labels, type PassOptions, truthWithProbability } from './binary-labels.ts';

export interface CalibrationOptions extends PassOptions {
  /** Default 5. */
  readonly nBins?: number;
  /** 'uniform' (default): bins of equal width; 'quantile': bins of equally many rows. */
  readonly strategy?: 'uniform' | 'quantile';
}

/** One entry per bin that holds rows, in ascending order. */
export interface CalibrationCurve {
  /** Share who passed. */
  readonly probTrue: readonly number[];
  /** Mean probability given. */
  readonly probPred: readonly number[];
  /** Rows. */
  readonly count: readonly number[];
  readonly xLabel: string;
  readonly yLabel: string;
}

/** How often those given a probability of p did pass; on the diagonal the probabilities can be taken at their word. */
export function calibrationCurve(yTrue: Labels, given: Vector, options: CalibrationOptions = {}): CalibrationCurve {
  refuseWeights('calibrationCurve', options, INSTEAD_OF_WEIGHTS, ['pass', 'nBins', 'strategy']);
  const { actual, probability } = truthWithProbability(yTrue, given, options);
  const { nBins = 5, strategy = 'uniform' } = options;
  if (!Number.isInteger(nBins) || nBins < 1) {
    throw new PipelineError('bad-param', `nBins must be a whole number of at least 1, but it is ${nBins}.`);
  }
  demandOneOf('strategy', strategy, ['uniform', 'quantile']);
  const sorted = Float64Array.from(probability).sort();
  const inner = Array.from({ length: nBins - 1 }, (_, k) => {
    // Rounded as numpy's linspace: a probability that lies on an edge belongs below it.
    const at = (k + 1) * (1 / nBins);
    return strategy === 'uniform' ? at : percentile(sorted, (at * 100) / 100);
  });
  const bins = Array.from({ length: nBins }, () => ({ count: 0, passes: 0, sum: 0 }));
  for (let i = 0; i < actual.length; i++) {
    const p = probability[i]!;
    const bin = bins[inner.filter((edge) => edge < p).length]!;
    bin.count++;
    bin.passes += actual[i]!;
    bin.sum += p;
  }
  const filled = bins.filter(({ count }) => count > 0);
  return {
    probTrue: filled.map(({ passes, count }) => passes / count),
    probPred: filled.map(({ sum, count }) => sum / count),
    count: filled.map(({ count }) => count),
    xLabel: 'Mean predicted probability of passing',
    yLabel: 'Share who passed',
  };
}
