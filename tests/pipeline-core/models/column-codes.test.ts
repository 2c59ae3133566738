// What trees are grown on: columns one after the other, the rank of each value among those of its column, and rows in the
// order of their codes. Each against the plain way to say the same.
import { describe, expect, it } from 'vitest';
import { eachColumn } from '#pipeline-core/estimator/by-column.ts';
import { takeRows } from '#pipeline-core/estimator/input.ts';
import { binColumns } from '#pipeline-core/models/boosting/bins.ts';
import type { Histogram } from '#pipeline-core/models/boosting/cut.ts';
import { countsOf, fillHistogram, fillSums } from '#pipeline-core/models/boosting/histogram.ts';
import { createCodeOrder } from '#pipeline-core/models/tree/code-order.ts';
import { fewDistinct } from '#pipeline-core/models/tree/codes.ts';
import { ranksOf } from '#pipeline-core/models/tree/ranks.ts';
import { seeded } from '#tests/support/seeded.ts';

const matrix = (rows: number, cols: number, of: (i: number, j: number) => number) => ({
  data: Float64Array.from({ length: rows * cols }, (_, k) => of(Math.floor(k / cols), k % cols)),
  rows,
  cols,
  names: [],
});

it.each([1, 7, 8, 9, 17])('goes through %i columns in their order', (cols) => {
  const seen: number[][] = [];
  eachColumn(
    matrix(3, cols, (i, j) => 100 * i + j),
    (column, j) => {
      expect(j).toBe(seen.length);
      seen.push([...column]);
      column.fill(-1);
    },
  );
  expect(seen).toEqual(Array.from({ length: cols }, (_, j) => [j, 100 + j, 200 + j]));
});

it('goes through the chosen rows alone, in their order, of more than are copied at a time', () => {
  const x = matrix(200, 11, (i, j) => 1000 * i + j);
  const chosen = Int32Array.from({ length: 150 }, (_, k) => (k * 37) % 200);
  const seen: number[][] = [];
  eachColumn(x, (column) => seen.push([...column]), chosen);
  expect(seen).toEqual(Array.from({ length: 11 }, (_, j) => Array.from(chosen, (i) => 1000 * i + j)));
  expect(binColumns(x, 20, null, chosen)).toEqual(binColumns(takeRows(x, chosen), 20));
});

const { below } = seeded(4);
const SPREADS: Readonly<Record<string, () => number>> = {
  'whole numbers': () => below(1_000) - 500,
  hundredths: () => below(100_000) / 100,
  'of all sizes': () => (below(2) - 0.5) * 10 ** (below(600) - 300),
  'one far from the others': () => (below(50) === 0 ? 1e300 : below(1_000) / 7),
  'beyond any difference': () => (below(2) === 0 ? -1 : 1) * (1.7e308 - below(1_000) * 1e300),
  'hardly apart': () => 1e15 + below(400) / 8,
  'a few': () => below(5),
  'zeros of both signs': () => (below(3) === 0 ? -0 : below(40)),
};

describe.each(Object.entries(SPREADS))('ranks: %s', (_, draw) => {
  it('are how many values are smaller', () => {
    const values = Float64Array.from(new Set(Array.from({ length: 3_000 }, () => draw() + 0))).sort();
    const asked = Float64Array.from([...values, ...Array.from({ length: 500 }, draw), -Infinity, Infinity]);
    const ranks = new Int32Array(asked.length);
    ranksOf(asked, values, ranks);
    expect([...ranks]).toEqual(Array.from(asked, (one) => values.filter((value) => value < one).length));
  });
});

it('finds few values without those that are missing, and says where they are many', () => {
  expect(
    [...fewDistinct(Float64Array.from([3, 3, Number.NaN, 1, -0, 0, 3]), 4)!].map((one) => Object.is(one, -0)),
  ).toEqual([false, false, false]);
  expect(fewDistinct(Float64Array.from([3, 1, 2]), 2)).toBeNull();
});

it.each([
  [1, 5],
  [24, 5_000],
  [25, 1],
  [25, 2],
  [200, 255],
  [200, 257],
  [1_000, 70_000],
])('puts %i rows of %i codes in order, equal ones as they came', (count, values) => {
  const column = Int32Array.from({ length: 2_000 }, () => below(values));
  column[7] = values - 1;
  const row = Int32Array.from({ length: count + 3 }, () => below(2_000));
  row[3] = 7;
  const order = createCodeOrder(2_000, values);
  // What was sorted before leaves nothing behind.
  order.sort(column, values, { row, lo: 0, hi: count });
  order.sort(column, values, { row, lo: 3, hi: 3 + count });
  const expected = Array.from({ length: count }, (_, k) => ({ code: column[row[3 + k]!]!, place: k }));
  expected.sort((a, b) => a.code - b.code || a.place - b.place);
  expect(Array.from({ length: count }, (_, k) => ({ code: order.code[k], place: order.place[k] }))).toEqual(expected);
});

it('gives each value the bin that its cuts say, missing ones the last, in both layouts', () => {
  const x = matrix(1_000, 10, (i, j) => (j === 3 && i % 9 === 0 ? Number.NaN : ((i * (7 + j)) % (j * 90 + 2)) / 3));
  const { codes, byColumn, thresholds, offsets, missing } = binColumns(x, 255);
  expect([...missing]).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  for (let j = 0; j < 10; j++) {
    for (let i = 0; i < 1_000; i++) {
      const value = x.data[i * 10 + j]!;
      const cuts = thresholds[j]!;
      const bin = Number.isNaN(value) ? cuts.length + 1 : cuts.filter((cut) => cut < value).length;
      expect(byColumn[j * 1_000 + i]).toBe(bin);
      expect(codes[i * 10 + j]).toBe(offsets[j]! + bin);
    }
  }
});

it('counts rows once and adds up later residuals to the same histogram', () => {
  const rows = 300;
  const bins = binColumns(
    matrix(rows, 5, (i, j) => (j < 2 ? (i * 7919) % 61 : (i * (j + 3)) % 2)),
    255,
  );
  const row = Int32Array.from({ length: rows }, (_, i) => i);
  const filled = (shift: number): Histogram => {
    const histogram = new Float64Array(2 * bins.offsets[bins.cols]!);
    fillHistogram(histogram, bins, residualOf(shift), { row, lo: 0, hi: rows });
    return histogram;
  };
  const residualOf = (shift: number) => Float32Array.from({ length: rows }, (_, i) => Math.sin(i + shift));
  const counts = countsOf(filled(0));
  const again = filled(0).fill(7);
  fillSums(again, counts, bins, residualOf(1));
  expect(again).toEqual(filled(1));
});
