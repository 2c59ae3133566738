// The session's data: rows that stay hidden, the same for the same seed, and a wrong file named by its cell.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawSyntheticStudents } from '#courses/generators/draw-students.ts';
import { type PipelineError, parseCsv, toCsv } from '#pipeline-core';
import { placeData } from '#sandbox/course/data-command.ts';
import { checkDataset, grades, loadDataset, secondQuestion } from '#tests/support/student-course.ts';

let folder: string;
const good = toCsv(drawSyntheticStudents(5, 120), { newline: '\n' });
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dataset-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(text: string | Uint8Array, name = 'student-por.csv'): string {
  const path = join(mkdtempSync(join(folder, 'case-')), name);
  writeFileSync(path, text);
  return path;
}

/** `good` with one cell of a row (from 1) replaced. */
function withCell(row: number, column: string, value: string): string {
  const lines = good.split('\n');
  const at = lines[0]!.split(',').indexOf(column);
  lines[row] = lines[row]!.split(',').with(at, value).join(',');
  return lines.join('\n');
}

function refusal(path: string): PipelineError {
  try {
    loadDataset({ studentData: path, seed: 1 });
  } catch (error) {
    return error as PipelineError;
  }
  throw new Error('It was taken');
}

describe('loadDataset', () => {
  it('seals a fifth, and shows the rest: every row of the table is in one of the two, once', () => {
    const whole = parseCsv(good);
    const { ids, rows, holdout, visibleCsv, source } = loadDataset({ studentData: fileOf(good), seed: 9 });
    expect(source).toBe('file');
    expect([rows, holdout.rows.length, holdout.actual.length]).toEqual([96, 24, 24]);
    expect([...ids.visible, ...ids.holdout].sort((a, b) => a - b)).toEqual(Array.from({ length: 120 }, (_, i) => i));
    expect(parseCsv(visibleCsv).rows()).toEqual(ids.visible.map((id) => whole.row(id)));
    const expected = ids.holdout.map((id) => {
      const { G1, G2, G3 } = whole.row(id) as Record<string, number>;
      return (G1! + G2! + G3!) / 3;
    });
    expect(holdout.actual).toEqual(expected);
  });

  it('gives no part of a target with the hold-out rows', () => {
    const studentData = fileOf(good);
    const first = loadDataset({ studentData, seed: 9, task: grades });
    const second = loadDataset({ studentData, seed: 9, task: secondQuestion });
    for (const row of first.holdout.rows) expect(Object.keys(row)).not.toEqual(expect.arrayContaining(['G1']));
    for (const [i, row] of second.holdout.rows.entries()) {
      expect(Object.keys(row)).toHaveLength(31);
      expect(row).toMatchObject(first.holdout.rows[i]!);
    }
    expect(Object.keys(first.holdout.rows[0]!)).toHaveLength(30);
    expect(second.visibleCsv).toBe(first.visibleCsv);
    expect(second.holdout.actual.every((grade) => Number.isInteger(grade))).toBe(true);
  });

  it('is decided by the seed alone', () => {
    const studentData = fileOf(good);
    const a = loadDataset({ studentData, seed: 3 });
    expect(loadDataset({ studentData, seed: 3 })).toEqual(a);
    expect(loadDataset({ studentData, seed: 4 }).sha256).not.toBe(a.sha256);
  });

  it('reads semicolons, quotes, CRLF and columns in another order as the same table', () => {
    const table = parseCsv(good);
    const shuffled = toCsv(table.select([...table.names].reverse()), { delimiter: ';' });
    const quoted = shuffled.replaceAll(/(?<=^|;)([A-Za-z]\w*)/gm, '"$1"');
    expect(quoted).toContain('"GP"');
    const plain = loadDataset({ studentData: fileOf(good), seed: 2 });
    expect(loadDataset({ studentData: fileOf(quoted), seed: 2 }).sha256).toBe(plain.sha256);
  });

  it.each([
    ['age', 17, 'old', 'Row 17, column "age": "old" is not a number.'],
    ['age', 1, '35', 'Row 1, column "age": 35 is out of range, allowed is from 15 to 22.'],
    ['absences', 120, '2.5', 'Row 120, column "absences": 2.5 is not a whole number.'],
    ['school', 44, 'XX', 'Row 44, column "school": "XX" is not one of GP, MS.'],
    ['higher', 3, '', 'Row 3, column "higher": the value is missing.'],
    ['G2', 99, '', 'Row 99, column "G2": the value is missing.'],
  ])('refuses a wrong %s in row %i', (column, row, value, message) => {
    const error = refusal(fileOf(withCell(row, column, value)));
    expect(error.message).toBe(`student-por.csv: ${message}`);
    expect(error.facts).toMatchObject({ file: 'student-por.csv', row, column });
    expect(String(error.facts['value'])).toBe(value);
  });

  it('refuses a missing column, a cut row, too few rows and a missing file, each by name', () => {
    expect(refusal(fileOf(good.replace('absences', 'absence'))).message).toMatch(/"absences".*"absence"/s);
    const cut = good.split('\n');
    cut[8] = cut[8]!.slice(0, -6);
    expect(refusal(fileOf(cut.join('\n'))).message).toMatch(/Row 8 /);
    expect(refusal(fileOf(good.split('\n').slice(0, 12).join('\n'))).message).toMatch(/11 rows are too few/);
    expect(refusal(join(folder, 'nowhere.csv'))).toMatchObject({ code: 'no-data' });
    expect(refusal(mkdtempSync(join(folder, 'empty-'))).message).toMatch(/neither student-por\.csv nor/);
  });

  it('leaves out a column that the schema does not know', () => {
    const more = good.trimEnd().replaceAll(/$/gm, ',1').replace(',1', ',id');
    const plain = loadDataset({ studentData: fileOf(good), seed: 2 });
    expect(loadDataset({ studentData: fileOf(more), seed: 2 }).sha256).toBe(plain.sha256);
  });
});

