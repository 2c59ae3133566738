// Keeps the k columns that have most to do with the target, each looked at alone. After scikit-learn's SelectKBest: of equal
// scores the later column is kept, a column without a score last of all.

import { PipelineError } from '../core/errors.ts';
import type { LabelVector } from '../estimator/classifier.ts';
import type { Vector } from '../estimator/frames.ts';
import { toMatrix, toTarget } from '../estimator/input.ts';
import { classesOf, codesOfLabels, demandSeveralClasses, labelList } from '../estimator/labels.ts';
import { demandOneOf, demandWhole, resolveParams } from '../estimator/params.ts';
import {
  demandInput,
  demandStep,
  numberInput,
  orNaN,
  type StepTarget,
  type TransformerJson,
  type TransformInput,
} from '../preprocessing/transformer.ts';
import { type ChosenState, ColumnChoice } from './chosen-columns.ts';
import { type ColumnScores, chi2, fClassif, fRegression } from './column-scores.ts';

export interface SelectKBestParams {
  /** 'f_regression' for numbers; 'f_classif' or, for counts, 'chi2' for classes. */
  readonly scoreFunc: 'f_classif' | 'f_regression' | 'chi2';
  /** How many columns to keep, or 'all'. */
  readonly k: number | 'all';
}

interface State extends ChosenState, ColumnScores {}

const DEFAULTS: SelectKBestParams = { scoreFunc: 'f_classif', k: 10 };

export class SelectKBest extends ColumnChoice<State> {
  readonly kind = 'SelectKBest';
  readonly params: SelectKBestParams;

  constructor(params: Partial<SelectKBestParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    demandOneOf('scoreFunc', this.params.scoreFunc, ['f_classif', 'f_regression', 'chi2']);
    if (this.params.k !== 'all') demandWhole('k', this.params.k, 1);
  }

  /** One a column; NaN where a constant column has none. */
  get scores(): readonly number[] {
    return this.demandFitted().scores;
  }
  /** The share of columns of pure chance that would score as high. */
  get pvalues(): readonly number[] {
    return this.demandFitted().pvalues;
  }

  /** Throws PipelineError 'no-target', 'one-class', 'not-counts', 'bad-param' where k is more than there are. */
  fit(input: TransformInput, y?: StepTarget): this {
    demandInput(input, true);
    const x = toMatrix(numberInput(input));
    const { k, scoreFunc } = this.params;
    if (y === undefined) {
      const message = 'SelectKBest looks at the target: call fit(x, y), or put it into a Pipeline, which hands y on.';
      throw new PipelineError('no-target', message);
    }
    if (k !== 'all' && k > x.cols) {
      const message = `k is ${k}, but there are only ${x.cols} columns: lower it, or write 'all'.`;
      throw new PipelineError('bad-param', message, { param: 'k' });
    }
    const { scores, pvalues } =
      scoreFunc === 'f_regression' ? fRegression(x, toTarget(y as Vector, x.rows)) : this.classScores(x, y);
    const rank = (j: number): number => (Number.isNaN(scores[j]!) ? -Infinity : scores[j]!);
    const order = scores.map((_, j) => j).sort((a, b) => (rank(a) === rank(b) ? a - b : rank(a) < rank(b) ? -1 : 1));
    const kept = (k === 'all' ? order : order.slice(-k)).sort((a, b) => a - b);
    this.state = { names: x.names, kept, scores, pvalues };
    return this;
  }

  clone(): SelectKBest {
    return new SelectKBest(this.params);
  }

  toJSON(): TransformerJson {
    return { kind: this.kind, version: 1, params: { ...this.params }, state: this.state };
  }

  static fromJSON(json: TransformerJson): SelectKBest {
    demandStep(json, 'SelectKBest');
    const step = new SelectKBest(json.params);
    const state = json.state as State | null;
    if (state !== null) {
      step.state = { ...state, scores: state.scores.map(orNaN), pvalues: state.pvalues.map(orNaN) };
    }
    return step;
  }

  private classScores(x: ReturnType<typeof toMatrix>, y: StepTarget): ColumnScores {
    const labels = labelList(y as LabelVector, x.rows);
    const classes = classesOf(labels);
    demandSeveralClasses(this.kind, classes);
    const score = this.params.scoreFunc === 'chi2' ? chi2 : fClassif;
    return score(x, codesOfLabels(labels, classes), classes.length);
  }
}
