import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PipelineError, parseCsv, sampleCsv, Table, tableFromRows, toCsv } from '#pipeline-core';

const thrown = (work: () => unknown): PipelineError => {
  try {
    work();
  } catch (error) {
    if (error instanceof PipelineError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('parseCsv', () => {
  it('reads quotes, doubled quotes, line ends inside quotes, CRLF, LF and a BOM', () => {
    const table = parseCsv('\ufeffname,say\r\n"a ""b"", c","two\nlines"\nplain,x\r\n');
    expect(table.names).toEqual(['name', 'say']);
    expect(table.rows()).toEqual([
      { name: 'a "b", c', say: 'two\nlines' },
      { name: 'plain', say: 'x' },
    ]);
  });

  it('infers numbers, categories and text, and keeps codes with leading zeros as words', () => {
    const words = Array.from({ length: 30 }, (_, i) => `w${i}`);
    const table = parseCsv(
      ['n,c,t,zip', ...words.map((w, i) => `${i % 2 ? '' : i / 2},${'ab'[i % 2]},${w},00${i}`)].join('\n'),
    );
    expect(table.columns.map((column) => column.kind)).toEqual(['number', 'category', 'text', 'text']);
    expect(table.cell(1, 'n')).toBeNull();
    expect(table.cell(4, 'n')).toBe(2);
    expect(table.cell(3, 'zip')).toBe('003');
    expect(table.category('c').levels).toEqual(['a', 'b']);
  });

  it('tells a bare empty field (missing) from a quoted one (empty text)', () => {
    expect(parseCsv('a,b\n,x\n"",y\n', { types: { a: 'text' } }).cells('a')).toEqual([null, '']);
  });

  it.each([
    ['', 'csv-empty', /header/],
    ['a,a\n1,2', 'csv-header', /"a" twice, in columns 1 and 2/],
    ['a,\n1,2', 'csv-header', /Column 2/],
    ['a,b\n1,2\n3\n', 'csv-width', /Row 2 \(line 3\).*1 fields.*2.*"b"/],
    ['a,b\n1,2,3\n', 'csv-width', /Row 1 \(line 2\).*more after "b"/],
    ['a,b\n"1\n2",x"y\n', 'csv-quote', /Row 1 \(line 3\), column "b"/],
    ['a,b\n1,"open\n', 'csv-quote', /Row 1 \(line 2\), column "b".*line 2 is never closed/],
    ['a,b\n"x"y,1\n', 'csv-quote', /column "a".*after the closing quote/],
  ])('refuses %j with %s', (text, code, message) => {
    const error = thrown(() => parseCsv(text));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it('names row and column of what is no number, and a column that is not there', () => {
    const error = thrown(() => parseCsv('age,sex\n15,F\nold,M\n', { types: { age: 'number' } }));
    expect(error.message).toBe('Row 2, column "age": "old" is not a number.');
    expect(thrown(() => parseCsv('age\n1', { types: { agee: 'number' } })).message).toMatch(/Did you mean "age"/);
    for (const odd of ['0x10', 'Infinity', '1e999']) {
      expect(thrown(() => parseCsv(`a\n${odd}`, { types: { a: 'number' } })).code).toBe('not-a-number');
    }
  });

  it('reads the same with and without a quote anywhere, since the two ways differ inside', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', ',', '\n', '\r\n', '\r', '1', ' '), maxLength: 20 });
    const attempt = (text: string) => {
      try {
        return parseCsv(text).columns.map((column) => ({ ...column }));
      } catch (error) {
        return (error as Error).message;
      }
    };
    fc.assert(
      fc.property(piece, fc.nat(3), (text, width) => {
        const header = ['x', 'y', 'z', 'w'].slice(0, width + 1);
        const quoted = ['"x"', ...header.slice(1)].join();
        expect(attempt(`${header.join()}\n${text}`)).toEqual(attempt(`${quoted}\n${text}`));
      }),
      { numRuns: 500 },
    );
  });

  it('takes one-column tables with missing values, and ignores empty lines of wider ones', () => {
    expect(parseCsv('a\n\nx\n\n').cells('a')).toEqual([null, 'x', null]);
    expect(parseCsv('a,b\n1,2\n\r\n\n').rowCount).toBe(1);
    expect(parseCsv('a,b\n1,2\n\r\n\n3,4\n').cells('a')).toEqual([1, 3]);
    expect(parseCsv('a,b\r\n"1",2\r\n\r\n3,4\r\n').cells('a')).toEqual([1, 3]);
    expect(parseCsv('a,b').rowCount).toBe(0);
  });
});

describe('toCsv', () => {
  it('writes CRLF unless asked for other line ends, and quotes only what needs it', () => {
    const table = tableFromRows([
      { a: 1.5, b: 'x,y' },
      { a: null, b: 'z' },
    ]);
    expect(toCsv(table)).toBe('a,b\r\n1.5,"x,y"\r\n,z\r\n');
    expect(toCsv(table, { newline: '\n', delimiter: ';' })).toBe('a;b\n1.5;x,y\n;z\n');
  });

  it('guards formulas in exports, never numbers', () => {
    const table = tableFromRows([
      { a: -1, b: '=1+1' },
      { a: 2, b: '-x' },
    ]);
    expect(toCsv(table, { guardFormulas: true, newline: '\n' })).toBe("a,b\n-1,'=1+1\n2,'-x\n");
  });

  it('refuses an infinite number by row and column', () => {
    expect(thrown(() => toCsv(tableFromRows([{ a: 1 }, { a: Infinity }]))).message).toMatch(/Row 2, column "a"/);
  });

  it('round trips every table cell for cell, kinds given', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', '"', ',', '\n', '\r', ';', '=', ' ', 'é', '\u{1f600}', '0'),
      maxLength: 6,
    });
    const number = fc.double({ noDefaultInfinity: true });
    const column = (rows: number) =>
      fc.oneof(
        fc.array(number, { minLength: rows, maxLength: rows }).map((cells) => ({
          kind: 'number' as const,
          values: Float64Array.from(cells),
        })),
        fc
          .array(fc.option(word), { minLength: rows, maxLength: rows })
          .map((cells) => ({ kind: 'text' as const, values: cells })),
      );
    const tables = fc
      .tuple(
        fc.nat(5),
        fc.uniqueArray(
          word.filter((name) => name.trim() !== ''),
          { minLength: 1, maxLength: 4 },
        ),
      )
      .chain(([rows, names]) =>
        fc
          .tuple(...names.map((name) => column(rows).map((body) => ({ name, ...body }))))
          .map((columns) => new Table(columns)),
      );
    fc.assert(
      fc.property(
        tables,
        fc.constantFrom('\n' as const, '\r\n' as const),
        fc.constantFrom(',', ';', '\t'),
        (table, newline, delimiter) => {
          const types = Object.fromEntries(table.columns.map((c) => [c.name, c.kind]));
          const back = parseCsv(toCsv(table, { newline, delimiter }), { types, delimiter });
          expect(back.columns).toEqual(table.columns);
        },
      ),
    );
  });
});

describe('numbers', () => {
  it('are the ones that Number() reads, whatever way they are read', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 0, maxLength: 18 });
    const written = fc
      .tuple(fc.constantFrom('', '-', '+'), digits, fc.constantFrom('', '.'), digits, fc.constantFrom('', 'e3', 'e-7'))
      .map((parts) => parts.join(''))
      .filter((word) => /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(word));
    fc.assert(
      fc.property(fc.array(written, { minLength: 1, maxLength: 5 }), (words) => {
        const [plain, quoted] = [words.join('\n'), words.map((word) => `"${word}"`).join('\n')];
        const expected = words.map(Number);
        expect(parseCsv(`a\n${plain}`).cells('a')).toEqual(expected);
        expect(parseCsv(`a\n${quoted}`).cells('a')).toEqual(expected);
      }),
    );
  });

  it('have a decimal comma where that is said', () => {
    const table = parseCsv('a;b\n1,5;1.234,5\n;7\n-2;x\n', { delimiter: ';', decimal: ',' });
    expect(table.cells('a')).toEqual([1.5, null, -2]);
    expect(table.column('b').kind).toBe('category');
  });
});

