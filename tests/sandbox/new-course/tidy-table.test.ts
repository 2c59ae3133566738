// Tables as people bring them: what becomes of their names, numbers, dates and words; and the files that are refused, each
// with what is wrong and where.
import { describe, expect, it } from 'vitest';
import { PipelineError } from '#pipeline-core';
import { TABLE_LIMITS, tidyTable } from '#sandbox/data/tidy-table.ts';
import { bytesOf, flatsCsv } from '#tests/support/odd-tables.ts';

const ROWS = 60;
/** A table with these columns: header -> the cell of row i. */
function tableOf(columns: Readonly<Record<string, (i: number) => string | number>>, header?: string): Uint8Array {
  const lines = Array.from({ length: ROWS }, (_, i) =>
    Object.values(columns)
      .map((cell) => cell(i))
      .join(','),
  );
  return bytesOf(`${header ?? Object.keys(columns).join(',')}\n${lines.join('\n')}\n`);
}
const counter = (i: number) => i;

describe('names of columns', () => {
  it.each<[header: string, names: string[]]>([
    ['Living area,price per m2,Ärzte', ['Living_area', 'price_per_m2', 'Arzte']],
    ['class,constructor,__proto__', ['class', 'constructor_column', 'proto']],
    ['yes,row,toString', ['yes_column', 'row_column', 'toString_column']],
    ['price,price,Price', ['price', 'price_2', 'Price_3']],
    ['a b,a_b,a-b', ['a_b', 'a_b_2', 'a_b_3']],
    ['价格,цена,Größe', ['column_1', 'column_2', 'Grosse']],
    ['2019,2020 sales,%', ['c_2019', 'c_2020_sales', 'column_3']],
    ['  ,a,b', ['column_1', 'a', 'b']],
    [`${'long '.repeat(30)},"a ""b""","x\ny"`, ['long_long_long_long_long_long_lo', 'a_b', 'x_y']],
    ['=1+1,-a,@b', ['c_1_1', 'a', 'b']],
  ])('%s', (header, names) => {
    const { table, columns } = tidyTable(tableOf({ a: (i) => i % 7, b: (i) => i % 5, c: counter }, header));
    expect(table.names).toEqual(names);
    expect(new Set(columns.map((column) => column.header)).size).toBe(3);
    for (const { header: said } of columns) expect(said).toMatch(/^[^\p{Cc}]{1,70}$/u);
  });
});

