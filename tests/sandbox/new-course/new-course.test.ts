// A course from a table: what is proposed, and that what is written is a course whatever the columns are called.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Matrix, paramControls, parseCsv, type Table } from '#pipeline-core';
import { loadDataset } from '#sandbox/course/dataset.ts';
import { readCourse } from '#sandbox/course/read-course.ts';
import { tidyTable } from '#sandbox/data/tidy-table.ts';
import { courseCommand } from '#sandbox/new-course/course-command.ts';
import { proposeFor } from '#sandbox/new-course/propose.ts';
import { courseFiles, writeCourse } from '#sandbox/new-course/write-course.ts';
import { bytesOf, courseFor, flatsCsv } from '#tests/support/odd-tables.ts';
import { modulesOf } from '#tests/support/workspace-modules.ts';

const root = mkdtempSync(join(tmpdir(), 'new-course-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A table with these columns: header -> the cell of row i; the last one is the target. */
function csvOf(header: readonly string[], cell: (i: number, j: number) => string | number, rows = 80): string {
  const lines = Array.from({ length: rows }, (_, i) => header.map((_name, j) => cell(i, j)).join(','));
  return `${header.join(',')}\n${lines.join('\n')}\n`;
}
/** As good as random, and the same each time. */
const noisy = (i: number, j: number): number => {
  const mixed = Math.imul((i + 1) * 374_761_393 + (j + 1) * 668_265_263, 1_274_126_177);
  return ((mixed ^ (mixed >>> 15)) >>> 8) % 97;
};

describe('what is proposed', () => {
  const tidy = tidyTable(bytesOf(flatsCsv()));

  it('forbids what gives the answer away and what names the row, with the reason', () => {
    expect(proposeFor(tidy, 'Preis')).toMatchObject({
      kinds: ['regression'],
      unit: '€',
      forbidden: [
        { column: 'Nr', reason: { code: 'identifier' } },
        { column: 'Grosse_m2', reason: { code: 'strong', percent: expect.any(Number) } },
        { column: 'Miete', reason: { code: 'strong', percent: 100 } },
      ],
      classes: [],
    });
  });

  it.each([
    ['Bemerkung', /"Bemerkung" cannot be predicted/],
    ['Prize', /There is no column "Prize"\. There are Nr, /],
  ])('refuses %s as a target', (target, message) => expect(() => proposeFor(tidy, target)).toThrow(message));

  it('does not take a quantity for a number that names the row', () => {
    const csv = csvOf(['salary', 'b', 'z'], (i, j) => (j === 0 ? 20_000 + ((i * 7919) % 80) * 997 : noisy(i, j)));
    expect(proposeFor(tidyTable(bytesOf(csv)), 'z').forbidden).toEqual([]);
  });
});

const ODD: readonly [what: string, csv: string, target: string][] = [
  ['a German spreadsheet', flatsCsv(), 'Preis'],
  ['names with spaces', csvOf(['living area', 'number of rooms', 'the price'], noisy), 'the_price'],
  ['reserved words', csvOf(['class', 'function', 'row', 'default', 'new'], noisy), 'new'],
  [
    'words of JavaScript’s objects',
    csvOf(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'y'], noisy),
    'y_column',
  ],
  ['the same name three times', csvOf(['x', 'x', 'x', 'x'], noisy), 'x_4'],
  ['other alphabets', csvOf(['价格', 'имя', 'μέγεθος', '😀', 'Ünït'], noisy), 'Unit'],
  ['names that end comments and strings', csvOf(['*/ a', "it's", `$\{x}`, '`b`', '# c', 'y: {'], noisy), 'y_column'],
  [
    'words that end strings',
    csvOf(['w', 'v', 'n'], (i, j) =>
      j === 2 ? noisy(i, j) : ["'", '"""a"', '\\', '\u2028', `$\{1}`, '-'][(i + j) % 6]!,
    ),
    'n_column',
  ],
  ['a column without any value', csvOf(['empty', 'a', 'y2'], (i, j) => (j === 0 ? '' : noisy(i, j))), 'y2'],
  ['missing values everywhere', csvOf(['a', 'b', 'c', 'z'], (i, j) => ((i + j) % 4 === 0 ? '' : noisy(i, j))), 'z'],
  [
    'words alone',
    csvOf(['a', 'b', 'z'], (i, j) => (j === 2 ? noisy(i, j) : ['no', 'yes', 'null', 'true'][(i * (j + 1)) % 4]!)),
    'z',
  ],
  ['texts alone', csvOf(['t', 'z'], (i, j) => (j === 1 ? noisy(i, j) : `text number ${i} is here`)), 'z'],
  ['numbers as names', csvOf(['2019', '2020', '1e3', '0x10'], noisy), 'c_0x10'],
  [
    '200 columns',
    csvOf(
      Array.from({ length: 200 }, (_, j) => `column ${j}`),
      noisy,
      60,
    ),
    'column_199',
  ],
  [
    '199 columns of 60 long words',
    csvOf(
      Array.from({ length: 200 }, (_, j) => `c${j}`),
      (i, j) => (j === 199 ? noisy(i, j) : `${'word '.repeat(10)}${(i * (j + 1)) % 59}`),
      240,
    ),
    'c199',
  ],
];

describe('what is written for', () => {
  it.each(ODD)('%s is a course', (what, csv, target) => {
    const folder = join(root, `odd-${ODD.findIndex(([one]) => one === what)}`);
    const plan = courseFor(csv, target);
    mkdirSync(folder);
    writeCourse(folder, plan);
    const course = readCourse(folder);
    expect(course.checkpoints.map(({ name }) => name)).toEqual([
      '0-baseline',
      '1-start',
      '2-columns',
      '3-forest',
      '4-boosting',
      '5-average',
    ]);
    for (const { steps } of course.agendas)
      expect(steps.map(({ say }) => say).filter((say) => /Environment.*Reproduce/.test(say))).toHaveLength(1);
    const { visibleCsv, holdout, rows } = loadDataset({ course });
    expect(rows + holdout.rows.length).toBe(plan.table.rowCount);
    for (const [i, row] of holdout.rows.entries()) {
      expect(Number.isFinite(holdout.actual[i])).toBe(true);
      expect(Object.keys(row)).not.toContain(target);
    }
    const { files } = course.checkpoints.find(({ name }) => name === '2-columns')!;
    const switches = paramControls(files['params.yaml']!).filter(({ key }) => key.startsWith('columns.'));
    expect(switches.map(({ key }) => key.slice('columns.'.length))).toEqual(plan.inputs.map(({ name }) => name));
    // As prepare.ts and predict.ts use it, on the table as the guest reads it and on rows as they are held out.
    const [row] = modulesOf(files, ['src/row.ts']) as [RowModule];
    const columns = Object.keys(row.facts);
    const visible = parseCsv(visibleCsv);
    const learned = row.toMatrix(row.parse(visible, columns));
    const asked = row.toMatrix(row.fromRows(holdout.rows, columns));
    expect(learned.names.length).toBeGreaterThan(0);
    expect(asked.names).toEqual(learned.names);
    for (const { data } of [learned, asked]) expect(data.every(Number.isFinite)).toBe(true);
    // A row that is asked about is seen as it was when a model learned from it.
    expect(row.toMatrix(row.fromRows(visible.rows(), columns), learned.names)).toEqual(learned);
    expect(row.target(visible).every(Number.isFinite)).toBe(true);
  });
});

describe('src/row.ts', () => {
  const plan = courseFor(
    csvOf(['area', 'town', 'floor', 'price'], (i, j) =>
      j === 1 ? ['Ada', 'Bel'][i % 2]! : j === 2 && i % 9 === 0 ? '' : noisy(i, j),
    ),
    'price',
    { forbidden: [] },
  );
  const { 'base/src/row.ts': code } = courseFiles(plan) as { 'base/src/row.ts': string };
  const own = code.replace(/^(const ownFeatures.*= )\{\};$/m, "$1{ 'floor twice': ({ floor }) => 2 * (floor ?? -1) };");
  const load = (text: string) => modulesOf({ 'src/row.ts': text }, ['src/row.ts'])[0] as RowModule;
  const asked = [
    { area: 3, town: 'Bel', floor: 2 },
    { area: 4, town: 'Ada', floor: '' },
  ];
  const columns = ['area', 'town', 'floor'];

  it('adds features of your own behind those of the columns', () => {
    const [plain, more] = [code, own].map((text) => {
      const row = load(text);
      return row.toMatrix(row.fromRows(asked, columns));
    });
    expect(plain!.names).toEqual(['area', 'town=Bel', 'floor', 'floor is empty']);
    expect(more!.names).toEqual([...plain!.names, 'floor twice']);
    const median = Number(/ {2}floor: ([\d.]+),/.exec(code)![1]);
    expect([...more!.data]).toEqual([3, 1, 2, 0, 4, 4, 0, median, 1, -2]);
  });

  it.each([
    [{ area: 'big' }, /Row 1, column "area": "big" is not a number/],
    [{ area: '' }, /Row 1, column "area": the cell is empty, but must hold a number/],
    [{ town: 'Cor' }, /Row 1, column "town": "Cor" is none of its levels \(Ada, Bel\)/],
  ])('refuses %j, and says where', (change, message) => {
    expect(() => load(code).fromRows([{ ...asked[0]!, ...change }], columns)).toThrow(message);
  });
});

describe('groups', () => {
  /** Visits of 20 people, whose number decides the answer. */
  const visits = csvOf(['who', 'age', 'left', 'cost'], (i, j) =>
    j === 0 ? `person ${i % 20}` : j === 2 ? ['no', 'yes'][(i % 20) % 2]! : noisy(j === 1 ? i % 20 : i, j),
  );

  it.each(['cost', 'left'])('of a column keep rows together in folds and hold-out set, predicting %s', (target) => {
    const folder = join(root, `grouped-${target}`);
    writeCourse(folder, courseFor(visits, target, { group: 'who', forbidden: [] }));
    const course = readCourse(folder);
    expect(course.tasks[0]?.task.groups).toBe('who');
    const { visibleCsv, holdout, task } = loadDataset({ course });
    const seen = new Set(tableRows(visibleCsv).map(({ who }) => who));
    expect(holdout.rows.length).toBeGreaterThan(5);
    expect(holdout.rows.filter(({ who }) => seen.has(who!))).toEqual([]);
    expect(task.groups?.of).toHaveLength(tableRows(visibleCsv).length);
    const { files } = course.checkpoints.find(({ name }) => name === '1-start')!;
    expect(files['params.yaml']).not.toContain('who:');
    expect(files['src/evaluate.ts']).toContain('groupKFold(groups');
  });

  it.each([
    ['left', /"left" cannot keep rows together: it has 2 different values, and at least 10/],
    ['nobody', /There is no column "nobody"/],
    ['cost', /"cost" is what is predicted: choose other groups/],
    ['each', /its value differs from row to row/],
    ['most', /most rows have the same value\. At least 5 groups/],
  ])('of column "%s" are refused', (group, message) => {
    const csv = csvOf(['each', 'most', 'left', 'b', 'cost'], (i, j) =>
      j === 0 ? `row ${i}` : j === 1 ? `m${Math.max(0, i - 68)}` : j === 2 ? `l${i % 2}` : noisy(i, j),
    );
    expect(() => courseFor(csv, 'cost', { group, forbidden: [] })).toThrow(message);
  });
});

type Cells = Readonly<Record<string, string | number | null>>;
interface RowModule {
  readonly facts: Readonly<Record<string, unknown>>;
  parse(table: Table, columns: readonly string[]): Table;
  fromRows(rows: readonly Cells[], columns: readonly string[]): Table;
  toMatrix(table: Table, names?: readonly string[]): Matrix;
  target(table: Table): Float64Array;
}
const tableRows = (csv: string): Cells[] => parseCsv(csv).rows() as Cells[];

describe('npm run course', () => {
  const file = join(root, 'my flats.csv');
  writeFileSync(file, flatsCsv());
  const folder = join(root, 'flats');

  it('new writes a folder, check accepts it, pack makes one file of it', () => {
    const args = [
      'new',
      file,
      '--target',
      'Preis (€)',
      '--allow',
      'Größe (m²)',
      '--title',
      'What is it worth?',
      '--out',
      folder,
    ];
    const lines = courseCommand(args);
    expect(lines.join('\n')).toContain('Forbidden: Nr has a value of its own in every row.');
    expect(lines.join('\n')).not.toContain('Grosse_m2');
    expect(readCourse(folder).tasks[0]?.task).toMatchObject({
      target: 'Preis',
      unit: '€',
      forbidden: ['Nr', 'Miete', 'Preis'],
    });
    expect(courseCommand(['check', folder])).toEqual([
      expect.stringMatching(/^What is it worth\?: 7 columns, .* Nothing is wrong\.$/),
    ]);
    expect(() => courseCommand(args)).toThrow(/is there already/);

    writeFileSync(join(folder, '.secret'), 'not packed');
    courseCommand(['pack', folder]);
    const elsewhere = mkdtempSync(join(root, 'elsewhere-'));
    execFileSync('tar', ['xzf', `${folder}.tar.gz`, '-C', elsewhere]);
    expect(existsSync(join(elsewhere, 'flats/.secret'))).toBe(false);
    expect(readCourse(join(elsewhere, 'flats')).checkpoints.map(({ files }) => files)).toEqual(
      readCourse(folder).checkpoints.map(({ files }) => files),
    );
    expect(readFileSync(join(elsewhere, 'flats/data/table.csv'))).toEqual(readFileSync(join(folder, 'data/table.csv')));
  });

  it('new names the folder after the table where nothing else is said, as docs/courses.md has it', () => {
    const [here, home] = [process.cwd(), mkdtempSync(join(root, 'home-'))];
    process.chdir(home);
    try {
      courseCommand(['new', file, '--target', 'Preis', '--title', 'What is it worth?']);
      expect(readCourse(join(home, 'my-flats')).title).toBe('What is it worth?');
    } finally {
      process.chdir(here);
    }
  });

  it.each([
    [['new', file], /with --target: Nr, Grosse_m2, /],
    [['new', file, '--target', 'Prize'], /There is no column "Prize"/],
    [['new', file, '--target', 'Preis', '--kind', 'guess'], /--kind must be/],
    [['new', file, '--target', 'Preis', '--metric', 'logLoss', '--out', join(root, 'x')], /measured by rmse or mae/],
    [['new', join(root, 'none.csv'), '--target', 'a'], /There is no file/],
    [['check', join(root, 'none')], /There is no such folder/],
    [['pack'], /npm run course -- pack/],
    [['new', file, '--colour', 'red'], /'--colour'/],
  ])('refuses %j in a sentence, and writes nothing', (args, message) => {
    expect(() => courseCommand(args)).toThrow(message);
    expect(existsSync(join(root, 'x'))).toBe(false);
  });
});
