// When boosting stops by itself, and on which rows it looks. The number of trees it stops at is held against scikit-learn
// in models.test.ts, where no chance is in it.
import { expect, it } from 'vitest';
import { createRng } from '#pipeline-core/math/rng.ts';
import { HistGradientBoostingRegressor } from '#pipeline-core/models/boosting.ts';

function noisyLine(rows: number): { x: number[][]; y: number[] } {
  const rng = createRng(rows);
  const x = Array.from({ length: rows }, () => [rng.int(9), rng.int(5)]);
  return { x, y: x.map(([a]) => a! + 3 * rng.normal()) };
}

it('stops where held-out rows gain nothing more: the first trees are those of the same rows without stopping', () => {
  const { x, y } = noisyLine(400);
  const params = { maxIter: 200, earlyStopping: true, randomState: 3 };
  const model = new HistGradientBoostingRegressor(params).fit(x, y);
  expect(model.nIter).toBeGreaterThan(10);
  expect(model.nIter).toBeLessThan(100);
  expect([...new HistGradientBoostingRegressor(params).fit(x, y).predict(x)]).toEqual([...model.predict(x)]);
  const others = [0, 1, 2, 4].map((randomState) =>
    new HistGradientBoostingRegressor({ ...params, randomState }).fit(x, y),
  );
  expect(new Set(others.map((other) => other.predict([[3, 1]])[0])).size).toBeGreaterThan(1);
});

it('by itself only above 10 000 rows, as in scikit-learn', () => {
  const params = { maxIter: 60, maxDepth: 2 };
  const stoppedAt = (rows: number): number => {
    const { x, y } = noisyLine(rows);
    return new HistGradientBoostingRegressor(params).fit(x, y.map(Math.sign)).nIter;
  };
  expect(stoppedAt(10_000)).toBe(60);
  const { x } = noisyLine(10_001);
  const constant = new HistGradientBoostingRegressor(params).fit(x, new Array<number>(10_001).fill(2));
  expect(constant.nIter).toBe(10);
});

it('reported progress ends with the whole, also where it stops early', () => {
  const { x, y } = noisyLine(300);
  const reported: number[] = [];
  const onProgress = (share: number): void => {
    reported.push(share);
  };
  const model = new HistGradientBoostingRegressor({ maxIter: 400, earlyStopping: true }).fit(x, y, { onProgress });
  expect(model.nIter).toBeLessThan(400);
  expect(reported.at(-1)).toBe(1);
  expect(reported.every((share, i) => i === 0 || share > reported[i - 1]!)).toBe(true);
});

it('refuses senseless ways of stopping', () => {
  for (const [params, sentence] of [
    [{ earlyStopping: 'yes' }, 'earlyStopping must be true, false or \'auto\', but it is "yes".'],
    [{ validationFraction: 0 }, 'validationFraction must be above 0, or null, but it is 0.'],
    [{ nIterNoChange: 0 }, 'nIterNoChange must be a whole number of at least 1, but it is 0.'],
  ] as const) {
    expect(() => new HistGradientBoostingRegressor(params as never)).toThrow(sentence);
  }
});
