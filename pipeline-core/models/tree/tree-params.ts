// Parameters that decision tree, random forest and extra trees share, in scikit-learn's words.

import { demandNumber, demandWhole, demandWholeOrNull, refuse } from '../../estimator/params.ts';

/**
 * Columns drawn at a node: null or 1 all, a fraction below 1 that share of them, 'sqrt' or 'log2' of their number, a whole
 * number from 2 that many. (JavaScript cannot tell 1 from 1.0: one single column is `1 / cols`.)
 */
export type MaxFeatures = number | 'sqrt' | 'log2' | null;

export interface TreeParams {
  /** null: no limit. */
  readonly maxDepth: number | null;
  /** Fewer rows than this are not split further. */
  readonly minSamplesSplit: number;
  /** Each side of a split keeps at least this many rows. */
  readonly minSamplesLeaf: number;
  readonly maxFeatures: MaxFeatures;
  /** null: no limit. Else the tree grows where it gains most, up to this many leaves. */
  readonly maxLeafNodes: number | null;
  /** A split must lower the mean squared error over all rows by at least this much, in squared target units. */
  readonly minImpurityDecrease: number;
  /** Seed: the same number gives the same model to the last bit. */
  readonly randomState: number;
}

/** Throws PipelineError 'bad-param'. */
export function checkTreeParams(params: TreeParams): void {
  demandWholeOrNull('maxDepth', params.maxDepth, 1);
  demandWhole('minSamplesSplit', params.minSamplesSplit, 2);
  demandWhole('minSamplesLeaf', params.minSamplesLeaf, 1);
  demandWholeOrNull('maxLeafNodes', params.maxLeafNodes, 2);
  demandNumber('minImpurityDecrease', params.minImpurityDecrease, 0);
  demandWhole('randomState', params.randomState, 0);
  const { maxFeatures } = params;
  if (maxFeatures === null || maxFeatures === 'sqrt' || maxFeatures === 'log2') return;
  const expected = "'sqrt', 'log2', null (all), a fraction up to 1 or a whole number of columns";
  if (typeof maxFeatures !== 'number' || maxFeatures <= 0) refuse('maxFeatures', maxFeatures, expected);
  if (maxFeatures > 1 && !Number.isInteger(maxFeatures)) refuse('maxFeatures', maxFeatures, expected);
  demandNumber('maxFeatures', maxFeatures, 0);
}

/** How many of `cols` columns that is, at least 1 and at most all. */
export function featureCount(maxFeatures: MaxFeatures, cols: number): number {
  if (maxFeatures === null) return cols;
  if (maxFeatures === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(cols)));
  if (maxFeatures === 'log2') return Math.max(1, 31 - Math.clz32(cols));
  if (maxFeatures <= 1) return Math.max(1, Math.floor(maxFeatures * cols));
  return Math.min(cols, maxFeatures);
}