describe('sampleCsv', () => {
  it('keeps rows evenly spread, and says which and of how many', () => {
    const text = `a,b\n${Array.from({ length: 10 }, (_, i) => `${i},"x,${i}"`).join('\n')}\n`;
    const { table, at, of } = sampleCsv(text, 4);
    expect({ at, of }).toEqual({ at: [0, 2, 5, 7], of: 10 });
    expect(table.rows()).toEqual(at.map((i) => ({ a: i, b: `x,${i}` })));
    expect(sampleCsv(text, 10).table.rowCount).toBe(10);
  });

  it('holds what the whole table holds: one word that is not drawn makes words of all', () => {
    const text = `code\n${[1, 2, 3, 'A1', 5, 6, 7, 8, 9, 10].join('\n')}\n`;
    expect(sampleCsv(text, 4).table.cells('code')).toEqual(['1', '3', '6', '8']);
  });
});

it('takes numbers that stand for missing values as missing', () => {
  expect(parseCsv('x\n1\n-999\n"-999"\n', { missing: ['-999'] }).cells('x')).toEqual([1, null, null]);
});

it('knows a column by all its rows, also where its only word is far down', () => {
  const cells = Array.from({ length: 700 }, (_, i) => (i === 600 ? 'none' : `${i / 4}`));
  const table = parseCsv(`a,b,c\n${cells.map((cell, i) => `${i},${cell},${i === 650 ? '' : i / 8}`).join('\n')}\n`);
  expect(table.columns.map(({ kind }) => kind)).toEqual(['number', 'text', 'number']);
  expect(table.cells('b')).toEqual(cells);
  expect(table.cells('c')).toEqual(cells.map((_, i) => (i === 650 ? null : i / 8)));
});

it('makes no room for the fields of lines that have none', () => {
  const header = Array.from({ length: 3_000 }, (_, j) => `c${j}`).join(',');
  expect(parseCsv(`${header}\n${'\n'.repeat(2_000_000)}`).rowCount).toBe(0);
});
