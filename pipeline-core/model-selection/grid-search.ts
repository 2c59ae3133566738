// Tries parameters by cross-validation and fits the best on all rows. After scikit-learn's GridSearchCV and
// RandomizedSearchCV; of equal scores the first tried wins. What is saved is the best model itself.
// Cost: one fit a fold and candidate, and one more.

import { PipelineError } from '../core/errors.ts';
import type { Classifier, ClassLabel, LabelVector, ProbabilityRow } from '../estimator/classifier.ts';
import { isClassifier } from '../estimator/classifier.ts';
import { Estimator, type Part, type Tunable } from '../estimator/estimator.ts';
import type { Vector } from '../estimator/frames.ts';
import type { FitOptions, Matrix, ModelJson } from '../estimator/model.ts';
import { demandBoolean, demandOneOf, demandWhole, describe, refuse, resolveParams } from '../estimator/params.ts';
import { partOfProgress, risingProgress } from '../estimator/progress.ts';
import type { Split } from '../estimator/split.ts';
import { weightsOf } from '../estimator/weights.ts';
import { square } from '../math/deterministic-math.ts';
import { foldsFor } from './cross-val-score.ts';
import { meanOf, type Rows } from './fold-scores.ts';
import { type Distributions, drawnCandidates, type Grid, gridCandidates } from './param-candidates.ts';
import { type Scored, type Scoring, scorerOf } from './scoring.ts';

type Candidate = Readonly<Record<string, unknown>>;

/** What is searched: a model or Pipeline with `setParams`. */
export interface Searched extends Tunable {
  clone(): Searched;
  fit(x: never, y: never, options?: FitOptions): unknown;
  predict(x: never, options?: FitOptions): unknown;
  score(x: never, y: never): number;
  toJSON(): ModelJson;
}

export interface SearchParams {
  /** Left as it is; copies of it are fitted. */
  readonly estimator: Searched;
  /** null: the model's own score; else a name of scikit-learn's, or a function: higher is better. */
  readonly scoring: Scoring<Rows>;
  /** Folds of neighbouring rows (of classes: stratified), or splits. */
  readonly cv: number | readonly Split[];
  /** Whether the best is fitted on all rows at the end; without it there is no predict. */
  readonly refit: boolean;
}

export interface CandidateResult {
  readonly params: Candidate;
  readonly meanTestScore: number;
  /** Standard deviation over the folds (n). */
  readonly stdTestScore: number;
  /** 1 for the best; equals share the smallest. */
  readonly rankTestScore: number;
  readonly splitTestScores: readonly number[];
}

abstract class Search<P extends SearchParams> extends Estimator<P> {
  private results: readonly CandidateResult[] | null = null;
  private best: Searched | null = null;

  protected abstract candidates(): readonly Candidate[];

  /** The model whose kind of answers this one gives: classes or numbers. */
  get searched(): object {
    return this.params.estimator;
  }

  protected override parts(): readonly Part[] {
    return [['estimator', this.params.estimator]];
  }

  /** In the order tried. Throws PipelineError 'not-fitted'. */
  get cvResults(): readonly CandidateResult[] {
    if (this.results !== null) return this.results;
    const message = `This ${this.kind} has not been fitted yet: call fit(x, y) first.`;
    throw new PipelineError('not-fitted', message, { kind: this.kind });
  }
  get bestIndex(): number {
    const scores = this.cvResults.map(({ meanTestScore }) => meanTestScore);
    return scores.indexOf(Math.max(...scores));
  }
  get bestParams(): Candidate {
    return this.cvResults[this.bestIndex]!.params;
  }
  /** Mean over the folds, higher is better. */
  get bestScore(): number {
    return this.cvResults[this.bestIndex]!.meanTestScore;
  }
  /** Fitted on all rows. Throws PipelineError 'not-fitted', also where refit is false. */
  get bestEstimator(): Searched {
    if (this.best !== null) return this.best;
    const hint = this.results === null ? 'call fit(x, y) first' : 'it was made with refit: false';
    throw new PipelineError('not-fitted', `This ${this.kind} has no fitted model: ${hint}.`, { kind: this.kind });
  }
  /** Of a classifier: sorted. */
  get classes(): readonly ClassLabel[] {
    return this.classifier().classes;
  }

  /** Progress and stopping between fits and inside them; weights go to the fits. Throws as the model's fit, 'unknown-param'. */
  fit(x: Rows, y: Vector | LabelVector, options?: FitOptions): this {
    const { estimator, cv, scoring, refit } = this.params;
    const { splits, take, labels } = foldsFor(estimator, x, y, cv);
    const score = scorerOf(scoring, estimator);
    const weight = weightsOf(options, labels.length);
    const progress = risingProgress(options);
    const tried = this.candidates();
    const units = tried.length * splits.length + (refit ? 1 : 0);
    let done = 0;
    const fitted = (params: Candidate, rows: Int32Array): Searched => {
      const model = copyWith(estimator, params);
      const part = partOfProgress(progress, done, units);
      const own = weight && Float64Array.from(rows, (i) => weight[i]!);
      model.fit(take(rows) as never, labelsOf(labels, rows), own === null ? part : { ...part, sampleWeight: own });
      done++;
      progress.onProgress?.(done / units);
      if (progress.shouldStop?.() === true) throw new PipelineError('stopped', 'The work was stopped before its end.');
      return model;
    };
    const scores = tried.map((params) =>
      splits.map(({ train, test }) => {
        const value = score(fitted(params, train) as unknown as Scored<Rows>, take(test), labelsOf(labels, test));
        if (!Number.isNaN(value)) return value;
        throw new PipelineError('not-finite', `The score of ${JSON.stringify(params)} is not a number.`);
      }),
    );
    const means = scores.map(meanOf);
    this.results = tried.map((params, k) => ({
      params,
      meanTestScore: means[k]!,
      stdTestScore: Math.sqrt(meanOf(scores[k]!.map((value) => square(value - means[k]!)))),
      rankTestScore: 1 + means.filter((mean) => mean > means[k]!).length,
      splitTestScores: scores[k]!,
    }));
    const all = Int32Array.from(labels, (_, i) => i);
    this.best = refit ? fitted(this.bestParams, all) : null;
    return this;
  }

