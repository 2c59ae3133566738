// Where predictions are wrong: against numbers worked out by hand, and over random tables.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv, predictionErrors } from '#pipeline-core';

const TABLE = parseCsv('school,age,id,grade\nGP,15,a1,10\nGP,16,a2,12\nMS,17,a3,8\nMS,18,a4,14\nGP,15,a5,11\n');
const PREDICTIONS = { row: [0, 1, 2, 3], fold: [0, 0, 1, 1], actual: [10, 12, 8, 14], predicted: [11, 12, 12, 11] };

describe('predictionErrors', () => {
  it('gives sizes, worst rows and groups as worked out by hand', () => {
    // Errors: 1, 0, 4, -3; squares 1, 0, 16, 9.
    const found = predictionErrors(PREDICTIONS, TABLE, ['grade'])!;
    expect(found).toMatchObject({ n: 4, bias: 0.5 });
    expect(found.rmse).toBeCloseTo(Math.sqrt(26 / 4), 12);
    expect(found.histogram.edges[0]).toBe(-3);
    expect(found.histogram.edges.at(-1)).toBeCloseTo(4, 12);
    expect(found.histogram.counts.reduce((a, b) => a + b)).toBe(4);
    expect(found.worst.map(({ row }) => row)).toEqual([2, 3, 0, 1]);
    expect(found.worst[0]).toEqual({ row: 2, actual: 8, predicted: 12, values: { school: 'MS', age: 17, id: 'a3' } });
    const groups = found.slices.find(({ column }) => column === 'school')!.groups;
    expect(groups).toMatchObject([
      { level: 'GP', n: 2, bias: 0.5 },
      { level: 'MS', n: 2, bias: 0.5 },
    ]);
    expect(groups[0]!.rmse).toBeCloseTo(Math.sqrt(0.5), 12);
    expect(groups[1]!.rmse).toBeCloseTo(Math.sqrt(12.5), 12);
    // Squares 16 and 9: mean 12.5, sample variance 24.5, so 1.96 sqrt(24.5 / 2) = 6.86.
    expect(groups[1]!.interval[0]).toBeCloseTo(Math.sqrt(12.5 - 6.86), 2);
    expect(groups[1]!.interval[1]).toBeCloseTo(Math.sqrt(12.5 + 6.86), 2);
    expect(
      found.slices.find(({ column }) => column === 'age')!.groups.map((group) => 'from' in group && group.from),
    ).toEqual([15, 16, 17, 18]);
  });

  it('cuts many numbers into quarters, and leaves names of rows and columns of one value out', () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i},name${i},same,${i % 2 ? 'a' : 'b'}`);
    const table = parseCsv(`x,name,one,half\n${rows.join('\n')}\n`);
    const row = rows.map((_, i) => i);
    const found = predictionErrors(
      { row, fold: row.map(() => 0), actual: row, predicted: row.map((i) => i + 1) },
      table,
    )!;
    expect(found.slices.map(({ column }) => column).sort()).toEqual(['half', 'x']);
    const quarters = found.slices.find(({ column }) => column === 'x')!.groups;
    expect(quarters).toMatchObject([
      { from: 0, to: 9, n: 10 },
      { from: 10, to: 19, n: 10 },
      { from: 20, to: 29, n: 10 },
      { from: 30, to: 39, n: 10 },
    ]);
  });

  it('looks at rows of the table only', () => {
    expect(
      predictionErrors({ row: [9, -1, 0.5], fold: [0, 0, 0], actual: [1, 1, 1], predicted: [2, 2, 2] }, TABLE),
    ).toBeNull();
    expect(predictionErrors({ ...PREDICTIONS, row: [0, 1, 2, 99] }, TABLE)?.n).toBe(3);
  });

  it('groups every row of a column once, and their squares add up', () => {
    const rowOf = fc.record({
      word: fc.constantFrom('a', 'b', 'c'),
      x: fc.integer({ min: 0, max: 99 }),
      off: fc.integer({ min: -9, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(rowOf, { minLength: 2, maxLength: 60 }), (rows) => {
        const table = parseCsv(`word,x\n${rows.map(({ word, x }) => `${word},${x}`).join('\n')}\n`);
        const row = rows.map((_, i) => i);
        const predictions = { row, fold: row.map(() => 0), actual: row, predicted: rows.map(({ off }, i) => i + off) };
        const found = predictionErrors(predictions, table)!;
        for (const { groups } of found.slices) {
          expect(groups.reduce((sum, { n }) => sum + n, 0)).toBe(rows.length);
          const squares = groups.reduce((sum, { n, rmse }) => sum + n * rmse * rmse, 0);
          expect(squares).toBeCloseTo(found.n * found.rmse * found.rmse, 6);
          for (const { rmse, interval } of groups) {
            expect(interval[0]).toBeLessThanOrEqual(rmse + 1e-9);
            expect(interval[1]).toBeGreaterThanOrEqual(rmse - 1e-9);
          }
        }
      }),
    );
  });
});
