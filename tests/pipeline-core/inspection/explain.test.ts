// Explanations: tree SHAP against Shapley values by brute force, importance and dependence against scikit-learn.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PipelineError } from '#pipeline-core/core/errors.ts';
import { partialDependence } from '#pipeline-core/inspection/partial-dependence.ts';
import { permutationImportance } from '#pipeline-core/inspection/permutation-importance.ts';
import { residuals } from '#pipeline-core/inspection/residuals.ts';
import { treeShap } from '#pipeline-core/inspection/tree-shap.ts';
import { createRng } from '#pipeline-core/math/rng.ts';
import { HistGradientBoostingRegressor } from '#pipeline-core/models/boosting.ts';
import { DecisionTreeRegressor } from '#pipeline-core/models/decision-tree.ts';
import { ExtraTreesRegressor, RandomForestRegressor } from '#pipeline-core/models/forest.ts';
import { Ridge } from '#pipeline-core/models/ridge.ts';
import type { Tree } from '#pipeline-core/models/tree/tree.ts';
import type { TreeRegressor } from '#pipeline-core/models/tree/tree-model.ts';
import fixture from '#tests/fixtures/models.json' with { type: 'json' };

const COLS = 4;

const drawData = (seed: number, rows: number): { x: number[][]; y: number[] } => {
  const random = createRng(seed);
  const x = Array.from({ length: rows }, () => [random.int(3), random.int(2), random.normal(), random.int(5)]);
  return { x, y: x.map(([a, b, c, d]) => a! * b! + c! * (d! > 2 ? 1 : -1) + 0.3 * random.normal()) };
};

// What a tree answers when only the columns in `known` are: a mean over the branches of the others.
const answerKnowing = (tree: Tree, row: readonly number[], known: number, node = 0): number => {
  const feature = tree.feature[node]!;
  if (feature < 0) return tree.at[node]!;
  const left = node + 1;
  const right = tree.right[node]!;
  if ((known >> feature) & 1) {
    return answerKnowing(tree, row, known, row[feature]! <= tree.at[node]! ? left : right);
  }
  const sides = [left, right].map((child) => tree.cover[child]! * answerKnowing(tree, row, known, child));
  return (sides[0]! + sides[1]!) / tree.cover[node]!;
};

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

const shapley = (model: TreeRegressor, row: readonly number[]): number[] => {
  const { trees, scale } = model.ensemble();
  const worth = Array.from({ length: 1 << COLS }, (_, known) =>
    trees.reduce((sum, tree) => sum + scale * answerKnowing(tree, row, known), 0),
  );
  return Array.from({ length: COLS }, (_, j) => {
    let value = 0;
    for (let known = 0; known < 1 << COLS; known++) {
      if ((known >> j) & 1) continue;
      const size = known.toString(2).replaceAll('0', '').length;
      const share = (factorial(size) * factorial(COLS - size - 1)) / factorial(COLS);
      value += share * (worth[known | (1 << j)]! - worth[known]!);
    }
    return value;
  });
};

const TREES: Record<string, (seed: number) => TreeRegressor> = {
  tree: (randomState) => new DecisionTreeRegressor({ randomState }),
  forest: (randomState) => new RandomForestRegressor({ nEstimators: 4, maxFeatures: 0.5, randomState }),
  'extra trees': (randomState) => new ExtraTreesRegressor({ nEstimators: 3, randomState }),
  boosting: () => new HistGradientBoostingRegressor({ maxIter: 10, minSamplesLeaf: 2, learningRate: 0.3 }),
};

describe.each(Object.entries(TREES))('tree SHAP of %s', (_, build) => {
  it('equals the Shapley values by brute force, and adds up to the prediction', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 5, max: 40 }), (seed, rows) => {
        const { x, y } = drawData(seed, rows);
        const model = build(seed).fit(x, y);
        const asked = x.slice(0, 3);
        const result = treeShap(model, asked);
        const predicted = model.predict(asked);
        asked.forEach((row, i) => {
          const truth = shapley(model, row);
          truth.forEach((value, j) => {
            expect(Math.abs(result.values[i]![j]! - value)).toBeLessThan(1e-9);
          });
          expect(Math.abs(result.predicted[i]! - predicted[i]!)).toBeLessThan(1e-9);
        });
      }),
      { numRuns: 25 },
    );
  });
});

