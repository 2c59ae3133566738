// What changed between two runs: against numbers worked out by hand, for numbers and for classes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorChanges, parseCsv } from '#pipeline-core';

const TABLE = parseCsv('school,age,id,grade\nGP,15,a1,10\nGP,16,a2,12\nMS,17,a3,8\nMS,18,a4,14\nGP,15,a5,11\n');
const BEFORE = { row: [0, 1, 2, 3], fold: [0, 0, 1, 1], actual: [10, 12, 8, 14], predicted: [11, 12, 12, 11] };
/** The same rows in another order. Errors before: 1, 0, 4, -3; after: 1, 2, 1, -5. */
const AFTER = { row: [3, 2, 1, 0], fold: [1, 1, 0, 0], actual: [14, 8, 12, 10], predicted: [9, 9, 14, 11] };

describe('errorChanges', () => {
  it('pairs rows whatever their order, and gives groups and rows as worked out by hand', () => {
    const found = errorChanges(BEFORE, AFTER, TABLE, { hidden: ['grade'] })!;
    expect(found).toMatchObject({ measure: 'rmse', n: 4, smaller: 1, larger: 2 });
    expect(found.before).toBeCloseTo(Math.sqrt(26 / 4), 12);
    expect(found.after).toBeCloseTo(Math.sqrt(31 / 4), 12);
    expect(found.improved).toEqual([
      {
        row: 2,
        actual: 8,
        before: 12,
        after: 9,
        errorBefore: 4,
        errorAfter: 1,
        values: { school: 'MS', age: 17, id: 'a3' },
      },
    ]);
    expect(found.worsened.map(({ row, errorBefore, errorAfter }) => [row, errorBefore, errorAfter])).toEqual([
      [1, 0, 2],
      [3, 3, 5],
    ]);
    const [gp, ms] = found.slices.find(({ column }) => column === 'school')!.groups;
    expect(gp).toMatchObject({ level: 'GP', n: 2 });
    expect([gp!.before, gp!.after]).toEqual([Math.sqrt(1 / 2), Math.sqrt(5 / 2)]);
    expect(ms!.change).toBeCloseTo(Math.sqrt(26 / 2) - Math.sqrt(25 / 2), 12);
    // What rows 2 and 3 add to it: a / 2 RMSE after - b / 2 RMSE before.
    const [low, high] = ms!.interval;
    const shares = [
      [1, 16],
      [25, 9],
    ].map(([a, b]) => a! / (2 * Math.sqrt(13)) - b! / (2 * Math.sqrt(12.5)));
    const half = 1.959963984540054 * Math.sqrt((shares[0]! - shares[1]!) ** 2 / 2 / 2);
    expect(high - low).toBeCloseTo(2 * half, 12);
    expect((high + low) / 2).toBeCloseTo(ms!.change, 12);
  });

  it('counts wrong classes, and orders rows by the probability of the right one', () => {
    const rows = { row: [0, 1, 2, 3], fold: [0, 0, 1, 1], actual: [0, 1, 1, 0] };
    const share = (...of: number[]) => of.map((one) => [1 - one, one]);
    const before = { ...rows, predicted: [0, 0, 1, 1], probabilities: share(0.4, 0.1, 0.9, 0.8) };
    const after = { ...rows, predicted: [0, 1, 0, 1], probabilities: share(0.1, 0.6, 0.4, 0.7) };
    const found = errorChanges(before, after, TABLE, { classes: ['fail', 'pass'] })!;
    expect(found).toMatchObject({ measure: 'error-rate', before: 0.5, after: 0.5, smaller: 3, larger: 1 });
    expect(found.improved[0]).toMatchObject({
      row: 1,
      actual: 'pass',
      before: 'fail',
      after: 'pass',
      errorBefore: 0.9,
    });
    expect(found.improved[0]!.errorAfter).toBeCloseTo(0.4, 12);
    expect(found.worsened).toMatchObject([{ row: 2, before: 'pass', after: 'fail' }]);
    const schools = found.slices.find(({ column }) => column === 'school')!.groups;
    expect(schools).toMatchObject([
      { level: 'GP', before: 0.5, after: 0, change: -0.5 },
      { level: 'MS', before: 0.5, after: 1, change: 0.5 },
    ]);
    // Without probabilities the class alone counts.
    const { probabilities: _, ...first } = before;
    expect(errorChanges(first, after, TABLE, { classes: ['fail', 'pass'] })).toMatchObject({ smaller: 1, larger: 1 });
  });

  it.each([
    ['another row', { ...AFTER, row: [3, 2, 1, 4] }],
    ['another fold', { ...AFTER, fold: [1, 1, 0, 1] }],
    ['another target', { ...AFTER, actual: [14, 8, 12, 11] }],
    ['fewer rows', { row: [0], fold: [0], actual: [10], predicted: [11] }],
  ])('compares nothing with %s', (_, other) => {
    expect(errorChanges(BEFORE, other, TABLE)).toBeNull();
  });

  it('looks at rows of the table only', () => {
    const outside = { row: [9], fold: [0], actual: [1], predicted: [2] };
    expect(errorChanges(outside, outside, TABLE)).toBeNull();
  });

  it('shows no change between a run and itself, and the opposite one the other way round', () => {
    const run = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(run, run, (first, second) => {
        const of = (predicted: number[]) => ({
          row: [0, 1, 2, 3, 4],
          fold: [0, 0, 0, 0, 0],
          actual: [1, 2, 3, 4, 5],
          predicted,
        });
        const same = errorChanges(of(first), of(first), TABLE)!;
        expect([same.smaller, same.larger, same.improved, same.worsened]).toEqual([0, 0, [], []]);
        const there = errorChanges(of(first), of(second), TABLE)!;
        const back = errorChanges(of(second), of(first), TABLE)!;
        expect([there.smaller, there.larger]).toEqual([back.larger, back.smaller]);
        expect(there.improved.map(({ row }) => row).sort()).toEqual(back.worsened.map(({ row }) => row).sort());
        for (const { column, groups } of there.slices) {
          const other = back.slices.find((slice) => slice.column === column)!.groups;
          for (const [i, group] of groups.entries()) expect(group.change).toBeCloseTo(-other[i]!.change, 12);
        }
      }),
    );
  });
});
