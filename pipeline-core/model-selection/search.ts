// The machine's score to beat: tries the written list of recipes from cheap to dear while its time lasts.
// Invariant: no clock of its own; `now` is given. The order and the folds never depend on time, only how far it gets; with
// a budget of evaluations not even that.

import { RECIPES, type Recipe } from '../compose/baseline-models.ts';
import { PipelineError } from '../core/errors.ts';
import type { Predictions } from '../core/report.ts';
import type { Vector } from '../estimator/frames.ts';
import { toMatrix, toTarget } from '../estimator/input.ts';
import type { MatrixLike } from '../estimator/model.ts';
import { demandFunction, demandKnown } from '../estimator/params.ts';
import { rmse } from '../metrics/metrics.ts';
import { type CrossValidation, crossValidate } from './cross-validate.ts';
import { spreadOf } from './fold-scores.ts';

export interface SearchJob {
  readonly x: MatrixLike;
  readonly y: Vector;
  /** How many models may be fitted, one a fold: what a stage gives, for its clock is stopped. The first recipe always is. */
  readonly evaluations?: number;
  /** Milliseconds, by `now`. The first recipe is always finished; one under way at the end is given up. */
  readonly budgetMs?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Default 5. */
  readonly folds?: number;
  /** A clock in milliseconds, such as performance.now; needed with `budgetMs`. */
  readonly now?: () => number;
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
  /** Models fitted. */
  readonly evaluations: number;
  /** In the order tried. */
  readonly results: readonly SearchResult[];
  /** Names of recipes that the budget did not reach. */
  readonly left: readonly string[];
  readonly ms: number;
}

/** Throws PipelineError 'bad-param', what the inputs are refused for, or 'stopped' if stopped before the first result. */
export function search(job: SearchJob): SearchReport {
  const options = ['evaluations', 'budgetMs', 'seed', 'folds', 'now', 'onResult', 'shouldStop', 'recipes'];
  demandKnown('search', job, ['x', 'y', ...options]);
  const { seed = 0, folds = 5, recipes = RECIPES } = job;
  const { budgetMs, evaluations, now } = budgetOf(job);
  if (recipes.length === 0) throw new PipelineError('bad-param', 'There is no recipe to try.');
  const x = toMatrix(job.x);
  const y = toTarget(job.y, x.rows);
  const began = now();
  const results: SearchResult[] = [];
  let fitted = 0;
  const over = (): boolean => results.length > 0 && now() - began >= budgetMs;
  for (const recipe of recipes) {
    const members = recipe.parts?.map((part) => results.find((one) => one.recipe === part));
    // The mean of models that were scored already costs nothing more.
    const known = members?.every((one) => one !== undefined) === true ? members : undefined;
    const cost = known === undefined ? folds * Math.max(1, recipe.parts?.length ?? 1) : 0;
    if (over() || (results.length > 0 && fitted + cost > evaluations)) break;
    const start = now();
    const shouldStop = (): boolean => over() || job.shouldStop?.() === true;
    try {
      const build = () => recipe.build(seed);
      const { name, sentence } = recipe;
      const { predictions, ...scores } =
        known === undefined ? scored(crossValidate({ build, x, y, folds, seed, shouldStop })) : meanOfResults(known);
      fitted += cost;
      const result = { recipe: name, sentence, ...scores, ms: now() - start, predictions };
      results.push(result);
      job.onResult?.(result);
    } catch (error) {
      if (!(error instanceof PipelineError) || error.code !== 'stopped' || results.length === 0) throw error;
      break;
    }
  }
  const best = results.reduce((least, result) => (result.rmse < least.rmse ? result : least));
  return {
    best,
    evaluations: fitted,
    results,
    left: recipes.slice(results.length).map(({ name }) => name),
    ms: now() - began,
  };
}

/** Of time, of evaluations, or of both. Throws PipelineError 'bad-param'. */
function budgetOf({ budgetMs, evaluations, now }: SearchJob): {
  readonly budgetMs: number;
  readonly evaluations: number;
  readonly now: () => number;
} {
  for (const [name, value] of Object.entries({ budgetMs, evaluations })) {
    if (value === undefined || value > 0) continue;
    throw new PipelineError('bad-param', `${name} must be a number above 0, but it is ${value}.`, { [name]: value });
  }
  if (budgetMs === undefined && evaluations === undefined) {
    throw new PipelineError('bad-param', 'A search needs a budget: evaluations: 50, or budgetMs with now.');
  }
  if (budgetMs !== undefined) demandFunction('now', now, '() => performance.now()');
  return {
    budgetMs: budgetMs ?? Number.POSITIVE_INFINITY,
    evaluations: evaluations ?? Number.POSITIVE_INFINITY,
    now: now ?? (() => 0),
  };
}

type Scored = Pick<SearchResult, 'rmse' | 'spread' | 'predictions'>;

const scored = ({ pooled, spread, predictions }: CrossValidation): Scored => ({
  rmse: pooled['rmse']!,
  spread: spread['rmse']!,
  predictions,
});

/** The same folds and seeds: what their mean answers is the mean of what they answered. */
function meanOfResults(members: readonly (SearchResult | undefined)[]): Scored {
  const parts = members.filter((one) => one !== undefined).map(({ predictions }) => predictions);
  const { row, fold, actual } = parts[0]!;
  const predicted = actual.map((_, i) => parts.reduce((sum, part) => sum + part.predicted[i]!, 0) / parts.length);
  const ofFold = (wanted: number) => {
    const own = fold.flatMap((one, i) => (one === wanted ? [i] : []));
    return rmse(
      own.map((i) => actual[i]!),
      own.map((i) => predicted[i]!),
    );
  };
  const spread = spreadOf([...new Set(fold)].sort((a, b) => a - b).map(ofFold));
  return { rmse: rmse(actual, predicted), spread, predictions: { row, fold, actual, predicted } };
}
