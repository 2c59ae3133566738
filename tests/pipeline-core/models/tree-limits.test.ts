// Limits of trees that scikit-learn's numbers alone do not show: leaves counted, splits paid for, rows drawn.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regressorFromJSON } from '#pipeline-core/compose/model-registry.ts';
import { createRng } from '#pipeline-core/math/rng.ts';
import { DecisionTreeRegressor } from '#pipeline-core/models/decision-tree.ts';
import { ExtraTreesRegressor, RandomForestRegressor } from '#pipeline-core/models/forest.ts';
import type { TreeRegressor } from '#pipeline-core/models/tree/tree-model.ts';

function draw(seed: number, rows: number): { x: number[][]; y: number[] } {
  const rng = createRng(seed);
  const x = Array.from({ length: rows }, () => [rng.int(6), rng.normal(), rng.int(2)]);
  return { x, y: x.map(([a, b]) => a! * b! + rng.normal()) };
}

const leavesOf = (model: TreeRegressor): number[] =>
  model.ensemble().trees.map(({ feature }) => feature.filter((asked) => asked < 0).length);
const errorOf = (model: TreeRegressor, x: number[][], y: number[]): number => {
  const predicted = model.predict(x);
  return y.reduce((sum, value, i) => sum + (value - predicted[i]!) * (value - predicted[i]!), 0) / y.length;
};

describe('maxLeafNodes', () => {
  it('is kept by every tree, each further leaf lowers the error, and without need of it the tree is the whole one', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 20, max: 80 }), fc.integer({ min: 2, max: 12 }), (seed, rows, most) => {
        const { x, y } = draw(seed, rows);
        const grow = (maxLeafNodes: number | null) => new DecisionTreeRegressor({ maxLeafNodes }).fit(x, y);
        expect(leavesOf(grow(most))[0]).toBe(Math.min(most, leavesOf(grow(null))[0]!));
        expect(errorOf(grow(most + 1), x, y)).toBeLessThanOrEqual(errorOf(grow(most), x, y));
        const whole = grow(rows + 1).predict(x);
        grow(null)
          .predict(x)
          .forEach((value, i) => {
            expect(value).toBeCloseTo(whole[i]!, 12);
          });
        for (const Forest of [RandomForestRegressor, ExtraTreesRegressor]) {
          const forest = new Forest({ nEstimators: 3, maxLeafNodes: most, maxFeatures: 2 }).fit(x, y);
          expect(Math.max(...leavesOf(forest))).toBeLessThanOrEqual(most);
          const served = regressorFromJSON(JSON.parse(JSON.stringify(forest)));
          expect([...served.predict(x)]).toEqual([...forest.predict(x)]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('can be stopped in the middle of a large tree', () => {
    const { x, y } = draw(1, 2000);
    let asked = 0;
    const shouldStop = (): boolean => ++asked > 2;
    expect(() => new DecisionTreeRegressor({ maxLeafNodes: 1900 }).fit(x, y, { shouldStop })).toThrow('stopped');
  });
});

it('minImpurityDecrease: no split of the tree takes less off the mean squared error', () => {
  const { x, y } = draw(4, 300);
  for (const maxLeafNodes of [null, 50]) {
    for (const least of [0.01, 0.1]) {
      const model = new DecisionTreeRegressor({ minImpurityDecrease: least, maxLeafNodes }).fit(x, y);
      const tree = model.ensemble().trees[0]!;
      const sums = new Float64Array(tree.feature.length);
      const rowsIn = new Float64Array(tree.feature.length);
      x.forEach((row, i) => {
        for (let k = 0; ; k = row[tree.feature[k]!]! <= tree.at[k]! ? k + 1 : tree.right[k]!) {
          sums[k]! += y[i]!;
          rowsIn[k]! += 1;
          if (tree.feature[k]! < 0) break;
        }
      });
      const worth = (k: number): number => (sums[k]! * sums[k]!) / rowsIn[k]!;
      const decreases = [...tree.feature.keys()]
        .filter((k) => tree.feature[k]! >= 0)
        .map((k) => (worth(k + 1) + worth(tree.right[k]!) - worth(k)) / y.length);
      expect(decreases.length).toBeGreaterThan(2);
      expect(Math.min(...decreases)).toBeGreaterThanOrEqual(least - 1e-12);
    }
  }
  expect(leavesOf(new DecisionTreeRegressor({ minImpurityDecrease: 1e9 }).fit(x, y))).toEqual([1]);
});

describe('maxSamples', () => {
  const { x, y } = draw(2, 90);
  const drawn = (maxSamples: number | null): number[] =>
    new RandomForestRegressor({ nEstimators: 4, maxSamples })
      .fit(x, y)
      .ensemble()
      .trees.map(({ cover }) => cover[0]!);

  it('says how many rows each tree is given', () => {
    expect(drawn(null)).toEqual([90, 90, 90, 90]);
    expect(drawn(1)).toEqual([90, 90, 90, 90]);
    expect(drawn(0.1)).toEqual([9, 9, 9, 9]);
    expect(drawn(25)).toEqual([25, 25, 25, 25]);
  });

  it('is refused where it means nothing', () => {
    expect(() => drawn(91)).toThrow('maxSamples is 91, but there are only 90 rows');
    expect(() => new RandomForestRegressor({ maxSamples: 1.5 })).toThrow('maxSamples must be null, a fraction up to 1');
    expect(() => new ExtraTreesRegressor({ maxSamples: 0.5 })).toThrow('null where bootstrap is false');
  });
});
