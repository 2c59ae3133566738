// Tables in the dialects that spreadsheets, pandas and R write: read alike, and what was put right is reported.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PipelineError, parseCsv, readForeignCsv, toCsv } from '#pipeline-core';

const table = [
  ['name', 'price', 'rooms'],
  ['flat, small', '1234.5', '2'],
  ['house', '0.25', '4'],
  ['loft', '17', '1'],
];
const quoted = (word: string, delimiter: string) => (word.includes(delimiter) ? `"${word}"` : word);
const written = (delimiter: string, change: (word: string) => string = (word) => word) =>
  `${table.map((row) => row.map((word) => quoted(change(word), delimiter)).join(delimiter)).join('\n')}\n`;
const expected = parseCsv(written(',')).rows();
const single = (delimiter: string) =>
  `${table.map((row) => row.map((word) => `'${word}'`).join(delimiter)).join('\r\n')}\r\n`;
const withComma = (word: string) => (/^\d*\.\d+$/.test(word) ? word.replace('.', ',') : word);

describe('readForeignCsv', () => {
  it.each([
    ['commas', written(','), []],
    ['semicolons', written(';'), ['semicolon']],
    ['tabs', written('\t'), ['tab']],
    ['vertical bars', written('|'), ['vertical bar']],
    ['a line sep=', `sep=;\n${written(';')}`, ['semicolon']],
    ['a quoted line sep=', `"sep=\t"\r\n${written('\t')}`, ['tab']],
    ['a decimal comma', written(';', withComma), ['semicolon', 'decimal comma']],
    ['dots between thousands', written(';', withComma).replace('1234,5', '1.234,5'), ['semicolon', 'decimal comma']],
    ['CR alone', written(',').replaceAll('\n', '\r'), ['CR alone']],
    ['a delimiter at the end of each line', written(';').replaceAll('\n', ';\n'), ['semicolon', 'end of each line']],
    [
      'a delimiter at the end of each record',
      written(';').replaceAll('\n', ';\n').replace(';\n', '\n'),
      ['semicolon', 'end of each line'],
    ],
    ['a delimiter at the end of the header', written(',').replace('\n', ',\n'), []],
    ['single quotes around all fields', single(','), ['single quotes']],
    ['single quotes and semicolons', single(';'), ['semicolon', 'single quotes']],
    ['single quotes and blanks', single(',').replaceAll("','", "', '"), ['single quotes']],
    ['single quotes around words alone', single(',').replaceAll(/'([\d.]+)'/g, '$1'), ['single quotes']],
    ['single quotes where needed', written(',').replace('"flat, small"', "'flat, small'"), ['single quotes']],
    ['a byte order mark', `\ufeff${written(',')}`, []],
  ])('reads %s', (_, text, notes) => {
    const found = readForeignCsv(text);
    expect(found.table.rows()).toEqual(expected);
    expect(found.notes).toHaveLength(notes.length);
    for (const [i, note] of notes.entries()) expect(found.notes[i]).toContain(note);
  });

  it('leaves a first column without a name out only where it counts the rows', () => {
    const rows = written(',').trimEnd().split('\n');
    const numbered = (numbers: string[]) =>
      [`,${rows[0]}`, ...rows.slice(1).map((row, i) => `${numbers[i]},${row}`)].join('\n');
    expect(readForeignCsv(numbered(['0', '1', '2'])).table.names).toEqual(table[0]);
    expect(readForeignCsv(numbered(['1', '2', '3'])).table.names).toEqual(table[0]);
    expect(readForeignCsv(numbered(['7', '9', '4'])).table.names).toEqual(['Unnamed: 0', ...table[0]!]);
  });

  it('takes no decimal comma for one in words, and none where the comma separates columns', () => {
    expect(readForeignCsv('a;b\n3,5;x\nn/a;y\n').table.cells('a')).toEqual(['3,5', 'n/a']);
    expect(readForeignCsv('a,b\n3,5\n4,6\n').table.numbers('a')[0]).toBe(3);
  });

  it('reads what is between single quotes as it is, and keeps quotes that belong to words', () => {
    const cells = (text: string) => readForeignCsv(text).table.cells('a');
    expect(cells(`'a','b'\n'it''s','1'\n'say "no"','2'\n'don\\'t','3'\n'x\ny','4'\n`)).toEqual([
      "it's",
      'say "no"',
      "don't",
      'x\ny',
    ]);
    for (const text of ["a,b\n'tis,1\nit's,2\n", "a,b\n'90s,1\n'80s,2\n", `a,b\n"'x'",1\n"'y'",2\n`]) {
      const found = readForeignCsv(text);
      expect([found.table.rows(), found.notes]).toEqual([parseCsv(text).rows(), []]);
    }
    const some = readForeignCsv("a,b\n'good',1\nbad,2\n");
    expect(some.table.cells('a')).toEqual(["'good'", 'bad']);
    expect(some.notes).toEqual(['Some cells are within single quotes, which were kept.']);
  });

  it('reads every table back whose fields are all within single quotes', () => {
    const word = fc.string({
      unit: fc.constantFrom("'", '"', ',', ';', ' ', 'a', 'é', '1', '|'),
      minLength: 1,
      maxLength: 6,
    });
    const rows = fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(rows, fc.constantFrom(',', ';', '\t', '|'), (some, delimiter) => {
        const line = (row: readonly string[]) => row.map((each) => `'${each.replaceAll("'", "''")}'`).join(delimiter);
        const { table } = readForeignCsv([['w', 'v'], ...some].map(line).join('\n'), {
          types: { w: 'text', v: 'text' },
        });
        expect(table.rows()).toEqual(some.map(([w, v]) => ({ w, v })));
      }),
    );
  });

  it('keeps an empty column of its own name', () => {
    expect(readForeignCsv('a,b\n1,\n2,\n').table.names).toEqual(['a', 'b']);
  });

  it('refuses what it does not understand with row and column, as parseCsv does', () => {
    const refused = (text: string) => {
      try {
        readForeignCsv(text, { types: { price: 'number' } });
      } catch (error) {
        return (error as PipelineError).message;
      }
      return 'taken';
    };
    expect(refused('name;price\nx;1,5\ny;cheap\n')).toContain('Row 1, column "price": "1,5" is not a number');
    expect(refused('name;price\nx;1\ny;2;3\nz;4\n')).toContain('Row 2');
    expect(refused('')).toContain('empty');
  });

  it('reads every table that toCsv writes with any delimiter back as it was', () => {
    const word = fc.stringMatching(/^[a-z]{1,6}( [a-z]{1,4})?$/);
    const rows = fc.array(fc.tuple(word, fc.integer({ min: -999, max: 999 }), word), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(rows, fc.constantFrom(',', ';', '\t', '|'), (some, delimiter) => {
        const text = `w,n,v\n${some.map((row) => row.join(',')).join('\n')}\n`;
        const own = parseCsv(text);
        expect(readForeignCsv(toCsv(own, { delimiter })).table.rows()).toEqual(own.rows());
      }),
    );
  });
});
