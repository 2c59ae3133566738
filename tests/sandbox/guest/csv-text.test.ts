// Lines of CSV that stages write: each number as JavaScript writes it, each word as RFC 4180 has it.
import { expect, it } from 'vitest';
import { parseCsv } from '#pipeline-core/table/csv.ts';
import { CsvText } from '#sandbox/guest/csv-text.ts';
import { createWorkshop, type TableLike } from '#sandbox/guest/workshop.ts';
import { seeded } from '#tests/support/seeded.ts';

const { below } = seeded(9);
const NUMBERS = [
  ...[0, -0, 7, -7, 10, 100, 0.5, -0.5, 0.05, 0.0001, 0.00001, 1.1, 12.34, -12.3456, 99.99, 100.1, 0.1 + 0.2],
  ...[1_999_999_999, 2_000_000_000, 2_000_000_001, 2 ** 31, -(2 ** 31), 2 ** 53, 123_456.7891, 199_999.9999],
  ...[1e21, 1e-7, 1.7976931348623157e308, 5e-324, Math.PI, -Math.E, Infinity, -Infinity],
  ...Array.from({ length: 2_000 }, () => (below(2_000_000) - 1_000_000) / 10 ** below(7)),
  ...Array.from({ length: 2_000 }, () => (below(1_000_000) / 1_000_003) * 10 ** (below(20) - 10)),
];

function textOf(...lines: readonly (readonly unknown[])[]): string {
  const text = new CsvText();
  for (const line of lines) text.line(line);
  return text.toString();
}

it('writes each number as JavaScript does', () => {
  expect(textOf(NUMBERS)).toBe(`${NUMBERS.map(String).join(',')}\n`);
});

it.each([
  [[null, undefined, Number.NaN, ''], ',,,""\n'],
  [['a', 'ä', '😀', true], 'a,ä,😀,true\n'],
  [['a,b', 'say "hi"', 'two\nlines', 'a\rb', ' '], '"a,b","say ""hi""","two\nlines","a\rb", \n'],
  [[], '\n'],
])('writes %j', (cells, text) => {
  expect(textOf(cells)).toBe(text);
});

it('loses nothing where a cell does not fit into what is left of the buffer', () => {
  const lines = Array.from({ length: 400 }, (_, i) => [
    i,
    'x'.repeat((i * 37) % 211),
    `"${i}`,
    i / 3,
    'y'.repeat(i === 300 ? 20_000 : 1),
  ]);
  const plain = lines.map(
    ([a, b, c, d, e]) => `${a},${b === '' ? '""' : b},"${`${c}`.replaceAll('"', '""')}",${d},${e}\n`,
  );
  expect(textOf(...lines)).toBe(plain.join(''));
});

it('writes rows whose columns come in another order by their names, and refuses those that lack one', () => {
  let written = '';
  const files = { read: () => '', write: (_: string, text: string) => (written = text) };
  const { writeCsv } = createWorkshop({ ...files, params: () => ({}), progress: () => {}, tests: {} as never });
  writeCsv('out.csv', [
    { a: 1, b: 'x' },
    { b: 'y', a: 2 },
    { a: undefined, b: null },
  ]);
  expect(written).toBe('a,b\n1,x\n2,y\n,\n');
  expect(parseCsv(written).rows()).toEqual([
    { a: 1, b: 'x' },
    { a: 2, b: 'y' },
    { a: null, b: null },
  ]);
  writeCsv('out.csv', {
    columns: ['a', 'b c'],
    values: [
      [1.5, 'z'],
      [Number.NaN, 'q,'],
    ],
  } satisfies TableLike);
  expect(written).toBe('a,b c\n1.5,z\n,"q,"\n');
  expect(() =>
    writeCsv('out.csv', [
      { a: 1, b: 2 },
      { a: 1, c: 2 },
    ]),
  ).toThrow("writeCsv('out.csv', rows): row 1 has no column b");
  expect(() => writeCsv('out.csv', [{ a: 1 }, { a: 1, c: 2 }])).toThrow('row 1 has 2 columns, row 0 has 1');
});

it('reads and writes tables column by column, as it does rows', () => {
  const words = ['a', '"b,c"', '""', ''];
  const lines = NUMBERS.filter(Number.isFinite).map(
    (value, i) => `${i % 7 === 0 ? '' : value},${words[i % 4]},"say ""${i}""",\n`,
  );
  const text = `n,word,text,none\n${lines.join('')}`;
  let written = '';
  const files = { read: () => text, write: (_: string, out: string) => (written = out) };
  const { readCsv, readTable, writeCsv } = createWorkshop({
    ...files,
    params: () => ({}),
    progress: () => {},
    tests: {} as never,
  });
  const table = readTable('in.csv');
  expect(table.columns.map(({ kind }) => kind)).toEqual(['number', 'category', 'text', 'number']);
  expect(table.rows()).toEqual(readCsv('in.csv'));
  writeCsv('out.csv', readCsv('in.csv'));
  const byRow = written;
  writeCsv('out.csv', table);
  expect(written).toBe(byRow);
  expect(parseCsv(written)).toEqual(table);
  // Outside the sandbox a table is of another class than the one that writeCsv knows.
  writeCsv('out.csv', { rowCount: table.rowCount, names: table.names, columns: table.columns } as typeof table);
  expect(written).toBe(byRow);
  expect(() => readTable('')).toThrow('readTable(path): path must be a text');
});
