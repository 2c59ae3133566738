// Is everything as we think it is? What fails here is shown beside the score, and does not change it. Add a test for
// whatever you would hate to get wrong.
import { expect, readCsv, test } from 'workshop';
import { classes, fromTable } from './dish.ts';
import { predict } from './predict.ts';

const table = readCsv('data/processed/dishes.csv');
const { rows, called, kitchens } = fromTable(table);
const predictions = readCsv<{ row: number; fold: number }>('reports/predictions.csv');

test('every dish has one of the names', () => {
  for (const name of called) expect(classes).toContain(name);
});

test('the folds do not overlap, and no kitchen is in two', () => {
  expect(predictions.map(({ row }) => row).toSorted((a, b) => a - b)).toEqual(rows.toSorted((a, b) => a - b));
  const pairs = new Set(predictions.map(({ fold }, i) => `${kitchens[i]} ${fold}`));
  expect(pairs.size).toBe(new Set(kitchens).size);
});

test('predict gives probabilities that add up to 1', () => {
  for (const shares of predict(table)) {
    expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  }
});