describe('what a column holds', () => {
  const semicolons = (cell: (i: number) => string) =>
    tidyTable(bytesOf(`name;price\n${Array.from({ length: ROWS }, (_, i) => `n${i};${cell(i)}`).join('\n')}\n`));

  it.each<[what: string, cell: (i: number) => string, first: readonly number[]]>([
    ['points between thousands, where a semicolon separates', (i) => `1.${100 + i}`, [1100, 1101]],
    ['the same beside millions', (i) => (i % 2 ? '1.234.567' : `1.${100 + i}`), [1100, 1234567]],
    ['fractions of three digits, where one is below 1', (i) => (i % 2 ? '0.125' : `1.${100 + i}`), [1.1, 0.125]],
    ['fractions, where one has less digits', (i) => (i % 2 ? '1.5' : `1.${100 + i}`), [1.1, 1.5]],
    ["a typesetter's minus", (i) => `\u2212${i}.5`, [-0.5, -1.5]],
  ])('%s', (_, cell, first) => {
    expect(semicolons(cell).table.numbers('price').slice(0, 2)).toEqual(Float64Array.from(first));
  });

  it('says that points were taken for thousands', () => {
    expect(semicolons((i) => `1.${100 + i}`).notes).toContain(
      'Points in column price separate thousands: 1.100 is read as 1100.',
    );
  });

  it('codes of more digits than a number keeps are words, and no two of them one', () => {
    const { columns } = tidyTable(
      tableOf({ id: (i) => `9007199254740${String(993 + 2 * i).padStart(4, '0')}`, b: counter }),
    );
    expect(columns[0]).toMatchObject({ kind: 'text', distinct: ROWS });
  });

  it('rows without any value, as spreadsheets leave them, are no rows', () => {
    const text = `a,b\n${Array.from({ length: ROWS }, (_, i) => `${i},${i % 7}`).join('\n')}\n,\n,\n`;
    const { table, notes } = tidyTable(bytesOf(text));
    expect([table.rowCount, notes]).toEqual([ROWS, ['2 rows without any value were left out.']]);
  });

  const only = (cell: (i: number) => string) => {
    const { table, columns } = tidyTable(tableOf({ n: (i) => i % 9, it: cell }));
    const { kind, unit, isDate, missing, odd } = columns[1]!;
    return { kind, unit, isDate, missing, odd, first: table.cells('it').slice(0, 3) };
  };
  const plain = { isDate: false, missing: 0, odd: undefined };

  it.each<[what: string, cell: (i: number) => string, expected: object]>([
    ['amounts', (i) => `"$${i},250.50"`, { ...plain, kind: 'number', unit: '$', first: [250.5, 1250.5, 2250.5] }],
    ['percents', (i) => `${i}.5 %`, { ...plain, kind: 'number', unit: '%', first: [0.5, 1.5, 2.5] }],
    ['thousands', (i) => `"${i + 1},000"`, { ...plain, kind: 'number', unit: '', first: [1000, 2000, 3000] }],
    [
      'thousands of Switzerland',
      (i) => `${i + 1}\u2019000.5`,
      { ...plain, kind: 'number', first: [1000.5, 2000.5, 3000.5] },
    ],
    [
      'losses with their sign before the unit, or within brackets',
      (i) => [`-$${i}.50`, `($${i}.25)`, `$-${i}`][i % 3]!,
      { ...plain, kind: 'number', unit: '$', first: [-0.5, -1.25, -2] },
    ],
    ['two signs', (i) => `-$-${i}`, { ...plain, kind: 'text' }],
    ['codes', (i) => `00${i}`, { ...plain, kind: 'text', unit: '', first: ['000', '001', '002'] }],
    [
      'ISO dates',
      (i) => `2020-01-${String(1 + (i % 30)).padStart(2, '0')}`,
      { ...plain, isDate: true, kind: 'number', unit: 'days since 2020-01-01', first: [0, 1, 2] },
    ],
    [
      'dates with times',
      (i) => `2020-01-${String(1 + (i % 30)).padStart(2, '0')}T12:00:00Z`,
      { ...plain, isDate: true, kind: 'number', unit: 'days since 2020-01-01', first: [0.5, 1.5, 2.5] },
    ],
    [
      'American dates',
      (i) => `1/${1 + (i % 30)}/2020`,
      { ...plain, isDate: true, kind: 'number', unit: 'days since 2020-01-01', first: [0, 1, 2] },
    ],
    [
      'European dates',
      (i) => `${1 + (i % 30)}/1/2020`,
      { ...plain, isDate: true, kind: 'number', unit: 'days since 2020-01-01', first: [0, 1, 2] },
    ],
    [
      'words',
      (i) => [' Ada', 'Bel ', 'Cor'][i % 3]!,
      { ...plain, kind: 'words', unit: '', first: ['Ada', 'Bel', 'Cor'] },
    ],
    ['texts', (i) => `a sentence about ${i}`, { ...plain, kind: 'text', unit: '' }],
    [
      'missing values',
      (i) => ['', 'NA', 'n/a', '7'][i % 4]!,
      { ...plain, kind: 'number', unit: '', missing: 45, first: [null, null, null] },
    ],
    ['nothing at all', () => '', { ...plain, kind: 'number', unit: '', missing: ROWS }],
    [
      'numbers but for a slip',
      (i) => (i === 16 ? '12a' : String(i)),
      { ...plain, kind: 'number', missing: 1, odd: { count: 1, row: 17, value: '12a' } },
    ],
    [
      'formulas',
      (i) => (i % 2 === 0 ? '=A1+1' : '=A2'),
      { ...plain, kind: 'words', unit: '', first: ['=A1+1', '=A2', '=A1+1'] },
    ],
    ['days that do not exist', (i) => `2021-02-${29 + (i % 3)}`, { ...plain, kind: 'words', unit: '' }],
  ])('%s', (_what, cell, expected) => {
    expect(only(cell)).toMatchObject(expected);
  });

  it('is the same in every dialect that a spreadsheet saves', () => {
    const semicolons = flatsCsv();
    const known = tidyTable(bytesOf(semicolons));
    expect(known.columns.map(({ label, kind, unit, missing }) => [label, kind, unit, missing])).toEqual([
      ['Nr', 'number', '', 0],
      ['Größe', 'number', 'm²', 11],
      ['Ort', 'words', '', 0],
      ['verkauft am', 'number', 'days since 2019-01-01', 0],
      ['Bemerkung', 'text', '', 30],
      ['Miete', 'number', '', 0],
      ['Preis', 'number', '€', 0],
    ]);
    const body = semicolons.slice(1);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(body, 'utf16le')]);
    const indexed = body
      .split('\r\n')
      .map((line, i) => (line === '' ? '' : `${i === 0 ? '' : i};${line}`))
      .join('\r\n');
    for (const other of [
      bytesOf(body),
      bytesOf(body.replaceAll('\r\n', '\n')),
      bytesOf(body.replaceAll('\r\n', '\r')),
      utf16,
      bytesOf(indexed),
      Buffer.from(body.replace('€', '\x80'), 'latin1'),
      bytesOf(body.replaceAll('\r\n', '\r\n\r\n')),
      bytesOf(indexed.replace(/^;/, 'Unnamed: 0;')),
    ]) {
      expect(tidyTable(other).table.columns).toEqual(known.table.columns);
    }
  });
});

