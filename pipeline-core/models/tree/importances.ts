// How much of the impurity each column takes away, over all of its splits (Breiman et al., CART, 1984; scikit-learn's
// feature_importances_): worked out of the leaves, which hold all that is needed. Shares, adding up to 1; all 0 where
// nothing was split. Columns of many values look better than they are: permutationImportance asks unseen rows instead.

import { PipelineError } from '../../core/errors.ts';
import { log } from '../../math/deterministic-math.ts';
import type { Tree } from './tree.ts';

/** 'variance' also serves gini, whose decrease is that of the variances of all classes' shares. */
export type Impurity = 'variance' | 'entropy';

/**
 * @param grown one entry a tree grown: itself, or of classes one tree of shares a class, alike but for their leaves
 * @param both whether the only tree of an entry holds the share of the second of two classes
 */
export function impurityImportances(
  grown: readonly (readonly Tree[])[],
  cols: number,
  impurity: Impurity,
  both: boolean,
): Float64Array {
  const total = new Float64Array(cols);
  for (const trees of grown) {
    const own = new Float64Array(cols);
    for (const tree of trees) addDecreases(tree, own, impurity, both);
    const sum = own.reduce((all, value) => all + value, 0);
    if (sum > 0) for (let j = 0; j < cols; j++) total[j]! += own[j]! / sum;
  }
  const sum = total.reduce((all, value) => all + value, 0);
  return sum > 0 ? total.map((value) => value / sum) : total;
}

function addDecreases(tree: Tree, into: Float64Array, impurity: Impurity, both: boolean): void {
  const { feature, at, right, cover } = tree;
  const mean = new Float64Array(feature.length);
  // Children come after their parent, so that from the end all of a node's are known.
  for (let k = feature.length - 1; k >= 0; k--) {
    if (feature[k]! < 0) {
      mean[k] = at[k]!;
      continue;
    }
    const [l, r] = [k + 1, right[k]!];
    const [wl, wr] = [cover[l]!, cover[r]!];
    mean[k] = mean[l]! + (wr / (wl + wr)) * (mean[r]! - mean[l]!);
    const gap = mean[r]! - mean[l]!;
    const decrease =
      impurity === 'variance'
        ? ((wl * wr) / (wl + wr)) * gap * gap
        : wl * certainty(mean[l]!, both) + wr * certainty(mean[r]!, both) - (wl + wr) * certainty(mean[k]!, both);
    into[feature[k]!]! += Math.max(0, decrease);
  }
}

function certainty(share: number, both: boolean): number {
  return times(share) + (both ? times(1 - share) : 0);
}

function times(share: number): number {
  return share > 0 ? share * log(share) : 0;
}

/** What boosting answers: it keeps no impurities, as in scikit-learn. */
export function noImportances(kind: string): never {
  const message = `${kind} has no featureImportances, as in scikit-learn: ask permutationImportance({ model, x, y }) about rows it has not seen.`;
  throw new PipelineError('no-importances', message, { kind });
}
