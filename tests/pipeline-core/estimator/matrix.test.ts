// Matrices from named values: each value in the column of its name.
import { expect, it } from 'vitest';
import {
  featureRanges,
  joinColumns,
  matrixFromColumns,
  matrixFromItems,
  matrixFromRecords,
  matrixFromRows,
} from '#pipeline-core';

it('puts each value in the column of its name; a name that a row lacks is 0', () => {
  const matrix = matrixFromRecords([
    { a: 1, old: 5 },
    { young: 7, a: 2 },
  ]);
  expect(matrix.names).toEqual(['a', 'old', 'young']);
  expect([...matrix.data]).toEqual([1, 5, 0, 2, 0, 7]);
});

it('is the same where records are made one at a time, into one that is there already or not', () => {
  const items = [{ a: 1 }, { a: 2, b: 3 }, { b: 4 }];
  const expected = matrixFromRecords(items);
  expect(matrixFromItems(items, (item) => item)).toEqual(expected);
  expect(matrixFromItems(items, (item, record) => Object.assign(record, item))).toEqual(expected);
  expect(matrixFromItems(items, (item, record) => Object.assign(record, item), ['b'])).toEqual(
    matrixFromRecords(items, ['b']),
  );
});

it('is the same from columns, however they are held, of more rows than are copied at a time', () => {
  const records = Array.from({ length: 150 }, (_, i) => ({ a: i / 3, b: i % 5, c: -i, d: i % 2 }));
  const columns = new Map<string, ArrayLike<number>>([
    ['a', Float64Array.from(records, ({ a }) => a)],
    ['b', Int32Array.from(records, ({ b }) => b)],
    ['c', records.map(({ c }) => c)],
    ['d', Uint8Array.from(records, ({ d }) => d)],
  ]);
  expect(matrixFromColumns(columns)).toEqual(matrixFromRecords(records));
  for (const names of [['c', 'a'], ['none', 'b'], []]) {
    expect(matrixFromColumns(columns, names)).toEqual(matrixFromRecords(records, names));
  }
  expect(() => matrixFromColumns(new Map([...columns, ['e', [1]]]))).toThrow(
    '`e` has 1 values, but the features before it have 150.',
  );
  const odd = new Map([['a', [1, '2'] as unknown as number[]]]);
  expect(() => matrixFromColumns(odd)).toThrow('Row 2: `a` is 2, but every feature must be a number.');
  expect(matrixFromColumns(new Map())).toMatchObject({ rows: 0, cols: 0, names: [] });
});

it('takes the columns of the fitted model and leaves others out', () => {
  const matrix = matrixFromRecords([{ extra: 9, b: 2 }], ['a', 'b']);
  expect([...matrix.data]).toEqual([0, 2]);
});

it('keeps missing numbers missing, and refuses what is no number', () => {
  expect([...matrixFromRecords([{ a: Number.NaN }]).data]).toEqual([Number.NaN]);
  const records = [{ a: 1 }, { a: undefined }] as unknown as Record<string, number>[];
  expect(() => matrixFromRecords(records)).toThrow('Row 2: `a` is undefined, but every feature must be a number.');
});

it('gives no columns for no rows', () => {
  expect(matrixFromRecords([])).toMatchObject({ rows: 0, cols: 0, names: [] });
});

it('tells the range of each feature', () => {
  const ranges = featureRanges(
    matrixFromRecords([
      { a: 1, b: 3, c: Number.NaN },
      { a: 1, b: Number.NaN, c: Number.NaN },
    ]),
  );
  expect(ranges).toEqual([
    { name: 'a', min: 1, max: 1, mean: 1 },
    { name: 'b', min: 3, max: 3, mean: 3 },
    { name: 'c', min: Number.NaN, max: Number.NaN, mean: Number.NaN },
  ]);
});

it('refuses what has no names of its own, and a name given twice, instead of making zeros of it', () => {
  const records = (value: unknown) => () => matrixFromRecords([{ a: 1 }, value] as Record<string, number>[]);
  for (const value of [null, undefined, 7, 'a', new Map([['a', 1]]), new Set([1])])
    expect(records(value)).toThrow('The features of row 2 must be names and numbers such as { age: 17 }');
  expect(records(new Map())).toThrow('write Object.fromEntries(map)');
  expect(() => matrixFromRecords([null] as unknown as Record<string, number>[])).toThrow('The features of row 1');
  expect(() => matrixFromRecords([{ a: 1 }], ['a', 'b', 'a'])).toThrow('The name `a` is there twice');
  expect(() => matrixFromColumns(new Map([['a', [1]]]), ['a', 'a'])).toThrow('The name `a` is there twice');
  const object = { a: [1] } as unknown as Map<string, number[]>;
  expect(() => matrixFromColumns(object)).toThrow('of an object write new Map(Object.entries(features))');
});

it('names every column where matrices with and without names are joined, so that none is taken for its neighbour', () => {
  const named = matrixFromRecords([{ a: 1, b: 2 }]);
  const plain = matrixFromRows([[3, 4]]);
  expect(joinColumns([plain, named, plain]).names).toEqual(['x0', 'x1', 'a', 'b', 'x4', 'x5']);
  expect(joinColumns([plain, plain]).names).toEqual([]);
});
