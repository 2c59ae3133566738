// Shapley values against background rows: by their definition over all sets of columns, and adding up.
import { expect, it } from 'vitest';
import {
  createRng,
  DecisionTreeRegressor,
  HistGradientBoostingRegressor,
  RandomForestClassifier,
  RandomForestRegressor,
  treeShap,
} from '#pipeline-core';

const random = createRng(4);
const x = Array.from({ length: 60 }, () => [random.int(4), random.normal(), random.int(3), 5]);
const y = x.map(([a, b, c]) => a! * b! + c! + 0.1 * random.normal());
const background = x.slice(0, 7);
const asked = x.slice(20, 26);
const cols = 4;

/** The mean answer over the background where the columns of `known` are the row's. */
function worth(predict: (rows: number[][]) => ArrayLike<number>, row: number[], known: number): number {
  const rows = background.map((other) => other.map((value, j) => ((known >> j) & 1 ? row[j]! : value)));
  return Array.from(predict(rows)).reduce((sum, value) => sum + value, 0) / rows.length;
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const sizeOf = (set: number): number => [0, 1, 2, 3].filter((j) => (set >> j) & 1).length;

it.each([
  ['a tree', new DecisionTreeRegressor({ maxDepth: 5 })],
  ['a forest', new RandomForestRegressor({ nEstimators: 4 })],
  ['boosting', new HistGradientBoostingRegressor({ maxIter: 6, minSamplesLeaf: 3 })],
])('of %s are the mean over all orders of columns, and add up', (_, model) => {
  model.fit(x, y);
  const shap = treeShap(model, asked, { background });
  const predict = (rows: number[][]) => model.predict(rows);
  asked.forEach((row, i) => {
    expect(shap.predicted[i]).toBeCloseTo(model.predict([row])[0]!, 10);
    for (let j = 0; j < cols; j++) {
      let value = 0;
      for (let set = 0; set < 1 << cols; set++) {
        if ((set >> j) & 1) continue;
        const s = sizeOf(set);
        const share = (factorial(s) * factorial(cols - s - 1)) / factorial(cols);
        value += share * (worth(predict, row, set | (1 << j)) - worth(predict, row, set));
      }
      expect(shap.values[i]![j]).toBeCloseTo(value, 10);
    }
  });
  expect(shap.base).toBeCloseTo(worth(predict, asked[0]!, 0), 10);
});

it('explain a class, are nothing for a row that is the whole background, and need a row', () => {
  const labels = y.map((value) => (value > 1 ? 'high' : 'low'));
  const model = new RandomForestClassifier({ nEstimators: 3 }).fit(x, labels);
  const shap = treeShap(model, asked, { background, label: 'high' });
  expect(shap.predicted[2]).toBeCloseTo(model.predictProba(asked)[2]!['high']!, 10);
  const same = treeShap(model, [x[0]!], { background: [x[0]!], label: 'high' });
  expect(same.values[0]).toEqual([0, 0, 0, 0]);
  expect(() => treeShap(model, asked, { background: [] })).toThrow('no rows to explain against');
});
