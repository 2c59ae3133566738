// The table that benches of models run on: the real one where its folder is known (STUDENT_DATA, or data/raw), else the
// synthetic table. Words become columns of 0 and 1, numbers stay.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ColumnTransformer, type Matrix, OneHotEncoder, parseCsv, type Table } from '#pipeline-core';

export type Subject = 'por' | 'mat';

/** null where the real table is not here. */
export function realTable(subject: Subject): Table | null {
  const folders = [process.env['STUDENT_DATA'], 'data/raw'].filter((folder) => folder !== undefined);
  const file = folders.map((folder) => join(folder, `student-${subject}.csv`)).find((path) => existsSync(path));
  return file === undefined ? null : parseCsv(readFileSync(file, 'utf8'));
}

export interface Question {
  readonly x: Matrix;
  readonly y: Float64Array;
}

/** @param target a grade, or the mean of all three; @param grades that are given as inputs */
export function questionOf(table: Table, target: 'G3' | 'average_grade', grades: readonly string[] = []): Question {
  const inputs = table.names.filter((name) => !/^G[123]$/.test(name) || grades.includes(name));
  const isNumber = (name: string): boolean => table.column(name).kind === 'number';
  const words = inputs.filter((name) => !isNumber(name));
  const numbers = inputs.filter(isNumber);
  const x = new ColumnTransformer([
    { transformer: 'passthrough', columns: numbers },
    { transformer: new OneHotEncoder({ drop: 'if_binary' }), columns: words },
  ]).fitTransform(table);
  const [g1, g2, g3] = ['G1', 'G2', 'G3'].map((name) => table.numbers(name));
  const y = target === 'G3' ? g3! : g3!.map((grade, i) => (g1![i]! + g2![i]! + grade) / 3);
  return { x, y };
}