  predict(x: Rows, options?: FitOptions): unknown {
    return this.bestEstimator.predict(x as never, options);
  }

  /** Of a classifier. */
  predictProba(x: Rows, options?: FitOptions): ProbabilityRow[] {
    return this.classifier().predictProba(x as never, options);
  }

  /** Of a classifier. */
  probabilities(x: Rows, options?: FitOptions): Matrix {
    return this.classifier().probabilities(x as never, options);
  }

  /** By `scoring`, of the best model. */
  score(x: Rows, y: Vector | LabelVector): number {
    return scorerOf(this.params.scoring, this.params.estimator)(this.bestEstimator as unknown as Scored<Rows>, x, y);
  }

  /** The best model's: load it with regressorFromJSON or classifierFromJSON. */
  toJSON(): ModelJson {
    return this.bestEstimator.toJSON();
  }

  private classifier(): Classifier {
    const best = this.bestEstimator as object;
    if (isClassifier(best)) return best;
    const message = `This ${this.kind} searches a model of numbers: only classifiers have classes and probabilities.`;
    throw new PipelineError('not-a-classifier', message, { kind: this.kind });
  }
}

export interface GridSearchParams extends SearchParams {
  /** Lists of values by name (`ridge__alpha` inside a Pipeline): all combinations; or several such grids. */
  readonly paramGrid: Grid | readonly Grid[];
}

/** All combinations of the given values. */
export class GridSearchCV extends Search<GridSearchParams> {
  readonly kind = 'GridSearchCV';
  readonly params: GridSearchParams;

  /** Throws PipelineError 'bad-param', 'unknown-param'. */
  constructor(params: Pick<GridSearchParams, 'estimator' | 'paramGrid'> & Partial<SearchParams>) {
    super();
    const defaults = { estimator: null as never, paramGrid: {}, scoring: null, cv: 5, refit: true };
    this.params = resolveParams<GridSearchParams>(this.kind, defaults, params);
    checkSearch(this.kind, this.params);
    for (const candidate of this.candidates()) copyWith(this.params.estimator, candidate);
  }

  protected candidates(): readonly Candidate[] {
    return gridCandidates(this.params.paramGrid);
  }
}

export interface RandomizedSearchParams extends SearchParams {
  /** By name: a list to draw from, `{ low, high, log?, whole? }`, or a function of a random share 0..1. */
  readonly paramDistributions: Distributions;
  /** Candidates drawn; of lists alone none twice. */
  readonly nIter: number;
  readonly randomState: number;
}

/** So many combinations, drawn. */
export class RandomizedSearchCV extends Search<RandomizedSearchParams> {
  readonly kind = 'RandomizedSearchCV';
  readonly params: RandomizedSearchParams;

  constructor(
    params: Pick<RandomizedSearchParams, 'estimator' | 'paramDistributions'> & Partial<RandomizedSearchParams>,
  ) {
    super();
    const own = { paramDistributions: {}, nIter: 10, randomState: 0 };
    const defaults = { estimator: null as never, scoring: null, cv: 5, refit: true, ...own };
    this.params = resolveParams<RandomizedSearchParams>(this.kind, defaults, params);
    checkSearch(this.kind, this.params);
    demandWhole('nIter', this.params.nIter, 1);
    demandWhole('randomState', this.params.randomState, 0);
    for (const candidate of this.candidates()) copyWith(this.params.estimator, candidate);
  }

  protected candidates(): readonly Candidate[] {
    const { paramDistributions, nIter, randomState } = this.params;
    return drawnCandidates(paramDistributions, nIter, randomState);
  }
}

function checkSearch(kind: string, { estimator, cv, refit, scoring }: SearchParams): void {
  if (typeof (estimator as Partial<Searched> | null)?.setParams !== 'function') {
    refuse('estimator', describe(estimator), `a model, new ${kind}({ estimator: new Ridge(), ... })`);
  }
  if (typeof cv === 'number') demandWhole('cv', cv, 2);
  else if (!Array.isArray(cv)) demandOneOf('cv', cv, ['a number of folds', 'a list of splits']);
  demandBoolean('refit', refit);
  scorerOf(scoring, estimator);
}

function copyWith(estimator: Searched, params: Candidate): Searched {
  return estimator.clone().setParams(params);
}

function labelsOf(labels: readonly ClassLabel[], rows: Int32Array): never {
  return Array.from(rows, (row) => labels[row]!) as never;
}
