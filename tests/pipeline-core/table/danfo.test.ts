import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromDanfo, tableFromColumns, toDanfo } from '#pipeline-core';

describe('fromDanfo', () => {
  it('keeps words as words, missing as missing, booleans as 1 and 0', () => {
    const table = fromDanfo({
      columns: ['n', 'w', 'b', 'late'],
      dtypes: ['float32', 'string', 'boolean', 'string'],
      values: [
        [1.5, 'a', true, 1],
        [Number.NaN, undefined, false, 2],
        [undefined, null, null, 'x'],
      ],
      index: ['r1', 'r2', 'r3'],
    });
    expect(table.cells('n')).toEqual([1.5, null, null]);
    expect(table.cells('w')).toEqual(['a', null, null]);
    expect(table.cells('b')).toEqual([1, 0, null]);
    expect(table.cells('late')).toEqual(['1', '2', 'x']);
  });

  it('says where a column mixes kinds that danfojs overlooked, and keeps the index on request', () => {
    const frame = { columns: ['a'], dtypes: ['int32'], values: [[1], ['x']], index: [10, 20] };
    expect(() => fromDanfo(frame)).toThrow(/Column "a" mixes numbers and words: row 1 holds 1, row 2 holds "x"/);
    expect(fromDanfo({ ...frame, values: [[1], [2]] }, { index: 'id' }).cells('id')).toEqual([10, 20]);
    expect(fromDanfo({ columns: ['a'], values: [] }).rowCount).toBe(0);
  });

  it('refuses a Series and ragged rows', () => {
    expect(() => fromDanfo({ columns: ['a'], values: [1, 2] })).toThrow(/not a danfojs DataFrame/);
    expect(() => fromDanfo({ columns: ['a', 'b'], values: [[1, 2], [1]] })).toThrow(
      'Row 2 of the frame has 1 cells for 2 columns.',
    );
  });
});

describe('toDanfo', () => {
  it('says every type, and refuses names that break a frame', () => {
    const { values, options } = toDanfo(tableFromColumns({ i: [1, 2], f: [0.5, null], w: ['x', null] }));
    expect(values).toEqual([
      [1, 0.5, 'x'],
      [2, Number.NaN, null],
    ]);
    expect(options).toEqual({ columns: ['i', 'f', 'w'], dtypes: ['int32', 'float32', 'string'], index: [0, 1] });
    expect(toDanfo(tableFromColumns({ count: [1] })).options.columns).toEqual(['count']);
    expect(() => toDanfo(tableFromColumns({ shape: [1] }))).toThrow(
      'A danfojs frame cannot have a column called "shape"',
    );
  });

  it('comes back the same table', () => {
    const cells = fc.oneof(
      fc.array(fc.option(fc.double({ noNaN: true })), { minLength: 3, maxLength: 3 }),
      fc
        .array(fc.option(fc.string()), { minLength: 3, maxLength: 3 })
        .filter((words) => words.some((word) => word !== null)),
    );
    fc.assert(
      fc.property(cells, cells, (a, b) => {
        const table = tableFromColumns({ a, b });
        const { values, options } = toDanfo(table);
        expect(fromDanfo({ values, ...options }).columns).toEqual(table.columns);
      }),
    );
  });
});
