// What all tree models share once fitted: an ensemble of trees, its answers, and its saved form.

import type { Vector } from '../../estimator/frames.ts';
import { type ColumnLevels, demandKind, type FittedColumns, predictionInput } from '../../estimator/input.ts';
import type { FitOptions, Matrix, MatrixLike, ModelJson, Regressor } from '../../estimator/model.ts';
import { trackProgress } from '../../estimator/progress.ts';
import { RegressorModel } from '../../estimator/regressor-model.ts';
import { impurityImportances } from './importances.ts';
import { ensembleAnswers, type TreeEnsemble } from './tree.ts';
import { type TreeJson, treeFromJson, treeToJson } from './tree-json.ts';

/** A regressor made of trees: what tree SHAP can explain. */
export interface TreeRegressor extends Regressor {
  /** The fitted trees; throws PipelineError 'not-fitted' before `fit`. */
  ensemble(): TreeEnsemble & FittedColumns;
  /** Rows as the trees see them: categories as codes. */
  inputOf(x: MatrixLike): Matrix;
}

interface EnsembleJson {
  readonly cols: number;
  readonly base: number;
  readonly scale: number;
  readonly trees: readonly TreeJson[];
  readonly levels?: ColumnLevels;
}

/** Base of the tree models; `fit` of each calls `settle`. */
export abstract class TreeModel<P extends object> extends RegressorModel<P> implements TreeRegressor {
  private fitted: (TreeEnsemble & FittedColumns) | null = null;

  abstract override fit(x: MatrixLike, y: Vector, options?: FitOptions): this;

  predict(x: MatrixLike, options?: FitOptions): Float64Array {
    const matrix = this.inputOf(x);
    return this.answerOf(ensembleAnswers(this.fitted!, matrix, trackProgress(options, this.fitted!.trees.length)));
  }

  inputOf(x: MatrixLike): Matrix {
    return predictionInput(this.kind, x, this.fitted);
  }

  /** From the sums of the trees to answers: a model of another scale says how. */
  protected answerOf(sums: Float64Array): Float64Array {
    return sums;
  }

  ensemble(): TreeEnsemble & FittedColumns {
    predictionInput(this.kind, [], this.fitted);
    return this.fitted!;
  }

  /** Share of the impurity that each column takes away, adding up to 1. Throws PipelineError 'not-fitted'. */
  get featureImportances(): Float64Array {
    const { trees, cols } = this.ensemble();
    return impurityImportances(
      trees.map((tree) => [tree]),
      cols,
      'variance',
      false,
    );
  }

  toJSON(): ModelJson {
    const fitted = this.fitted;
    const state: EnsembleJson | null = fitted && {
      cols: fitted.cols,
      base: fitted.base,
      scale: fitted.scale,
      trees: fitted.trees.map(treeToJson),
      ...(fitted.levels ? { levels: fitted.levels } : {}),
    };
    const params = { ...this.params } as Record<string, unknown>;
    return { kind: this.kind, version: 1, params, names: fitted?.names ?? [], state };
  }

  /** Takes over what `toJSON` saved. Throws PipelineError 'bad-model'. */
  protected restore(json: ModelJson): this {
    demandKind(json, this.kind);
    const state = json.state as EnsembleJson | null;
    if (state !== null) this.fitted = { ...state, names: json.names, trees: state.trees.map(treeFromJson) };
    return this;
  }

  /** null before `fit`. */
  protected get columns(): FittedColumns | null {
    return this.fitted;
  }

  protected settle(x: Matrix, ensemble: TreeEnsemble, levels: ColumnLevels | null = null): this {
    this.fitted = { ...ensemble, cols: x.cols, names: x.names, levels };
    return this;
  }
}