it('leaves out rows that sum up the others at its end, and no row of a class that is called so', () => {
  const lines = Array.from({ length: ROWS }, (_, i) => `${['Ada', 'Bel'][i % 2]},${i}`).join('\n');
  const { table, notes } = tidyTable(bytesOf(`name,n\n${lines}\nTotal,1770\nMittelwert:,29.5\n`));
  expect([table.rowCount, table.names]).toEqual([ROWS, ['name', 'n_column']]);
  expect(notes.join(' ')).toMatch(/"Mittelwert:" of the others.*"Total" of the others/);
  const ofClass = lines.replaceAll('Bel', 'total');
  expect(tidyTable(bytesOf(`name,n\n${ofClass}\n`)).table.rowCount).toBe(ROWS);
});

it('reads a file that ends as DOS ended files', () => {
  expect(tidyTable(bytesOf(`a,b\r\n${'1,2\r\n'.repeat(60)}\u001a`)).table.rowCount).toBe(60);
});

it('says so where the first line holds numbers alone', () => {
  expect(tidyTable(bytesOf('1,2\n'.repeat(60))).notes).toContain(
    'Its first line was taken for the names of the columns, though it holds numbers alone.',
  );
});

describe('a file that is no such table is refused', () => {
  const text = flatsCsv().slice(1);
  const rows = (n: number, row = '1,2') => bytesOf(`a,b\n${`${row}\n`.repeat(n)}`);
  const lines = text.split('\r\n');
  const edit = (at: number, line: string) => bytesOf(lines.with(at, line).join('\r\n'));

  it.each<[what: string, bytes: () => Uint8Array, message: RegExp]>([
    ['an empty one', () => bytesOf(' \n\n'), /is empty/],
    [
      'a workbook',
      () => Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.from('xl/workbook.xml')]),
      /Excel workbook \(\.xlsx\)/,
    ],
    ['a zip archive', () => Buffer.from([0x50, 0x4b, 3, 4, 9, 9]), /a zip archive, not a table in text\. Unpack it/],
    ['a gzip bomb', () => Buffer.from([0x1f, 0x8b, 8, 0]), /gzip archive/],
    ['a web page', () => bytesOf('<!DOCTYPE html>\n<table><tr><td>1'), /a web page/],
    ['JSON', () => bytesOf('[{"a": 1}, {"a": 2}]'), /a JSON file, not a table in text\. Export/],
    ['lines of JSON', () => bytesOf('{"a": 1}\n{"a": 2}'), /a JSON file/],
    ['ARFF', () => bytesOf('% flats\n@RELATION flats\n@DATA\n1'), /an ARFF file/],
    ['a picture', () => Buffer.from('\x89PNG\r\n', 'latin1'), /a picture/],
    ['bzip2', () => bytesOf('BZh91AY&SY'), /bzip2 archive/],
    [
      'a title before the header',
      () => bytesOf(`Flats 2024\n\na,b\n${'1,2\n'.repeat(60)}`),
      /is a title or a comment, take it out/,
    ],
    [
      'a title before the header, in a spreadsheet',
      () => bytesOf(`Flats 2024,,\n,,\na,b,c\n${'1,2,3\n'.repeat(60)}`),
      /first line names one of 3 columns, "Flats 2024": if it is a title, take it out/,
    ],
    ['Markdown', () => bytesOf(`| a | b |\n|---|:-:|\n${'| 1 | 2 |\n'.repeat(60)}`), /a Markdown table/],
    ['one column', () => rows(60, '1 2').subarray(4).with(0, 97), /one column: at least 2/],
    ['NUL in UTF-8', () => bytesOf(text.replace('ruhig', 'ru\0ig')), /binary data/],
    ['NUL in UTF-16', () => Buffer.from(`\uFEFF${text.replace('ruhig', 'ru\0ig')}`, 'utf16le'), /binary data/],
    [
      'a quote that is never closed',
      () => edit(120, '1119;"30,5;Ada;01.01.2019;x;1;1'),
      /Row 120 .*the quote opened on line 121 is never closed/,
    ],
    ['a row too short', () => edit(5, '1004;30,5;Ada'), /Row 5 \(line 6\) has 3 fields, but the header has 7/],
    ['too few rows', () => rows(49), /49 rows: at least 50/],
    ['too many rows', () => rows(TABLE_LIMITS.rows + 1), /100001 rows: at most 100000/],
    [
      '201 columns',
      () => bytesOf(`${Array.from({ length: 201 }, (_, i) => `c${i}`).join(',')}\n`),
      /201 columns: at most 200/,
    ],
    ['a million columns', () => bytesOf(','.repeat(999_999)), /1000000 columns: at most 200/],
    ['more than 20 MB', () => new Uint8Array(TABLE_LIMITS.bytes + 1), /21 MB: at most 20 MB/],
    ['a number too large', () => rows(60, '1e999,2'), /Row 1, column "a": "1e999" is not a number/],
  ])('%s', (_what, bytes, message) => {
    const given = bytes();
    expect(() => tidyTable(given)).toThrow(PipelineError);
    expect(() => tidyTable(given)).toThrow(message);
  });
});
