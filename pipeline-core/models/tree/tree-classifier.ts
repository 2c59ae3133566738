// What all tree classifiers share once fitted: an ensemble a class (of two classes: of the second alone), whose sums are
// shares or, in boosting, scores that `link` turns into probabilities.

import type { ClassLabel } from '../../estimator/classifier.ts';
import { ClassifierModel } from '../../estimator/classifier-model.ts';
import { type FittedColumns, predictionInput } from '../../estimator/input.ts';
import { codesOfLabels } from '../../estimator/labels.ts';
import type { FitOptions, Matrix } from '../../estimator/model.ts';
import { trackProgress } from '../../estimator/progress.ts';
import { sigmoid, softmaxRows } from '../../math/links.ts';
import { impurityImportances, noImportances } from './importances.ts';
import { ensembleAnswers, type Tree, type TreeEnsemble } from './tree.ts';
import { type TreeJson, treeFromJson, treeToJson } from './tree-json.ts';

interface EnsembleJson {
  readonly base: number;
  readonly scale: number;
  readonly trees: readonly TreeJson[];
}

/** `link` identity: sums are shares; logit: they are log odds (two classes) or scores (several). */
export abstract class TreeClassifierModel<P extends object> extends ClassifierModel<P, readonly TreeEnsemble[]> {
  protected abstract readonly link: 'identity' | 'logit';

  /**
   * The trees of one class: what tree SHAP explains, in shares, or in log odds for boosting.
   * @param label default: the second of two classes, the first of several
   */
  ensembleOf(label?: ClassLabel): TreeEnsemble & FittedColumns {
    predictionInput(this.kind, [], this.known);
    const { classes } = this.known!;
    const k = codesOfLabels([label ?? classes[classes.length === 2 ? 1 : 0]!], classes)[0]!;
    const own = this.learned!;
    if (own.length > 1 || k === 1 || classes.length === 1) return { ...own[own.length > 1 ? k : 0]!, ...this.known! };
    // The first of two classes is what the second leaves.
    const second = own[0]!;
    const base = this.link === 'identity' ? 1 - second.base : -second.base;
    return { trees: second.trees, base, scale: -second.scale, ...this.known! };
  }

  /** Share of the impurity that each column takes away, adding up to 1. Throws PipelineError 'not-fitted'. */
  get featureImportances(): Float64Array {
    predictionInput(this.kind, [], this.known);
    const own = this.learned!;
    if (this.link === 'logit') noImportances(this.kind);
    const grown = own[0]!.trees.map((_, t) => own.map(({ trees }) => trees[t]!));
    const { criterion } = this.params as { readonly criterion?: string };
    const impurity = criterion === 'gini' ? 'variance' : 'entropy';
    return impurityImportances(grown, this.known!.cols, impurity, own.length === 1 && this.known!.classes.length === 2);
  }

  protected answer(learned: readonly TreeEnsemble[], x: Matrix, options?: FitOptions): Float64Array {
    const classes = this.known!.classes.length;
    const data = new Float64Array(x.rows * classes);
    const units = learned.reduce((sum, { trees }) => sum + trees.length, 0);
    const progress = trackProgress(options, units);
    let done = 0;
    learned.forEach((ensemble, c) => {
      const before = done;
      const sums = ensembleAnswers(ensemble, x, { at: (trees) => progress.at(before + trees) });
      done += ensemble.trees.length;
      const column = learned.length > 1 ? c : classes - 1;
      for (let i = 0; i < x.rows; i++) data[i * classes + column] = sums[i]!;
    });
    if (learned.length > 1) {
      if (this.link === 'logit') softmaxRows(data, classes);
    } else if (classes === 2) {
      for (let k = 0; k < data.length; k += 2) {
        if (this.link === 'logit') data[k + 1] = sigmoid(data[k + 1]!);
        data[k] = 1 - data[k + 1]!;
      }
    }
    return data;
  }

  protected save(learned: readonly TreeEnsemble[]): readonly EnsembleJson[] {
    return learned.map(({ base, scale, trees }) => ({ base, scale, trees: trees.map(treeToJson) }));
  }

  protected load(saved: unknown): readonly TreeEnsemble[] {
    return (saved as readonly EnsembleJson[]).map(({ base, scale, trees }) => ({
      base,
      scale,
      trees: trees.map(treeFromJson),
    }));
  }
}

/** What growers gave, tree after tree, as one ensemble a class. */
export function averaged(grown: readonly (readonly Tree[])[]): TreeEnsemble[] {
  return grown[0]!.map((_, c) => ({ trees: grown.map((own) => own[c]!), base: 0, scale: 1 / grown.length }));
}
