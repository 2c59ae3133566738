import { describe, expect, it } from 'vitest';
import { joinColumns, matrixFromRows, matrixFromTable, Table, tableFromColumns, tableFromRows } from '#pipeline-core';

const table = tableFromRows([
  { age: 15, sex: 'F', paid: true },
  { age: 17, sex: 'M', paid: false },
  { age: null, sex: null, paid: true },
]);

describe('Table', () => {
  it('types its columns and gives missing values back as null', () => {
    expect(table.columns.map((column) => column.kind)).toEqual(['number', 'category', 'number']);
    expect(table.row(2)).toEqual({ age: null, sex: null, paid: 1 });
    expect([...table.numbers('age')]).toEqual([15, 17, Number.NaN]);
  });

  it('gives any column as words', () => {
    expect(['age', 'sex', 'paid'].map((name) => table.words(name))).toEqual([
      ['15', '17', ''],
      ['F', 'M', ''],
      ['1', '0', '1'],
    ]);
    expect(() => table.words('agee')).toThrow('Did you mean "age"?');
  });

  it('selects, drops, filters, takes and renames without changing itself', () => {
    expect(table.select(['sex', 'age']).names).toEqual(['sex', 'age']);
    expect(table.drop(['paid']).names).toEqual(['age', 'sex']);
    expect(table.filter((row) => row['sex'] === 'M').cells('age')).toEqual([17]);
    expect(table.take([1, 1, 0]).cells('sex')).toEqual(['M', 'M', 'F']);
    expect(table.take([1]).category('sex').levels).toEqual(['F', 'M']);
    expect(table.rename({ age: 'years' }).names).toEqual(['years', 'sex', 'paid']);
    expect(table.head(2).rowCount).toBe(2);
    expect(table.withColumn('old', [0, 1, 0]).cells('old')).toEqual([0, 1, 0]);
    expect(table.withColumn('age', [1, 2, 3]).names).toEqual(['age', 'sex', 'paid']);
    expect(table.cells('age')).toEqual([15, 17, null]);
  });

  it('keeps its rows when its last column is switched off', () => {
    expect(table.select([]).rowCount).toBe(3);
    expect(table.drop(table.names).take([0, 2]).rowCount).toBe(2);
    expect(() => table.select([]).withColumn('a', [1])).toThrow('Column "a" has 1 rows, but the table has 3.');
    expect(new Table([]).withColumn('a', [1, 2]).rowCount).toBe(2);
    expect(matrixFromTable(table.select([]))).toMatchObject({ rows: 3, cols: 0 });
  });

  it('says which column is not there and which may be meant', () => {
    expect(() => table.column('agee')).toThrow('The table has no column "agee". Did you mean "age"?');
    expect(() => table.select(['nothing-like-it'])).toThrow('It has age, sex, paid.');
    expect(() => table.drop(['x'])).toThrow(/no column/);
    expect(() => table.numbers('sex')).toThrow(/Column "sex" holds category, not numbers. Encode it first/);
    expect(() => table.cell(3, 'age')).toThrow('There is no row 3: the table has 3 rows, counted from 0.');
    expect(() => table.take([-1])).toThrow(/no row -1/);
  });

  it('refuses what is no table', () => {
    expect(() => table.withColumn('short', [1])).toThrow('Column "short" has 1 rows, but the table has 3.');
    expect(() => tableFromColumns({ a: [1, 'x'] })).toThrow(/mixes numbers and words: row 1 holds 1, row 2 holds "x"/);
    expect(() => tableFromRows([{ a: 1 }, { a: 1, b: 2 }])).toThrow(/Row 2 has a column "b"/);
    expect(() => new Table([...table.columns, table.column('age')])).toThrow(/Two columns are called "age"/);
  });

  it('survives column names that objects are born with', () => {
    const odd = tableFromRows([{ constructor: 1, toString: 2 }], ['constructor', 'toString', 'valueOf']);
    expect(odd.row(0)).toEqual({ constructor: 1, toString: 2, valueOf: null });
  });
});

describe('matrices', () => {
  it('come from tables and rows and are put side by side', () => {
    const left = matrixFromTable(table, ['paid']);
    expect(left).toEqual({ data: Float64Array.of(1, 0, 1), rows: 3, cols: 1, names: ['paid'] });
    const both = joinColumns([
      left,
      matrixFromRows(
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        ['a', 'b'],
      ),
    ]);
    expect([...both.data]).toEqual([1, 1, 2, 0, 3, 4, 1, 5, 6]);
    expect(both.names).toEqual(['paid', 'a', 'b']);
    expect(() => matrixFromRows([[1], [1, 2]])).toThrow(/Row 2 has 2 values/);
  });
});
