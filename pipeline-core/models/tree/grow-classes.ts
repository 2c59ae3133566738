// Grows one tree that tells classes apart, as one tree of shares a class: they differ in the answers of leaves alone.
// Of two classes by gini that is the regression tree of 0 and 1: its squared error is half the gini impurity.

import { createClassScan } from './class-split.ts';
import type { Codes } from './codes.ts';
import { createGrower, type GrowJob, type ScanMaker } from './grow.ts';
import type { GrowParams } from './node-rules.ts';
import type { Tree } from './tree.ts';

export type Criterion = 'gini' | 'entropy' | 'log_loss';

export interface ClassTarget {
  readonly classes: number;
  /** One a row. */
  readonly codes: Int32Array;
  readonly criterion: Criterion;
}

/** One tree of the second class's share where there are two classes, else one a class. */
export function createClassGrower(
  columns: Codes,
  params: GrowParams,
  target: ClassTarget,
): (job: Omit<GrowJob, 'y'>) => Tree[] {
  const { classes, codes } = target;
  const y = Float64Array.from(codes);
  if (target.criterion === 'gini' && classes === 2) {
    const grow = createGrower(columns, { ...params, minImpurityDecrease: params.minImpurityDecrease / 2 });
    return (job) => [grow({ ...job, y })];
  }
  const criterion = target.criterion === 'gini' ? 'gini' : 'entropy';
  const shares: number[] = [];
  const makeScan: ScanMaker = (...args) => createClassScan({ classes, criterion, shares }, codes, ...args);
  const grow = createGrower(columns, params, makeScan);
  return (job) => {
    shares.length = 0;
    const { feature, at, right, cover } = grow({ ...job, y });
    const treeOf = (c: number): Tree => ({
      feature,
      at: at.map((value, k) => (feature[k]! < 0 ? shares[value * classes + c]! : value)),
      right,
      cover,
    });
    if (classes === 2) return [treeOf(1)];
    return Array.from({ length: classes }, (_, c) => treeOf(c));
  };
}
