// The scratch cell's pure parts: what may follow in an expression, which chart shows an answer, and what is kept of it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Answer, chartOf, columnsThatFit, keptText, lookText, readKept } from '#app/_features/scratch/cells.ts';
import { completionsAt, METHODS } from '#app/_features/scratch/completions.ts';
import { LIMITS } from '#session-core/model/limits.ts';

const COLUMNS = ['age', 'absences', 'weekly hours'];
const table = (columns: string[], rows: (string | number | null)[][]): Answer => ({
  kind: 'table',
  names: COLUMNS,
  columns,
  rows,
  total: rows.length,
});

describe('completions', () => {
  it.each([
    ['df.gro|', ['groupby()']],
    ['df.a|', ['agg()', 'apply()', 'assign()', 'age', 'absences']],
    ["df.groupby(['a|", ['age', 'absences']],
    ["df.query('age > 17 and ab|", ['absences']],
    ["df.column('week|')", ['weekly hours']],
    ["df.query('age > 17').hea|", ['head()']],
    ["df.query('it\\'s a|", ['age', 'absences']],
    ['d|', ['df', 'DataFrame']],
    ['df.head|', ['head()']],
    ['1.|', []],
    ['|', []],
    ['df |', []],
  ])('%s', (marked, expected) => {
    const caret = marked.indexOf('|');
    const { items } = completionsAt(marked.replace('|', ''), caret, COLUMNS);
    expect(items.map(({ shown }) => shown)).toEqual(expected);
  });

  it('takes the place of what was typed', () => {
    const { from, items } = completionsAt('df.gro', 6, COLUMNS);
    expect('df.gro'.slice(0, from) + items[0]?.insert).toBe('df.groupby(');
  });

  it('offers only what there is', () => {
    const folder = join(import.meta.dirname, '../../sandbox/guest/types/danfojs');
    const declared = readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    expect(METHODS.filter((name) => !new RegExp(`^ +${name}[(<]`, 'm').test(declared))).toEqual([]);
  });
});

describe('charts', () => {
  it.each([
    [
      'names and numbers',
      table(
        ['school', 'G3'],
        [
          ['GP', 12],
          ['MS', 10],
        ],
      ),
      'bar_horizontal',
    ],
    [
      'counts by label',
      table(
        ['index', 'school'],
        [
          ['GP', 400],
          ['MS', 200],
        ],
      ),
      'bar_horizontal',
    ],
    [
      'two columns of numbers',
      table(
        ['age', 'G3'],
        [
          [15, 12],
          [16, 9],
        ],
      ),
      'scatter',
    ],
    [
      'rows with their numbers',
      table(
        ['index', 'age', 'G3'],
        [
          [4, 15, 12],
          [9, 16, 9],
        ],
      ),
      'scatter',
    ],
    ['one column', table(['value'], [[1], [2], [null]]), 'histogram'],
    ['words alone', table(['school'], [['GP'], ['MS']]), undefined],
    ['one row', table(['a', 'b'], [[1, 2]]), undefined],
  ])('%s', (_, answer, kind) => {
    expect(chartOf('df', answer)?.kind).toBe(kind);
  });

  it.each([
    [
      ['school', 'G3'],
      [
        ['GP', 12],
        ['MS', 10],
      ],
    ],
    [
      ['age', 'G3'],
      [
        [15, 12],
        [16, 9],
      ],
    ],
    [['value'], [[1], [2]]],
  ])('of a part of %j say so', (columns, rows) => {
    const whole = table(columns, rows);
    expect(chartOf('df', whole)?.notes).toBeUndefined();
    expect(chartOf('df', { ...whole, total: 519 } as Answer)?.notes).toEqual(['The first 2 of 519 rows']);
  });
});

it('shows as many columns as fit where nobody scrolls', () => {
  const names = Array.from({ length: 33 }, (_, i) => `name${i}`);
  const wide = table(names, [names.map(() => 1)]) as Extract<Answer, { kind: 'table' }>;
  expect(columnsThatFit(wide, 70)).toBe(10);
  expect(columnsThatFit({ ...wide, rows: [names.map(() => 'a long word'.repeat(9))] }, 70)).toBe(1);
  expect(columnsThatFit({ ...wide, columns: ['a', 'b'], rows: [[1, 2]] }, 70)).toBe(2);
});

describe('what is kept', () => {
  const cell = (code: string, rows: number) => ({
    code,
    answered: {
      table: 'a.csv',
      tables: ['a.csv'],
      answer: table(
        ['x'],
        Array.from({ length: rows }, (_, i) => [i]),
      ),
    },
  });

  it('comes back, shortened', () => {
    const [first, second] = readKept(keptText(Array.from({ length: 14 }, (_, i) => cell(`df.head(${i})`, 80))));
    expect(second).toMatchObject({ code: 'df.head(1)', answered: { answer: { total: 80 } } });
    const rows = [first, second].map((one) => one?.answered.answer.kind === 'table' && one.answered.answer.rows.length);
    // The newest is what is drawn.
    expect(rows).toEqual([80, 50]);
    expect(readKept(keptText(Array.from({ length: 14 }, (_, i) => cell(`${i}`, 1))))).toHaveLength(10);
  });

  it.each(['', 'no json', '{}', '[null, 1]', '[{"code": "df", "answered": {"answer": {"kind": "new"}}}]'])(
    'is nothing in %s',
    (text) => expect(readKept(text)).toEqual([]),
  );

  it('fits into a suggestion, whatever it is', () => {
    expect(lookText(cell('df.x', 2))).toBe('Look at this: df.x gives x 0; x 1');
    expect([...lookText(cell('df.x'.repeat(200), 80))]).toHaveLength(LIMITS.suggestion);
  });
});
