// Progress and stopping for long fits. The library has no clock, so progress is reported at each twentieth of the work,
// and the wish to stop is asked after each unit (a tree, an iteration, a fold).

import { PipelineError } from '../core/errors.ts';
import type { FitOptions } from './model.ts';

export interface Progress {
  /** Throws PipelineError 'stopped' when asked to. @param done units finished so far */
  at(done: number): void;
}

/** @param units how many units of work there are in all (may be a fraction of what `at` counts) */
export function trackProgress(options: FitOptions | undefined, units: number): Progress {
  const step = units / 20;
  let next = step;
  return {
    at(done) {
      if (options?.shouldStop?.() === true) throw new PipelineError('stopped', 'The work was stopped before its end.');
      if (done >= next || done >= units) {
        next = done + step;
        options?.onProgress?.(Math.min(1, done / units));
      }
    },
  };
}

/** Options for part `index` of `count` equal parts of a longer fit. */
export function partOfProgress(options: FitOptions | undefined, index: number, count: number): FitOptions {
  const { onProgress, shouldStop } = options ?? {};
  return {
    ...(shouldStop === undefined ? {} : { shouldStop }),
    ...(onProgress === undefined ? {} : { onProgress: (share: number) => onProgress((index + share) / count) }),
  };
}

/** Options that pass on only shares larger than all before, so that parts and wholes may both tell them. */
export function risingProgress(options: FitOptions | undefined): FitOptions {
  const { onProgress, shouldStop } = options ?? {};
  let reported = 0;
  return {
    ...(shouldStop === undefined ? {} : { shouldStop }),
    ...(onProgress === undefined
      ? {}
      : {
          onProgress: (share: number) => {
            if (share > reported) onProgress(share);
            reported = Math.max(reported, share);
          },
        }),
  };
}
