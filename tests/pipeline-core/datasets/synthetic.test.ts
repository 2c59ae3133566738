import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawSyntheticStudents } from '#courses/generators/draw-students.ts';
import { FIGURES, marginalOf } from '#courses/generators/figures.ts';
import { parseCsv, type Table, toCsv } from '#pipeline-core';

const ROWS = 649;
const SEEDS = [1, 2, 3];
const tables = SEEDS.map((seed) => drawSyntheticStudents(seed, ROWS));
const realFolder = process.env['STUDENT_DATA'] ?? 'data/raw';
const realFile = join(realFolder, 'student-por.csv');

/** Half the sum of absolute differences of two distributions: 0 the same, 1 nothing in common. */
function distance(table: Table, column: string): number {
  const fitted = marginalOf(FIGURES, column);
  const total = [...fitted.values()].reduce((sum, n) => sum + n, 0);
  const drawn = new Map<unknown, number>();
  for (const cell of table.cells(column)) drawn.set(cell, (drawn.get(cell) ?? 0) + 1);
  for (const value of drawn.keys()) expect(fitted.has(value as string), `${column} ${String(value)}`).toBe(true);
  let sum = 0;
  for (const [value, n] of fitted) sum += Math.abs(n / total - (drawn.get(value) ?? 0) / table.rowCount);
  return sum / 2;
}

describe('drawSyntheticStudents', () => {
  it('has the columns of the student table, and is the same for a seed', () => {
    expect(tables[0]!.names).toEqual(FIGURES.columns);
    expect(toCsv(drawSyntheticStudents(1, 50))).toBe(toCsv(tables[0]!.head(50)));
    expect(toCsv(tables[0]!)).not.toBe(toCsv(tables[1]!));
    expect(drawSyntheticStudents(5, 0).rowCount).toBe(0);
    expect(() => drawSyntheticStudents(5, -1)).toThrow(/whole number of rows/);
  });

  it('keeps the marginals of the fitted table', () => {
    for (const drawn of tables) {
      const distances = FIGURES.order.map((column) => distance(drawn, column));
      // A bootstrap of the fitted table itself lies at 0.024 on average.
      expect(distances.reduce((sum, d) => sum + d, 0) / distances.length).toBeLessThan(0.04);
      expect(Math.max(...distances)).toBeLessThan(0.12);
    }
  });

  it('keeps to the rules of grades: 1..19, zeros only without absences or after a zero', () => {
    let zeros = 0;
    for (const drawn of [...tables, drawSyntheticStudents(4, 5000)]) {
      for (const { G1, G2, G3, absences } of drawn.rows()) {
        for (const grade of [G1, G2, G3]) {
          expect(Number.isInteger(grade) && (grade as number) >= 0 && (grade as number) <= 19).toBe(true);
        }
        if (G2 === 0) {
          expect(absences).toBe(0);
          expect(G3).toBe(0);
        }
        if (G3 === 0) expect(absences === 0 || G2 === 0).toBe(true);
        if (G3 === 0) zeros++;
      }
    }
    expect(zeros).toBeGreaterThan(0);
  });

  it('ties the grades to each other and to failures as the fitted table does', () => {
    for (const drawn of tables) {
      // Real table: 0.865, 0.919, -0.393.
      expect(correlation(drawn, 'G1', 'G2')).toBeGreaterThan(0.8);
      expect(correlation(drawn, 'G2', 'G3')).toBeGreaterThan(0.85);
      expect(correlation(drawn, 'failures', 'G3')).toBeLessThan(-0.2);
    }
  });

  it.skipIf(!existsSync(realFile))('reproduces no real student (needs STUDENT_DATA)', () => {
    const real = parseCsv(readFileSync(realFile, 'utf8'));
    const features = FIGURES.columns.filter((name) => !/^G[123]$/.test(name));
    const key = (table: Table) =>
      table
        .select(features)
        .rows()
        .map((row) => JSON.stringify(row));
    const seen = new Set(key(real));
    for (const drawn of tables) expect(key(drawn).filter((row) => seen.has(row))).toEqual([]);
  });
});

function correlation(table: Table, a: string, b: string): number {
  const [x, y] = [table.numbers(a), table.numbers(b)];
  const mean = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((value, i) => {
    xy += (value - mx) * (y[i]! - my);
    xx += (value - mx) ** 2;
    yy += (y[i]! - my) ** 2;
  });
  return xy / Math.sqrt(xx * yy);
}
