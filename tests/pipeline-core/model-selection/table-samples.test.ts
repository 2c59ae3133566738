// Samples of a table of growing sizes: how many, how large, and what they keep together.
import { expect, it } from 'vitest';
import { tableSamples } from '#pipeline-core/model-selection/table-samples.ts';

const sizesOf = (count: number) => tableSamples({ count }).map(({ rows, draws }) => [rows, draws.length]);

it.each([
  [
    519,
    [
      [52, 4],
      [130, 4],
      [260, 2],
      [389, 2],
      [519, 1],
    ],
  ],
  [
    100,
    [
      [25, 4],
      [50, 2],
      [75, 2],
      [100, 1],
    ],
  ],
  [12, [[12, 1]]],
])('of %i rows', (count, sizes) => {
  expect(sizesOf(count)).toEqual(sizes);
});

it('are rows of the table, none twice in a sample; those of a quarter and of a half do not overlap; always the same', () => {
  const samples = tableSamples({ count: 400 });
  for (const { rows, draws } of samples) {
    for (const draw of draws) {
      expect(new Set(draw).size).toBe(rows);
      expect([draw[0]! >= 0, draw.at(-1)! < 400, draw.toSorted((a, b) => a - b)]).toEqual([true, true, draw]);
    }
    if (rows <= 200) expect(new Set(draws.flat()).size).toBe(rows * draws.length);
  }
  expect(tableSamples({ count: 400 })).toEqual(samples);
});

it('have about the same share of each class', () => {
  const classes = Array.from({ length: 500 }, (_, i) => (i < 50 ? 1 : 0));
  for (const { rows, draws } of tableSamples({ count: 500, classes })) {
    for (const draw of draws) {
      const rare = draw.filter((row) => classes[row] === 1).length;
      expect(Math.abs(rare - rows / 10)).toBeLessThanOrEqual(1);
    }
  }
});

it('split a group only where a sample begins or ends', () => {
  const groups = Array.from({ length: 600 }, (_, i) => `g${i % 60}`);
  for (const { rows, draws } of tableSamples({ count: 600, groups })) {
    for (const draw of draws) {
      const sizes = [...Map.groupBy(draw, (row) => groups[row]).values()].map((members) => members.length);
      expect([rows, sizes.filter((size) => size < 10).length <= 2]).toEqual([rows, true]);
    }
  }
});
