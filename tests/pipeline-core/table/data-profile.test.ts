// The data profile against numbers worked out by hand, and its bins as properties.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableFromColumns } from '#pipeline-core';
import { columnOf } from '#pipeline-core/table/column.ts';
import { binColumn } from '#pipeline-core/table/column-bins.ts';
import { profileData, shownTable } from '#pipeline-core/table/data-profile.ts';
import type { ColumnSchema } from '#pipeline-core/table/schema.ts';

const COLUMNS: readonly ColumnSchema[] = [
  { name: 'rooms', type: 'integer', label: 'Rooms', unit: 'rooms' },
  {
    name: 'city',
    type: 'nominal',
    label: 'City',
    levels: ['Ulm', 'Bonn', 'Köln'],
    valueLabels: { Ulm: 'Ulm (Donau)' },
  },
  { name: 'note', type: 'text', label: 'Note', nullable: true },
  { name: 'price', type: 'number', label: 'Price', unit: 'kEUR' },
];
const table = tableFromColumns({
  rooms: [1, 2, 2, 3, 3, 3],
  city: ['Ulm', 'Bonn', 'Ulm', 'Bonn', 'Ulm', 'Bonn'],
  note: ['a', null, 'c', 'd', null, 'f'],
  price: [100, 200, 150, 350, 250, 300],
});
const prices = { name: 'price', unit: 'kEUR', classes: [], values: [100, 200, 150, 350, 250, 300] };

describe('of numbers to predict', () => {
  const profile = profileData(table, { columns: COLUMNS, target: prices, forbidden: ['price', 'note'] });
  const [price, rooms, city, note] = profile.columns;

  it('has the mean of the target for all rows, each bin and the missing values', () => {
    expect(profile.rows).toBe(6);
    expect(profile.target).toEqual({ name: 'price', unit: 'kEUR', classes: [], all: 225 });
    expect(rooms!.bins).toEqual([
      { from: 1, to: 1, n: 1, target: 100 },
      { from: 2, to: 2, n: 2, target: 175 },
      { from: 3, to: 3, n: 3, target: 300 },
    ]);
    // In the order of the schema, with the level that no row has.
    expect(city!.bins).toEqual([
      { level: 'Ulm', n: 3, target: 166.667 },
      { level: 'Bonn', n: 3, target: 283.333 },
      { level: 'Köln', n: 0, target: null },
    ]);
    expect([note!.missing, rooms!.missing]).toEqual([
      { n: 2, target: 225 },
      { n: 0, target: null },
    ]);
  });

  it('says what each column is, the target first', () => {
    expect(profile.columns.map(({ name, role, type, distinct }) => [name, role, type, distinct])).toEqual([
      ['price', 'target', 'number', 6],
      ['rooms', 'input', 'integer', 3],
      ['city', 'input', 'nominal', 2],
      ['note', 'forbidden', 'text', 4],
    ]);
    expect(city).toMatchObject({ label: 'City', valueLabels: { Ulm: 'Ulm (Donau)' } });
    // numpy: mean, std(ddof=1), median
    expect(rooms!.numbers).toEqual({ min: 1, max: 3, mean: 2.33333, standardDeviation: 0.816497, median: 2.5 });
    expect(city!.numbers).toBeUndefined();
  });

  it('says how much of the target a column explains alone, and in which direction', () => {
    // Sums of squares: all 43750; with x = rooms: Sxx = 3.33333, Sxy = 350; r = 350 / sqrt(3.33333 * 43750).
    expect(rooms!.correlation).toBe(0.916515);
    // Between the groups of rooms 37500: 1 - (6250 / 43750) * 5 / 3; r squared is larger.
    expect(rooms!.explained).toBe(0.84);
    // Between cities 20416.7: 1 - (23333.3 / 43750) * 5 / 4.
    expect(city!.explained).toBe(0.333333);
    expect([city!.correlation, price!.explained, price!.correlation]).toEqual([undefined, undefined, undefined]);
  });
});

