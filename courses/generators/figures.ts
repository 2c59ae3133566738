// The fitted figures of the synthetic table, made ready for drawing: trees over codes in flat arrays.
// Source: fitted to the UCI Student Performance table (Portuguese; P. Cortez 2014, CC BY 4.0); every leaf stands for at
// least 20 students, so no figure speaks of one person.
import { PipelineError } from '#pipeline-core/core/errors.ts';
import params from './figures.json' with { type: 'json' };

type Value = number | string;
/** Inner: go to `a` if the column is at most `le` or is not the level `is`, else to `b`. Leaf: values and counts. */
export type FigureNode =
  | { readonly c: string; readonly le?: number; readonly is?: string; readonly a: number; readonly b: number }
  | { readonly v: readonly Value[]; readonly n: readonly number[] };

/** How a grade follows from the one before. */
export interface StepFigures {
  /** Weights of the standardised level codes (and, for G3, of (G2 - G1) / 2). */
  readonly b: readonly number[];
  readonly mu: number;
  readonly sd: number;
  /** How much the score, rather than chance, decides the rank inside a band. */
  readonly rho: number;
  /** Band of the grade before -> step -> share. */
  readonly pmf: readonly Readonly<Record<string, number>>[];
  /** Band -> share of zeros among students without absences. */
  readonly pz: readonly number[];
}

export interface SyntheticFigures {
  readonly columns: readonly string[];
  /** The order in which columns are drawn. */
  readonly order: readonly string[];
  readonly trees: Readonly<Record<string, readonly FigureNode[]>>;
  readonly steps: {
    readonly columns: readonly string[];
    readonly levels: Readonly<Record<string, readonly Value[]>>;
    readonly mu: readonly number[];
    readonly sd: readonly number[];
    /** Lowest grade of bands 1, 2, ... */
    readonly bands: readonly number[];
    readonly g2: StepFigures;
    readonly g3: StepFigures;
  };
}

export const FIGURES = params as unknown as SyntheticFigures;

/** All values a column can take, with their counts in the fitted table: its marginal distribution. */
export function marginalOf(figures: SyntheticFigures, column: string): ReadonlyMap<Value, number> {
  const tree = figures.trees[column];
  if (tree === undefined)
    throw new PipelineError('unknown-column', `The synthetic data has no column "${column}".`, { column });
  const counts = new Map<Value, number>();
  for (const node of tree) {
    if (!('v' in node)) continue;
    for (const [i, value] of node.v.entries()) counts.set(value, (counts.get(value) ?? 0) + node.n[i]!);
  }
  return counts;
}

/** A tree whose values are numbers: for a column of words their position in `levels`. */
export interface DrawingTree {
  /** Words in sorted order, or null for a column of numbers. */
  readonly levels: readonly string[] | null;
  /** Column asked about, as a position in the order; -1 at a leaf. */
  readonly asks: Int32Array;
  /** Go to `a` if the value is at most this; for words: if it is not this. */
  readonly bound: Float64Array;
  readonly byWord: Uint8Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** Leaf -> one entry a fitted row, so that one whole number draws a value. */
  readonly pools: readonly Float64Array[];
}

export function drawingTrees(figures: SyntheticFigures): DrawingTree[] {
  const trees: DrawingTree[] = [];
  for (const column of figures.order) {
    const nodes = figures.trees[column]!;
    const values = [...marginalOf(figures, column).keys()];
    const levels = values.every((value) => typeof value === 'string') ? (values as string[]).sort() : null;
    const tree = {
      levels,
      asks: new Int32Array(nodes.length).fill(-1),
      bound: new Float64Array(nodes.length),
      byWord: new Uint8Array(nodes.length),
      a: new Int32Array(nodes.length),
      b: new Int32Array(nodes.length),
      pools: nodes.map((node) => ('v' in node ? pool(node, levels) : new Float64Array(0))),
    };
    nodes.forEach((node, i) => {
      if ('v' in node) return;
      const asked = figures.order.indexOf(node.c);
      tree.asks[i] = asked;
      tree.byWord[i] = node.is === undefined ? 0 : 1;
      tree.bound[i] = node.is === undefined ? node.le! : trees[asked]!.levels!.indexOf(node.is);
      tree.a[i] = node.a;
      tree.b[i] = node.b;
    });
    trees.push(tree);
  }
  return trees;
}

function pool({ v, n }: Extract<FigureNode, { v: unknown }>, levels: readonly string[] | null): Float64Array {
  return Float64Array.from(
    v.flatMap((value, i) => Array<number>(n[i]!).fill(levels === null ? Number(value) : levels.indexOf(String(value)))),
  );
}
