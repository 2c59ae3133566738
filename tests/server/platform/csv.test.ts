// Exports open in a spreadsheet as what they are: words stay words, numbers numbers, and nothing runs.
import fc from 'fast-check';
import papaparse from 'papaparse';
import { describe, expect, it } from 'vitest';
import { toCsv, toRecords } from '#server/platform/csv.ts';

describe('exports as CSV', () => {
  it('start with a byte order mark, end lines as RFC 4180 says, and quote what needs it', () => {
    expect(
      toCsv({
        columns: ['a', 'b'],
        rows: [
          ['x,y', 'say "so"'],
          ['two\nlines', null],
        ],
      }),
    ).toBe('\uFEFFa,b\r\n"x,y","say ""so"""\r\n"two\nlines",\r\n');
  });

  it('never start a cell of words with what a spreadsheet would run', () => {
    for (const evil of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])
      expect(toCsv({ columns: ['c'], rows: [[evil]] })).toContain(`'${evil}`);
    expect(toCsv({ columns: ['c'], rows: [[-1.5]] })).toBe('\uFEFFc\r\n-1.5\r\n');
  });

  it('come back as they were from any CSV reader, but for the guard', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string()), { minLength: 1 }), (rows) => {
        const text = toCsv({ columns: ['a', 'b'], rows }).slice(1);
        const read = papaparse.parse<string[]>(text.slice(0, -2), { newline: '\r\n' }).data.slice(1);
        const guarded = rows.map((row) => row.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)));
        expect(read).toEqual(guarded);
      }),
    );
  });

  it('are records as JSON', () => {
    expect(toRecords({ columns: ['a', 'b'], rows: [[1, undefined]] })).toEqual([{ a: 1, b: null }]);
  });
});
