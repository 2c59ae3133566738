// Exports open in a spreadsheet as what they are: words stay words, numbers numbers, and nothing runs.
import fc from 'fast-check';
import papaparse from 'papaparse';
import { describe, expect, it } from 'vitest';
import { toCsv as tableCsv, tableFromColumns } from '#pipeline-core';
import { guarded, toCsv, toRecords } from '#session-core/text/csv.ts';

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
    for (const evil of ['=1+1', '+1', '-1', '@SUM(A1)'])
      for (const before of ['', '\t', '\r'])
        expect(toCsv({ columns: ['c'], rows: [[`${before}${evil}`]] })).toContain(`${before}'${evil}`);
    for (const [evil, safe] of [
      ['fewer trees;=1+1', "fewer trees;'=1+1"],
      ['a\t@x', "a\t'@x"],
      ['a, -1', "a, '-1"],
      ['a;"=1+1', 'a;""\'=1+1'],
      ['a\n  +1', "a\n  '+1"],
      ['a;\uff1d1', "a;'\uff1d1"],
      ['  =1', "  '=1"],
    ])
      for (const separator of ['comma', 'semicolon'] as const)
        expect(toCsv({ columns: ['c'], rows: [[evil!]] }, separator)).toBe(`\uFEFFc\r\n"${safe}"\r\n`);
    expect(toCsv({ columns: ['c'], rows: [['a=b, c-d']] })).toContain('"a=b, c-d"');
    expect(toCsv({ columns: ['c'], rows: [[-1.5]] })).toBe('\uFEFFc\r\n-1.5\r\n');
  });

  it.each([
    ['\u200b=1', "\u200b'=1"],
    ['\u202e\u00ad@x', "\u202e\u00ad'@x"],
    ['\u0000=1', "\u0000'=1"],
    ['\u3164+1', "\u3164'+1"],
    ['a;\u2060\ufe66 1', "a;\u2060'\ufe66 1"],
    ['\ufe63 1', "'\ufe63 1"],
    ['a=b, c-d', 'a=b, c-d'],
    ['\u200bword', '\u200bword'],
  ])('guard %j, which a spreadsheet may read otherwise than one sees it, also in the library', (word, safe) => {
    expect(guarded(word)).toBe(safe);
    const table = tableFromColumns({ c: [word, 'x'] });
    expect(papaparse.parse<string[]>(tableCsv(table, { guardFormulas: true })).data[1]).toEqual([safe]);
  });

  it('have no cell that begins a formula, however a spreadsheet splits them', () => {
    const words = fc.array(fc.constantFrom('=1', '-', '@', ';', ',', '\t', '"', "'", '\n', ' ', 'a', '|'), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(words, fc.constantFrom('comma' as const, 'semicolon' as const), (parts, separator) => {
        const text = toCsv({ columns: ['a', 'b'], rows: [[parts.join(''), 'x']] }, separator).slice(1);
        for (const delimiter of [',', ';', '\t', '|'])
          for (const quoteChar of ['"', '\0'])
            for (const cell of papaparse.parse<string[]>(text, { delimiter, quoteChar }).data.flat())
              expect(cell).not.toMatch(/^[\s"]*[=+\-@]/);
      }),
    );
  });

  it('have semicolons and decimal commas where a spreadsheet wants them', () => {
    expect(toCsv({ columns: ['a', 'b'], rows: [[2.5, 'x;y']] }, 'semicolon')).toBe('\uFEFFa;b\r\n2,5;"x;y"\r\n');
  });

  it('come back as they were from any CSV reader, but for the guard', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string()), { minLength: 1 }), (rows) => {
        const text = toCsv({ columns: ['a', 'b'], rows }).slice(1);
        const read = papaparse.parse<string[]>(text.slice(0, -2), { newline: '\r\n' }).data.slice(1);
        const expected = rows.map((row) => row.map(guarded));
        expect(read).toEqual(expected);
      }),
    );
  });

  it('are records as JSON', () => {
    expect(toRecords({ columns: ['a', 'b'], rows: [[1, undefined]] })).toEqual([{ a: 1, b: null }]);
  });
});
