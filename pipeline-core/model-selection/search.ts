// The machine's score to beat: tries the written list of recipes from cheap to dear while its time lasts.
// Invariant: no clock of its own; `now` is given. The order and the folds never depend on time, only how far it gets.

import { RECIPES, type Recipe } from '../compose/baseline-models.ts';
import { PipelineError } from '../core/errors.ts';
import type { Predictions } from '../core/report.ts';
import type { Vector } from '../estimator/frames.ts';
import { toMatrix, toTarget } from '../estimator/input.ts';
import type { MatrixLike } from '../estimator/model.ts';
import { demandFunction, demandKnown } from '../estimator/params.ts';
import { crossValidate } from './cross-validate.ts';

export interface SearchJob {
  readonly x: MatrixLike;
  readonly y: Vector;
  /** Milliseconds. The first recipe is always finished; one under way at the end is given up. */
  readonly budgetMs: number;
  /** Default 0. */
  readonly seed?: number;
  /** Default 5. */
  readonly folds?: number;
  /** A clock in milliseconds, such as performance.now. */
  readonly now: () => number;
  /** Called for each recipe as it is done. */
  readonly onResult?: (result: SearchResult) => void;
  /** Asked between units of work; true ends the search with what it has. */
  readonly shouldStop?: () => boolean;
  /** Default the written list. */
  readonly recipes?: readonly Recipe[];
}

export interface SearchResult {
  readonly recipe: string;
  readonly sentence: string;
  /** RMSE over all out-of-fold predictions, in the target's unit. */
  readonly rmse: number;
  /** Standard deviation of the folds' RMSE. */
  readonly spread: number;
  readonly ms: number;
  /** Out-of-fold, for compareRuns. */
  readonly predictions: Predictions;
}

export interface SearchReport {
  /** Lowest rmse; the cheaper one of equals. */
  readonly best: SearchResult;
  /** In the order tried. */
  readonly results: readonly SearchResult[];
  /** Names of recipes that time did not reach. */
  readonly left: readonly string[];
  readonly ms: number;
}

/** Throws PipelineError 'bad-param', what the inputs are refused for, or 'stopped' if stopped before the first result. */
export function search(job: SearchJob): SearchReport {
  const options = ['budgetMs', 'seed', 'folds', 'now', 'onResult', 'shouldStop', 'recipes'];
  demandKnown('search', job, ['x', 'y', ...options]);
  const { budgetMs, seed = 0, folds = 5, now, recipes = RECIPES } = job;
  demandFunction('now', now, '() => performance.now()');
  if (!(budgetMs > 0)) {
    throw new PipelineError('bad-param', `budgetMs must be a number above 0, but it is ${budgetMs}.`, { budgetMs });
  }
  if (recipes.length === 0) throw new PipelineError('bad-param', 'There is no recipe to try.');
  const x = toMatrix(job.x);
  const y = toTarget(job.y, x.rows);
  const began = now();
  const results: SearchResult[] = [];
  const over = (): boolean => results.length > 0 && now() - began >= budgetMs;
  for (const recipe of recipes) {
    if (over()) break;
    const start = now();
    const shouldStop = (): boolean => over() || job.shouldStop?.() === true;
    try {
      const build = () => recipe.build(seed);
      const { pooled, spread, predictions } = crossValidate({ build, x, y, folds, seed, shouldStop });
      const { name, sentence } = recipe;
      const scores = { rmse: pooled['rmse']!, spread: spread['rmse']! };
      const result = { recipe: name, sentence, ...scores, ms: now() - start, predictions };
      results.push(result);
      job.onResult?.(result);
    } catch (error) {
      if (!(error instanceof PipelineError) || error.code !== 'stopped' || results.length === 0) throw error;
      break;
    }
  }
  const best = results.reduce((least, result) => (result.rmse < least.rmse ? result : least));
  return { best, results, left: recipes.slice(results.length).map(({ name }) => name), ms: now() - began };
}