describe('a table as people bring it', () => {
  const rows = good.trimEnd().split('\n');
  const plain = () => loadDataset({ studentData: fileOf(good), seed: 2 }).sha256;
  const withIndex = [`,${rows[0]}`, ...rows.slice(1).map((row, i) => `${i},${row}`)].join('\n');
  it.each([
    ['tabs', good.replaceAll(',', '\t')],
    ['a first line sep=;', `sep=;\r\n${good.replaceAll(',', ';')}`],
    ['line ends of CR alone', good.replaceAll('\n', '\r')],
    ['an index column without a name', withIndex],
    ['row names as R writes them', withIndex.slice(1)],
    ['a delimiter at the end of each line', good.replaceAll('\n', ',\n')],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${good}`, 'utf16le')],
    ['UTF-16 without its mark', Buffer.from(good, 'utf16le')],
    ['a UTF-8 mark', `\ufeff${good}`],
  ])('is read with %s', (_, text) => {
    expect(loadDataset({ studentData: fileOf(text), seed: 2 }).sha256).toBe(plain());
  });

  it.each([
    ['a workbook', Buffer.from('PK\x03\x04....xl/workbook.xml', 'latin1'), 'an Excel workbook (.xlsx)'],
    ['an archive', Buffer.from('PK\x03\x04....student-por.csv', 'latin1'), 'a zip archive'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'an old Excel workbook (.xls)'],
    ['other binary data', Buffer.from([1, 2, 0, 3, 9, 9, 9, 9, 9, 9]), 'binary data'],
  ])('is named where it is %s', (_, bytes, name) => {
    expect(refusal(fileOf(bytes)).message).toContain(name);
  });

  it('is taken with a warning where rows repeat', () => {
    const twice = [...rows, rows[3], rows[5]].join('\n');
    expect(checkDataset(fileOf(twice))).toEqual([
      expect.stringContaining('student-por.csv: 2 rows repeat earlier ones (row 121 is row 3)'),
    ]);
    expect(placeData(fileOf(twice), join(folder, 'twice'))).toContain('Warning: student-por.csv: 2 rows repeat');
    expect(checkDataset(fileOf(good))).toEqual([]);
  });
});

describe('npm run data', () => {
  it('places what it checked and says what it found', () => {
    const home = join(folder, 'home');
    const from = fileOf(good);
    expect(placeData(from, home)).toMatch(/student-por\.csv \(120 rows, 33 columns\)/);
    expect(readFileSync(join(home, 'student-por.csv'), 'utf8')).toBe(good);
  });

  it('takes both tables of a folder, or nothing if one is wrong', () => {
    const from = join(folder, 'both');
    mkdirSync(from);
    writeFileSync(join(from, 'student-por.csv'), good);
    writeFileSync(join(from, 'student-mat.csv'), withCell(2, 'sex', 'X'));
    const home = join(folder, 'never');
    expect(() => placeData(from, home)).toThrow(/student-mat\.csv: Row 2, column "sex"/);
    expect(existsSync(home)).toBe(false);
  });

  it('gives a file of another name the name that sessions look for', () => {
    const home = join(folder, 'renamed');
    placeData(fileOf(good, 'students (1).csv'), home);
    expect(existsSync(join(home, 'student-por.csv'))).toBe(true);
  });
});
