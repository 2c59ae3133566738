// Weights of rows: how much each counts. A model either takes them or says that it does not.

import { PipelineError } from '../core/errors.ts';
import { vectorOf } from './frames.ts';
import type { FitOptions } from './model.ts';

/** The weights given with a fit; null where all rows count alike. Throws PipelineError 'bad-weights', 'length-mismatch'. */
export function weightsOf(options: FitOptions | undefined, rows: number): Float64Array | null {
  const given = options?.sampleWeight;
  if (given === undefined) return null;
  const list = vectorOf(given);
  if (list.length !== rows) {
    const message = `There are ${rows} rows but ${list.length} sample weights: they must be as many.`;
    throw new PipelineError('length-mismatch', message, { rows, weights: list.length });
  }
  const weight = Float64Array.from(list);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const value = weight[i]!;
    if (typeof list[i] !== 'number' || !(value >= 0 && value < Infinity)) {
      const message = `The sample weight of row ${i + 1} is ${String(list[i])}: a weight must be a number of at least 0.`;
      throw new PipelineError('bad-weights', message, { row: i + 1 });
    }
    total += value;
  }
  if (total > 0) return weight;
  throw new PipelineError('bad-weights', 'All sample weights are 0: at least one row must count.');
}

/** Throws PipelineError 'no-weights': passed over without a word, weights would only seem to count. */
export function refuseWeights(kind: string, options: object | undefined, instead: string): void {
  if ((options as FitOptions | undefined)?.sampleWeight === undefined) return;
  throw new PipelineError('no-weights', `${kind} takes no sampleWeight: ${instead}.`, { kind });
}