it('of classes to predict it has the share of each, and how much less one errs who knows a column', () => {
  const target = { name: 'sold', unit: '', classes: ['no', 'yes'], values: [0, 1, 0, 1, 1, 1] };
  const profile = profileData(table, { columns: COLUMNS, target, forbidden: [] });
  expect(profile.target.all).toEqual([0.333333, 0.666667]);
  const [sold, rooms, city] = profile.columns;
  expect(sold).toMatchObject({
    name: 'sold',
    role: 'target',
    type: 'nominal',
    bins: [
      { level: 'no', n: 2, target: [1, 0] },
      { level: 'yes', n: 4, target: [0, 1] },
    ],
  });
  expect(city!.bins.map((bin) => bin.target)).toEqual([[0.666667, 0.333333], [0, 1], null]);
  // Sums of squares of "sold is yes": all 4/3, within cities 2/3: 1 - (2/3 / (4/3)) * 5 / 4; the same for "no".
  expect(city!.explained).toBe(0.375);
  // Sxx = 10/3, Sxy = 5/3, Syy = 4/3
  expect(rooms!.correlation).toBe(0.790569);
  expect(shownTable(table, target).row(1)).toMatchObject({ sold: 'yes', rooms: 2 });
});

it('counts rows from 0: duplicates and odd rows', () => {
  const wide = Array.from({ length: 40 }, (_, i) => i % 7);
  const a = [...wide, 500, 3];
  const b = [...wide.map((value) => value * 2), 4, 6];
  const profile = profileData(tableFromColumns({ a, b }), {
    columns: [],
    target: { name: 'b', unit: '', classes: [], values: b },
    forbidden: ['b'],
  });
  expect(profile.oddRows).toMatchObject([{ row: 40, because: [{ column: 'a', value: 500, median: 3 }] }]);
  expect(profile.duplicates.count).toBe(34);
  expect(profile.duplicates.rows[0]).toEqual({ row: 7, of: 0 });
});

describe('bins of a column', () => {
  const bins = (values: readonly (number | string | null)[], levels?: readonly string[]) =>
    binColumn(columnOf('x', values), levels).bins;

  it('are round ranges that suit the numbers', () => {
    expect(bins([1, 2, 50])).toEqual([1, 2, 50].map((value) => ({ from: value, to: value })));
    // More than a few whole numbers in a small range: one each, also where there is none.
    expect(bins([0, 1, 2, 3, 4, 6, 7])).toHaveLength(8);
    const whole = bins(Array.from({ length: 100 }, (_, i) => i));
    expect(whole[0]).toEqual({ from: 0, to: 4 });
    expect(whole.at(-1)).toEqual({ from: 95, to: 99 });
    expect(bins(Array.from({ length: 100 }, (_, i) => i / 100)).slice(0, 2)).toEqual([
      { from: 0, to: 0.05 },
      { from: 0.05, to: 0.1 },
    ]);
  });

  it('put a long tail into one', () => {
    const found = bins([...Array.from({ length: 1000 }, (_, i) => i), 1_000_000]);
    expect(found.slice(-2)).toEqual([
      { from: 950, to: 999 },
      { from: 1000, to: 1_000_000 },
    ]);
  });

  it('of words are their levels, or the most frequent ones', () => {
    expect(bins(['b', 'a', 'b'], ['c', 'a', 'b'])).toEqual([{ level: 'c' }, { level: 'a' }, { level: 'b' }]);
    const many = bins([...Array.from({ length: 30 }, (_, i) => `w${i}`), 'w29']);
    expect([many[0], many.at(-1), many.length]).toEqual([{ level: 'w29' }, { others: 11 }, 20]);
    expect(bins([null, null])).toEqual([]);
  });

  it('hold each value exactly once, ascending, and no missing one', () => {
    const numbers = fc.oneof(
      fc.array(fc.oneof(fc.double({ noNaN: true }), fc.constant(null)), { minLength: 1 }),
      fc.array(fc.oneof(fc.integer({ min: -40, max: 40 }), fc.integer(), fc.constant(null)), { minLength: 1 }),
      fc.array(fc.double({ noNaN: true, min: 1e15, max: 1e15 + 4 }), { minLength: 14 }),
      fc.array(fc.double({ noNaN: true, min: 0, max: 5e-320 }), { minLength: 14 }),
    );
    fc.assert(
      fc.property(numbers, (values) => {
        const { bins: found, codes } = binColumn(columnOf('x', values, 'number'));
        for (const [i, value] of values.entries()) {
          const bin = found[codes[i]!];
          if (value === null) expect(codes[i]).toBe(-1);
          else if (!bin || !('from' in bin)) expect.unreachable();
          else expect(value >= bin.from && (value <= bin.to || codes[i] === found.length - 1)).toBe(true);
        }
        for (const [i, bin] of found.entries()) {
          if (!('from' in bin)) expect.unreachable();
          else if (i > 0) expect((found[i - 1] as typeof bin).to <= bin.from).toBe(true);
        }
        expect(found.length).toBeLessThan(40);
      }),
      { numRuns: 300 },
    );
  });
});
