import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawSyntheticStudents } from '#courses/generators/draw-students.ts';
import {
  conform,
  csvTypes,
  defineSchema,
  parseCsv,
  schemaColumn,
  tableFromRows,
  validateRow,
  validateTable,
} from '#pipeline-core';
import { studentSchema } from '#tests/support/student-course.ts';

const schema = defineSchema({
  name: 'small',
  columns: [
    { name: 'age', type: 'integer', label: 'Age', min: 15, max: 22 },
    { name: 'school', type: 'binary', label: 'School', levels: ['MS', 'GP'] },
    { name: 'score', type: 'number', label: 'Score', min: 0, nullable: true },
  ],
});
const says = (rows: Record<string, unknown>[]) =>
  validateTable(tableFromRows(rows), schema).map((finding) => finding.message);

describe('validateTable', () => {
  it('is silent about a table that fits', () => {
    expect(
      says([
        { age: 15, school: 'GP', score: null },
        { age: 22, school: 'MS', score: 0.5 },
      ]),
    ).toEqual([]);
  });

  it('names row, column and value of every departure', () => {
    const findings = validateTable(
      tableFromRows([
        { age: 14, school: 'GP', score: 1 },
        { age: 15.5, school: 'gp', score: -1 },
        { age: null, school: null, score: 2 },
      ]),
      schema,
    );
    expect(findings.map((finding) => finding.message)).toEqual([
      'Row 1, column "age": 14 is out of range, allowed is from 15 to 22.',
      'Row 2, column "age": 15.5 is not a whole number.',
      'Row 3, column "age": the value is missing.',
      'Row 2, column "school": "gp" is not one of MS, GP (did you mean "GP"?).',
      'Row 3, column "school": the value is missing.',
      'Row 2, column "score": -1 is out of range, allowed is at least 0.',
    ]);
    expect(findings[0]).toMatchObject({ code: 'out-of-range', level: 'alarm', row: 1, column: 'age', value: 14 });
  });

  it('tells missing and unknown columns, and counts what it does not list', () => {
    expect(says([{ agee: 15, school: 'GP', score: 1 }])).toEqual([
      'Column "age" is missing.',
      'Column "agee" is not in the schema. Did you mean "age"?',
    ]);
    const many = Array.from({ length: 9 }, () => ({ age: 1, school: 'GP', score: 1 }));
    expect(says(many).at(-1)).toBe('Column "age" has 4 more such cells.');
  });

  it('validates one row from outside', () => {
    expect(validateRow({ age: 'old', school: 3, score: null }, schema).map((finding) => finding.message)).toEqual([
      'Column "age": "old" is a word where a number belongs.',
      'Column "school": 3 is a number where a word belongs.',
    ]);
  });
});

describe('defineSchema and conform', () => {
  it('refuses a schema that contradicts itself', () => {
    const one = (column: object) => () =>
      defineSchema({ name: 's', columns: [{ name: 'a', type: 'number', label: 'A', ...column } as never] });
    expect(one({ min: 3, max: 1 })).toThrow('Schema s, column "a": its smallest value 3 is above its largest 1.');
    expect(one({ type: 'binary', levels: ['x'] })).toThrow(/exactly two levels/);
    expect(one({ type: 'nominal' })).toThrow(/allowed words/);
    expect(one({ levels: ['x'] })).toThrow(/only words have levels/);
    expect(() => schemaColumn(schema, 'schol')).toThrow(/Did you mean "school"/);
  });

  it('codes words in the order of the schema, whatever the table held first', () => {
    const table = conform(tableFromRows([{ score: 1, school: 'GP', age: 16, extra: 1 }]), schema);
    expect(table.names).toEqual(['age', 'school', 'score']);
    expect([...table.category('school').codes]).toEqual([1]);
    expect(() => conform(tableFromRows([{ age: 99, school: 'GP', score: 1 }]), schema)).toThrow(
      /Row 1, column "age": 99/,
    );
  });
});

describe('studentSchema', () => {
  it('fits the synthetic students, and knows what is sensitive', () => {
    for (const seed of [1, 2, 3]) expect(validateTable(drawSyntheticStudents(seed, 649), studentSchema)).toEqual([]);
    const sensitive = studentSchema.columns.filter((column) => column.sensitive === true).map((column) => column.name);
    expect(sensitive).toEqual(['sex', 'Pstatus', 'romantic', 'Dalc', 'Walc', 'health']);
    expect(studentSchema.columns.length).toBe(33);
  });

  const folder = process.env['STUDENT_DATA'] ?? 'data/raw';
  it.skipIf(!existsSync(join(folder, 'student-por.csv')))('fits both real tables (needs STUDENT_DATA)', () => {
    for (const [file, rows] of [
      ['student-por.csv', 649],
      ['student-mat.csv', 395],
    ] as const) {
      const table = parseCsv(readFileSync(join(folder, file), 'utf8'), { types: csvTypes(studentSchema) });
      expect(table.rowCount).toBe(rows);
      expect(validateTable(table, studentSchema)).toEqual([]);
    }
  });
});
