import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramOf, oddRows, profileTable, quantile, tableFromColumns } from '#pipeline-core';

describe('profileTable', () => {
  const table = tableFromColumns({
    age: [15, 16, 16, 17, null, 16],
    job: ['a', 'b', 'b', null, 'b', 'b'],
    same: [1, 1, 1, 1, 1, 1],
    x: [0.5, 1, 1, 2.5, 4, 1],
  });
  const profile = profileTable(table, { bins: 7 });

  it('counts missing, distinct and frequent values, and finds constant columns and double rows', () => {
    expect(profile.columns[1]).toEqual({
      name: 'job',
      kind: 'category',
      missing: 1,
      distinct: 2,
      constant: false,
      top: [
        { value: 'b', count: 4 },
        { value: 'a', count: 1 },
      ],
    });
    expect(profile.constantColumns).toEqual(['same']);
    expect(profile.duplicates).toEqual({
      count: 2,
      rows: [
        { row: 3, of: 2 },
        { row: 6, of: 2 },
      ],
    });
    expect(profile.rows).toBe(6);
  });

  it('describes numbers as numpy does', () => {
    // numpy.quantile([15, 16, 16, 16, 17], [.05, .25, .5, .75, .95]); std(ddof=1)
    expect(profile.columns[0]!.numbers).toEqual({
      min: 15,
      max: 17,
      mean: 16,
      standardDeviation: Math.SQRT1_2,
      quantiles: [15.2, 16, 16, 16, expect.closeTo(16.8, 12)],
      histogram: { edges: [14.5, 15.5, 16.5, 17.5], counts: [1, 3, 1] },
    });
    expect(profile.columns[3]!.numbers!.histogram.counts).toEqual([1, 3, 0, 0, 1, 0, 1]);
  });

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
    expect(profileTable(tableFromColumns({ none: [null, null] })).columns[0]).toEqual({
      name: 'none',
      kind: 'number',
      missing: 2,
      distinct: 0,
      constant: true,
      top: [],
    });
  });

  it('puts every value into the bar whose edges hold it', () => {
    const numbers = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 12 }), (values, bins) => {
        const sorted = Float64Array.from(values).sort();
        const { edges, counts } = histogramOf(sorted, bins);
        expect(counts.reduce((sum, n) => sum + n, 0)).toBe(sorted.length);
        counts.forEach((count, k) => {
          const last = k === counts.length - 1;
          const inside = sorted.filter((v) => v >= edges[k]! && (v < edges[k + 1]! || (last && v <= edges[k + 1]!)));
          expect(inside.length).toBe(count);
        });
        expect(quantile(sorted, 0) === sorted[0]).toBe(true);
        expect(quantile(sorted, 1) === sorted.at(-1)).toBe(true);
      }),
      {
        examples: [
          [[0, 5e-324], 2],
          [[-5e-324, 0, 1e-323], 12],
        ],
      },
    );
  });
});

describe('oddRows', () => {
  it('finds the planted row, says why, and is not fooled by many odd ones', () => {
    const age = Array.from({ length: 60 }, (_, i) => 15 + (i % 5));
    const absences = Array.from({ length: 60 }, (_, i) => (i * 7) % 11);
    absences[41] = 300;
    const [odd, ...rest] = oddRows(tableFromColumns({ age, absences, word: age.map(String) }));
    expect(odd).toMatchObject({ row: 42, because: [{ column: 'absences', value: 300, median: 5 }] });
    expect(rest).toEqual([]);
    for (let i = 0; i < 12; i++) absences[i * 5] = 300;
    expect(oddRows(tableFromColumns({ age, absences }), 20).length).toBe(13);
  });

  it('copes with constant columns, missing values and no numbers', () => {
    expect(oddRows(tableFromColumns({ same: [1, 1, 1] }))).toEqual([]);
    expect(oddRows(tableFromColumns({ word: ['a', 'b'] }))).toEqual([]);
    expect(oddRows(tableFromColumns({ x: [null, null, 1, 2, 3] }))).toEqual([]);
    expect(oddRows(tableFromColumns({ mostlyZero: [...new Array(30).fill(0), 9] }))[0]).toMatchObject({ row: 31 });
  });
});
