// Edges of preparation: constant columns, columns without a value, tables against plain rows of the same cells.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Cell,
  MinMaxScaler,
  OneHotEncoder,
  OrdinalEncoder,
  SimpleImputer,
  StandardScaler,
  tableFromColumns,
  transformerFromJSON,
} from '#pipeline-core';

it('a constant column becomes exactly 0, whatever the constant', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 1, max: 40 }), (value, rows) => {
      const x = Array.from({ length: rows }, () => [value]);
      for (const step of [new StandardScaler(), new MinMaxScaler()]) {
        expect([...step.fitTransform(x).data].every((cell) => cell === 0)).toBe(true);
      }
    }),
  );
});

it('nothing is said of a column that had no value at fit, as in scikit-learn, after saving too', () => {
  for (const step of [new StandardScaler(), new MinMaxScaler({ clip: true })]) {
    const fitted = step.fit([
      [1, null],
      [3, null],
    ]);
    for (const one of [fitted, transformerFromJSON(JSON.parse(JSON.stringify(fitted)))]) {
      const [known, unknown] = one.transform([[2, 5]]).data;
      expect(Number.isFinite(known)).toBe(true);
      expect(unknown).toBeNaN();
    }
  }
});

describe('a table and plain rows of the same cells', () => {
  const words = fc.array(fc.constantFrom<Cell>('a', 'b', 'c', null), { minLength: 1, maxLength: 30 });

  it('are encoded alike, levels that a cut table no longer holds left out', () => {
    fc.assert(
      fc.property(words, words, (train, other) => {
        const whole = tableFromColumns({ word: [...train, 'z', ...other] });
        if (whole.column('word').kind !== 'category') throw new Error('This test is about category columns.');
        const rows = (cells: readonly Cell[]) => cells.map((cell) => [cell]);
        const part = whole.take(train.map((_, i) => i));
        const rest = whole.take(other.map((_, i) => train.length + 1 + i));
        for (const make of [
          () => new OneHotEncoder({ handleUnknown: 'ignore', drop: 'if_binary' }),
          () => new OrdinalEncoder({ handleUnknown: 'use_encoded_value', unknownValue: -1 }),
        ]) {
          const byTable = make().fit(part);
          const byRows = make().fit(rows(train));
          expect(byTable.categories).toEqual(byRows.categories);
          expect(byTable.transform(rest).data).toEqual(byRows.transform(rows(other)).data);
        }
      }),
    );
  });

  it('an unknown word is refused with its row and column', () => {
    const table = tableFromColumns({ word: ['a', 'b', 'a'] });
    const encoder = new OneHotEncoder().fit(table);
    expect(() => encoder.transform(tableFromColumns({ word: ['a', 'x'] }))).toThrow(
      'Row 2, column "word": "x" was not among the values at fit (a, b).',
    );
  });
});

it('the median and the most frequent value do not depend on the order of the rows', () => {
  const column = fc.array(fc.constantFrom(1, 2, 2.5, 4, null), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(column, (cells) => {
      fc.pre(cells.some((cell) => cell !== null));
      for (const strategy of ['median', 'most_frequent'] as const) {
        const filled = (list: readonly (number | null)[]) =>
          new SimpleImputer({ strategy }).fit(list.map((cell) => [cell])).statistics[0];
        expect(filled(cells)).toBe(filled([...cells].reverse()));
      }
    }),
  );
});
