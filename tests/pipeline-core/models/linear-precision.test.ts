// Linear models where double precision is tight: far from 0, in units sixteen powers of ten apart, columns that repeat
// each other. Held against exact whole-number arithmetic and against what must not change with units.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '#pipeline-core/math/rng.ts';
import { r2 } from '#pipeline-core/metrics/metrics.ts';
import { LinearRegression } from '#pipeline-core/models/linear-regression.ts';
import { Ridge, RidgeCV } from '#pipeline-core/models/ridge.ts';

const rng = createRng(5);
const noise = (rows: number, cols: number): number[][] =>
  Array.from({ length: rows }, () => Array.from({ length: cols }, () => rng.normal()));

/** The two weights without an intercept, by Cramer's rule on whole numbers. */
function exactRidge(x: readonly (readonly number[])[], y: readonly number[], alpha: number): number[] {
  const sum = (f: (i: number) => bigint): bigint => x.reduce((total, _, i) => total + f(i), 0n);
  const at = (i: number, j: number): bigint => BigInt(x[i]![j]!);
  const [aa, bb] = [0, 1].map((j) => sum((i) => at(i, j) * at(i, j)) + BigInt(alpha)) as [bigint, bigint];
  const ab = sum((i) => at(i, 0) * at(i, 1));
  const [ay, by] = [0, 1].map((j) => sum((i) => at(i, j) * BigInt(y[i]!))) as [bigint, bigint];
  const whole = aa * bb - ab * ab;
  const share = (top: bigint): number => Number((top * 10n ** 30n) / whole) / 1e30;
  return [share(ay * bb - by * ab), share(aa * by - ab * ay)];
}

describe('ridge far from 0', () => {
  const x = Array.from({ length: 40 }, () => [100_000 + rng.int(40), 200_000 + rng.int(40)]);
  const y = x.map(([a]) => a! - 99_990 + rng.int(9));

  it.each([1, 100])('alpha %d: the weights of exact arithmetic', (alpha) => {
    const exact = exactRidge(x, y, alpha);
    for (const model of [
      new Ridge({ alpha, fitIntercept: false }),
      new RidgeCV({ alphas: [alpha], fitIntercept: false }),
    ]) {
      const coef = model.fit(x, y).coef!;
      for (const j of [0, 1]) expect(Math.abs(coef[j]! / exact[j]! - 1)).toBeLessThan(1e-8);
    }
  });
});

it('a change of units changes the weights by just that, over sixteen powers of ten', () => {
  const x = noise(30, 3);
  const y = x.map(([a, b, c]) => a! - b! + 0.5 * c! + rng.normal());
  const plain = new LinearRegression().fit(x, y);
  const units = [1e8, 1, 1e-8];
  const other = new LinearRegression().fit(
    x.map((row) => row.map((value, j) => value * units[j]!)),
    y,
  );
  units.forEach((unit, j) => {
    expect((other.coef![j]! * unit) / plain.coef![j]!).toBeCloseTo(1, 12);
  });
  expect(other.intercept).toBeCloseTo(plain.intercept!, 12);
});

it('a constant column weighs nothing, whatever its value', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 1e6, noNaN: true }), fc.integer({ min: 3, max: 40 }), (value, rows) => {
      const free = noise(rows, 1);
      const x = free.map(([a]) => [value, a!]);
      const y = free.map(([a]) => 3 * a! + 1);
      for (const model of [new LinearRegression(), new Ridge({ alpha: 0 }), new Ridge(), new RidgeCV()]) {
        expect(model.fit(x, y).coef![0]).toBe(0);
      }
    }),
  );
});

it('columns that repeat each other share their weight, in tall tables and wide ones', () => {
  for (const [rows, cols] of [
    [300, 12],
    [6, 12],
  ] as const) {
    const half = noise(rows, cols);
    const y = half.map((row) => row[0]! * 2 - row[1]! + rng.normal());
    const { coef } = new LinearRegression().fit(
      half.map((row) => [...row, ...row]),
      y,
    );
    for (let j = 0; j < cols; j++) expect(Math.abs(coef![j]! - coef![cols + j]!)).toBeLessThan(1e-10);
    const single = new LinearRegression().fit(half, y);
    for (let j = 0; j < cols; j++) expect(Math.abs(2 * coef![j]! - single.coef![j]!)).toBeLessThan(1e-10);
  }
});

it('ridge keeps its price where columns repeat each other in large units', () => {
  const x = noise(50, 2).map(([a, b]) => [1e9 * a!, 1e9 * a!, b!]);
  const y = x.map(([a, , c]) => a! / 1e9 + c!);
  const { coef } = new Ridge({ alpha: 1 }).fit(x, y);
  // In units of 1e9 the first two cost next to nothing: what the third loses to its price they take over as far as it goes
  // along with them.
  const centred = (j: number): number[] => {
    const mean = x.reduce((sum, row) => sum + row[j]!, 0) / x.length;
    return x.map((row) => row[j]! - mean);
  };
  const [first, third] = [centred(0).map((value) => value / 1e9), centred(2)];
  const dot = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const slope = dot(first!, third!) / dot(first!, first!);
  expect((coef![0]! + coef![1]!) * 1e9).toBeCloseTo(1 + (1 - coef![2]!) * slope, 6);
  // Without the price the third weight is 1.
  expect(coef![2]!).toBeGreaterThan(0.9);
  expect(coef![2]!).toBeLessThan(0.999);
});

it('of prices that do equally well the first is taken, not the one that rounding favours', () => {
  for (let seed = 0; seed < 30; seed++) {
    // Without one of two rows every price predicts the other one's target.
    const model = new RidgeCV({ alphas: [3, 0.01, 30, 0.3] }).fit(noise(2, 6), [rng.normal(), rng.normal()]);
    expect(model.alpha).toBe(3);
  }
});

it('r2 of a constant target is 0 or 1, whatever the constant', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 2, max: 30 }), (value, rows) => {
      const actual = new Array<number>(rows).fill(value);
      expect(r2(actual, actual)).toBe(1);
      expect(
        r2(
          actual,
          actual.map((own) => own + 1),
        ),
      ).toBe(0);
    }),
  );
});
