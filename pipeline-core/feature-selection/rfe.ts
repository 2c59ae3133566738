// Leaves out the least important column again and again, fitting anew each time, until so many are left (Guyon et al. 2002).
// After scikit-learn's RFE. What counts is the square of a linear model's weights (summed over classes), or
// featureImportances. Scale the columns first where the model is linear.

import { PipelineError } from '../core/errors.ts';
import type { Tunable } from '../estimator/estimator.ts';
import { toMatrix } from '../estimator/input.ts';
import type { Matrix } from '../estimator/model.ts';
import { demandNumber, describe, refuse, resolveParams } from '../estimator/params.ts';
import { square } from '../math/deterministic-math.ts';
import {
  demandInput,
  demandStep,
  numberInput,
  type StepTarget,
  type TransformerJson,
  type TransformInput,
} from '../preprocessing/transformer.ts';
import { type ChosenState, ColumnChoice, keepColumns } from './chosen-columns.ts';

/** A model that says how much each column counts: by `coef` or `featureImportances`. */
export interface Weighing extends Tunable {
  readonly kind: string;
  fit(x: Matrix, y: never): unknown;
}

export interface RFEParams {
  /** Copied for each fit. null only after loading: then fit refuses. */
  readonly estimator: Weighing | null;
  /** null: half of the columns; below 1: that share; else so many. */
  readonly nFeaturesToSelect: number | null;
  /** Columns left out at a time; below 1: that share of all. */
  readonly step: number;
}

interface State extends ChosenState {
  readonly ranking: readonly number[];
}

const DEFAULTS: RFEParams = { estimator: null, nFeaturesToSelect: null, step: 1 };

export class RFE extends ColumnChoice<State> {
  readonly kind = 'RFE';
  readonly params: RFEParams;

  /** Throws PipelineError 'bad-param'. */
  constructor(params: Partial<RFEParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    const { nFeaturesToSelect: wanted, step } = this.params;
    if (wanted !== null) {
      demandNumber('nFeaturesToSelect', wanted, 0);
      if (wanted === 0 || (wanted > 1 && !Number.isInteger(wanted))) {
        refuse('nFeaturesToSelect', wanted, 'null, a share below 1 or a whole number of columns');
      }
    }
    demandNumber('step', step, 0);
    if (step === 0 || (step > 1 && !Number.isInteger(step))) refuse('step', step, 'a share below 1 or a whole number');
  }

  /** 1 for kept columns; the larger, the earlier a column was left out. */
  get ranking(): readonly number[] {
    return this.demandFitted().ranking;
  }

  /** Throws PipelineError 'no-target', 'bad-param', 'no-importances' and as the model. */
  fit(input: TransformInput, y?: StepTarget): this {
    demandInput(input, true);
    const { estimator, nFeaturesToSelect, step } = this.params;
    if (typeof estimator?.clone !== 'function') {
      const message = `RFE needs a model that weighs columns, new RFE({ estimator: new Ridge() }), but estimator is ${describe(estimator)} (a loaded RFE selects what it chose and is not fitted again).`;
      throw new PipelineError('bad-param', message, { param: 'estimator' });
    }
    if (y === undefined) {
      const message = 'RFE fits models to the target: call fit(x, y), or put it into a Pipeline, which hands y on.';
      throw new PipelineError('no-target', message);
    }
    const x = toMatrix(numberInput(input));
    const wanted = countOf(nFeaturesToSelect, x.cols);
    const each = step < 1 ? Math.max(1, Math.floor(step * x.cols)) : step;
    const ranking = new Array<number>(x.cols).fill(1);
    let kept = ranking.map((_, j) => j);
    while (kept.length > wanted) {
      const model = estimator.clone() as Weighing;
      const part = keepColumns(x, kept);
      model.fit(part, y as never);
      const worth = worthOf(model, part.cols);
      const order = kept.map((_, k) => k).sort((a, b) => worth[a]! - worth[b]! || a - b);
      const gone = new Set(order.slice(0, Math.min(each, kept.length - wanted)).map((k) => kept[k]!));
      kept = kept.filter((j) => !gone.has(j));
      ranking.forEach((_, j) => {
        if (!kept.includes(j)) ranking[j]!++;
      });
    }
    this.state = { names: x.names, kept, ranking };
    return this;
  }

  clone(): RFE {
    const { estimator } = this.params;
    return new RFE({ ...this.params, estimator: estimator && (estimator.clone() as Weighing) });
  }

  /** What transform needs; the model stays behind. */
  toJSON(): TransformerJson {
    const { nFeaturesToSelect, step } = this.params;
    return { kind: this.kind, version: 1, params: { nFeaturesToSelect, step }, state: this.state };
  }

  static fromJSON(json: TransformerJson): RFE {
    demandStep(json, 'RFE');
    const choice = new RFE(json.params);
    choice.state = json.state as State | null;
    return choice;
  }
}

function countOf(wanted: number | null, cols: number): number {
  if (wanted === null) return Math.max(1, Math.floor(cols / 2));
  if (wanted < 1) return Math.max(1, Math.floor(wanted * cols));
  if (wanted <= cols) return wanted;
  const message = `nFeaturesToSelect is ${wanted}, but there are only ${cols} columns.`;
  throw new PipelineError('bad-param', message, { param: 'nFeaturesToSelect' });
}

function worthOf(model: Weighing, cols: number): Float64Array {
  const { coef } = model as { readonly coef?: Float64Array | readonly Float64Array[] | null };
  if (coef !== undefined && coef !== null) {
    const lists = coef instanceof Float64Array ? [coef] : coef;
    return Float64Array.from({ length: cols }, (_, j) => lists.reduce((sum, own) => sum + square(own[j]!), 0));
  }
  const { featureImportances } = model as { readonly featureImportances?: Float64Array };
  if (featureImportances !== undefined) return featureImportances;
  const message = `RFE needs a model that weighs columns (Ridge, LogisticRegression, a tree or forest), but ${model.kind} has neither coef nor featureImportances.`;
  throw new PipelineError('no-importances', message, { kind: model.kind });
}
