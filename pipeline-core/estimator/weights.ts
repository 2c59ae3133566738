// Weights of rows: how much each counts. A model either takes them or says that it does not.

import { PipelineError } from '../core/errors.ts';
import { vectorOf } from './frames.ts';
import type { FitOptions } from './model.ts';
import { demandKnown } from './params.ts';

const OF_FIT = ['sampleWeight', 'onProgress', 'shouldStop'] as const;

/**
 * The weights given with a fit; null where all rows count alike. `sample_weight` would be passed over without a word.
 * @param measure takes them in place of a fit
 * Throws PipelineError 'bad-weights', 'length-mismatch', 'unknown-param', 'bad-param' where the options are no object.
 */
export function weightsOf(options: FitOptions | null | undefined, rows: number, measure?: string): Float64Array | null {
  if (options === undefined || options === null) return null;
  demandKnown(measure ?? 'fit', options, measure === undefined ? OF_FIT : OF_FIT.slice(0, 1));
  const given = options.sampleWeight ?? null;
  if (given === null) return null;
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

/**
 * Passed over without a word, weights would only seem to count.
 * @param names what it takes; default: what a fit does
 * Throws PipelineError 'no-weights', 'unknown-param', 'bad-param' where the options are no object.
 */
export function refuseWeights(
  kind: string,
  options: object | null | undefined,
  instead: string,
  names: readonly string[] = OF_FIT.slice(1),
): void {
  if (options === undefined || options === null) return;
  const { sampleWeight, ...others } = options as FitOptions;
  if ((sampleWeight ?? null) !== null)
    throw new PipelineError('no-weights', `${kind} takes no sampleWeight: ${instead}.`, { kind });
  demandKnown(kind, Array.isArray(options) ? options : others, names);
}