describe('tree SHAP', () => {
  const { x, y } = fixture.sets.mixed;
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const matrix = { data: Float64Array.from(x.flat()), rows: x.length, cols: 6, names };

  it('sums up by column, largest first, with names', () => {
    const model = new RandomForestRegressor({ nEstimators: 10 }).fit(matrix, y);
    const result = treeShap(model, matrix, { unit: 'points' });
    // Deep trees that ask columns again and again.
    model.predict(matrix).forEach((value, i) => {
      expect(Math.abs(result.predicted[i]! - value)).toBeLessThan(1e-9);
    });
    expect(result.columns).toEqual(names);
    expect(result.summary.map(({ meanAbsolute }) => meanAbsolute)).toEqual(
      result.summary.map(({ meanAbsolute }) => meanAbsolute).sort((p, q) => q - p),
    );
    expect(result.summary).toHaveLength(6);
    expect(result.unit).toBe('points');
    // Known from how the data were made: columns a, b, d and f drive the target, c does not.
    expect(result.summary.at(-1)!.column).toBe('c');
  });

  it('stops when asked and refuses other columns', () => {
    const model = new RandomForestRegressor({ nEstimators: 3 }).fit(matrix, y);
    expect(() => treeShap(model, matrix, { shouldStop: () => true })).toThrow('stopped');
    expect(() => treeShap(model, [[1, 2]])).toThrow(PipelineError);
    expect(() => treeShap(new DecisionTreeRegressor(), matrix)).toThrow('fit(x, y)');
  });
});

describe('permutation importance', () => {
  const { x, y } = fixture.sets.mixed;
  const model = new Ridge().fit(x, y);
  const golden = fixture.explanation.permutation;

  it('agrees with scikit-learn as far as chance allows', () => {
    const result = permutationImportance({ model, x, y, nRepeats: 400, randomState: 3 });
    result.columns.forEach(({ mean, spread }, j) => {
      const error = golden.sd[j]! * Math.sqrt(2 / 400);
      expect(Math.abs(mean - golden.mean[j]!)).toBeLessThan(4 * error);
      expect(spread / golden.sd[j]!).toBeGreaterThan(0.85);
      expect(spread / golden.sd[j]!).toBeLessThan(1.15);
    });
  });

  it('is seeded, groups columns and leaves the inputs alone', () => {
    const kept = structuredClone(x);
    const job = { model, x, y, nRepeats: 3, randomState: 1 };
    expect(permutationImportance(job)).toEqual(permutationImportance(job));
    expect(x).toEqual(kept);
    const grouped = permutationImportance({ ...job, nRepeats: 30, groups: { both: [0, 1], unused: [2] } });
    expect(grouped.columns.map(({ column }) => column)).toEqual(['both', 'unused']);
    expect(grouped.columns[0]!.mean).toBeGreaterThan(golden.mean[0]!);
    expect(() => permutationImportance({ ...job, groups: { none: [9] } })).toThrow('no column 9');
  });
});

describe('partial dependence', () => {
  it('equals scikit-learn, mean and single rows', () => {
    const { x, y } = fixture.sets.mixed;
    const golden = fixture.explanation.dependence;
    const model = new DecisionTreeRegressor({ maxDepth: 3 }).fit(x, y);
    const result = partialDependence({ model, x, column: golden.column, lines: x.length });
    expect(result.grid).toEqual(golden.values);
    result.average.forEach((value, g) => {
      expect(value).toBeCloseTo(golden.average[g]!, 9);
    });
    golden.individual.forEach((line, i) => {
      result.individual[i]!.values.forEach((value, g) => {
        expect(value).toBeCloseTo(line[g]!, 9);
      });
    });
  });

  it('steps evenly between quantiles where values are many, and draws some rows', () => {
    const { x, y } = fixture.sets.continuous;
    const model = new Ridge().fit(x, y);
    const matrix = { data: Float64Array.from(x.flat()), rows: x.length, cols: 4, names: ['a', 'b', 'c', 'd'] };
    const result = partialDependence({ model, x: matrix, column: 'b', gridResolution: 11, lines: 7, unit: 'points' });
    expect(result.grid).toHaveLength(11);
    const [low, high] = [Number(result.grid[0]), Number(result.grid[10])];
    const inside = x.filter((row) => row[1]! >= low && row[1]! <= high).length;
    expect(inside / x.length).toBeCloseTo(0.9, 2);
    expect(result.individual).toHaveLength(7);
    expect(result.xLabel).toBe('b');
    // A linear model moves every row alike.
    const rise = result.average[10]! - result.average[0]!;
    for (const { values } of result.individual) expect(values[10]! - values[0]!).toBeCloseTo(rise, 9);
    expect(() => partialDependence({ model, x: matrix, column: 'bb' })).toThrow('Did you mean b');
  });
});

it('lays out residuals with a histogram that counts every row', () => {
  const result = residuals([10, 12, 8, 9], [11, 11, 8, 11], { bins: 3, unit: 'points' });
  expect(result.points.map(({ residual }) => residual)).toEqual([-1, 1, 0, -2]);
  expect(result.mean).toBe(-0.5);
  expect(result.quantiles).toEqual([-2, -1.25, -0.5, 0.25, 1]);
  expect(result.histogram).toEqual({ edges: [-2, -1, 0, 1], counts: [1, 1, 2] });
  expect(residuals([3], [3]).histogram.counts[0]).toBe(1);
});
