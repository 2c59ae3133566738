// Explanations through a model's answers alone: importance and dependence against scikit-learn, errors by group against
// pandas, pushes against Shapley values by brute force.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AskModel, type Cell, mixedRows, type RawRow } from '#pipeline-core/inspection/mixtures.ts';
import { permutationImportance } from '#pipeline-core/inspection/permutation-importance.ts';
import { predictionErrors } from '#pipeline-core/inspection/prediction-errors.ts';
import { gridOf, rowDependence } from '#pipeline-core/inspection/row-dependence.ts';
import { rowImportance } from '#pipeline-core/inspection/row-importance.ts';
import { exactPushes, sampledPushes } from '#pipeline-core/inspection/shapley.ts';
import { createRng } from '#pipeline-core/math/rng.ts';
import { rmse } from '#pipeline-core/metrics/metrics.ts';
import { parseCsv } from '#pipeline-core/table/csv.ts';
import golden from '#tests/fixtures/row-explanations.json' with { type: 'json' };

const SCHOOLS = ['GP', 'MS'];
const rows: RawRow[] = golden.x.map(([age, school, misses, noise]) => ({
  age: age!,
  school: SCHOOLS[school!]!,
  misses: misses!,
  noise: noise!,
}));
const formula = ({ age, school, misses }: RawRow): number => {
  const other = school === 'MS' ? 1 : 0;
  return 12 - 0.4 * (Number(age) - 15) - 2 * other - 0.1 * Number(misses) * (1 + other);
};
const asking =
  (held: readonly RawRow[], predict: (row: RawRow) => number): AskModel =>
  async (questions) =>
    mixedRows(held, questions).map((row) => [predict(row)]);
const ask = asking(rows, formula);
const asTheyAre = rows.map((row) => [formula(row)]);
const error = (answers: readonly (readonly number[])[]) =>
  rmse(
    golden.y,
    answers.map(([value]) => value!),
  );
const all = rows.map((_, i) => i);

describe('importance of raw columns', () => {
  it('agrees with scikit-learn as far as chance allows, its interval holds the mean of thousands of shuffles', async () => {
    for (const [at, column] of golden.columns.entries()) {
      const { mean, interval, used } = await rowImportance(column, {
        ask,
        rows: rows.length,
        asTheyAre,
        error,
        at,
        nRepeats: 200,
      });
      const [truth, sd] = [golden.importance.mean[at]!, golden.importance.sd[at]!];
      expect(Math.abs(mean - truth)).toBeLessThanOrEqual(4 * sd * Math.sqrt(1 / 200 + 1 / 2000));
      expect(interval[1] - interval[0]).toBeCloseTo((2 * 1.96 * sd) / Math.sqrt(200), 1);
      expect(used).toBe(column !== 'noise');
    }
  });

  it('is to the last bit what the library answers for the same columns as numbers', async () => {
    const model = {
      predict: ({ data, cols, rows: n }: { data: Float64Array; cols: number; rows: number }) =>
        Array.from({ length: n }, (_, i) =>
          formula({ age: data[i * cols]!, school: SCHOOLS[data[i * cols + 1]!]!, misses: data[i * cols + 2]! }),
        ),
    };
    const library = permutationImportance({ model, x: golden.x, y: golden.y, nRepeats: 5 });
    for (const [at, column] of golden.columns.entries()) {
      const own = await rowImportance(column, { ask, rows: rows.length, asTheyAre, error, at });
      expect(own.values).toEqual(library.columns[at]!.values);
    }
  });
});

describe('dependence on a raw column', () => {
  it('equals scikit-learn, mean and single rows, for numbers and for words', async () => {
    for (const [column, known] of Object.entries(golden.dependence)) {
      const grid = known.grid.map((value): Cell => (column === 'school' ? SCHOOLS[value]! : value));
      const cells = rows.map((row) => row[column]!);
      const found = await rowDependence(column, { ask, rows: all, lines: 20, cells, grid, output: 0 });
      found.average.forEach((value, g) => {
        expect(value).toBeCloseTo(known.average[g]!, 9);
      });
      found.individual.forEach(({ row, values }) => {
        for (const [g, value] of values.entries()) expect(value).toBeCloseTo(known.individual[row]![g]!, 9);
      });
      expect([...gridOf(cells)].sort()).toEqual([...grid].sort());
      expect(found.counts.reduce((sum, n) => sum + n, 0)).toBe(rows.length);
      const [low, high] = found.quartiles[0]!;
      expect(low).toBeLessThanOrEqual(found.average[0]!);
      expect(high).toBeGreaterThanOrEqual(low);
    }
  });

  it('steps through many values evenly, in whole numbers where all are', () => {
    const grid = gridOf(Array.from({ length: 1000 }, (_, i) => i)) as number[];
    expect(grid).toHaveLength(16);
    expect(grid.every(Number.isInteger)).toBe(true);
    expect([grid[0], grid.at(-1)]).toEqual([49, 950]);
    expect(gridOf(Array.from({ length: 1000 }, (_, i) => `word ${i % 40}`))).toHaveLength(12);
  });
});

it('gives the errors by group that pandas gives', () => {
  const csv = `age,school,misses,noise\n${rows.map((row) => Object.values(row).join()).join('\n')}\n`;
  const predictions = { row: all, fold: all.map(() => 0), actual: golden.y, predicted: rows.map(formula) };
  const found = predictionErrors(predictions, parseCsv(csv))!;
  expect(found.rmse).toBeCloseTo(golden.rmse, 9);
  expect(found.bias).toBeCloseTo(golden.bias, 9);
  for (const [column, known] of Object.entries(golden.groups)) {
    const { groups } = found.slices.find((slice) => slice.column === column)!;
    expect(groups).toHaveLength(known.length);
    for (const { level, n, rmse: of, bias, se } of known) {
      const group = groups.find((one) => ('level' in one ? one.level === level : one.from === level[0]))!;
      expect(group.n).toBe(n);
      expect(group.rmse).toBeCloseTo(of, 9);
      expect(group.bias).toBeCloseTo(bias, 9);
      expect(group.interval[1] ** 2).toBeCloseTo(of ** 2 + 1.959963984540054 * se, 6);
    }
  }
});

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/** By the definition: each order of the columns, each background row. */
function bruteForce(held: readonly RawRow[], predict: (row: RawRow) => number, columns: readonly string[]): number[] {
  const orders = (left: readonly number[]): number[][] =>
    left.length === 0 ? [[]] : left.flatMap((j) => orders(left.filter((k) => k !== j)).map((rest) => [j, ...rest]));
  const pushes = columns.map(() => 0);
  const background = held.slice(1);
  for (const order of orders(columns.map((_, j) => j)))
    for (const base of background) {
      let row = base;
      for (const j of order) {
        const next = { ...row, [columns[j]!]: held[0]![columns[j]!]! };
        pushes[j]! += predict(next) - predict(row);
        row = next;
      }
    }
  return pushes.map((push) => push / factorial(columns.length) / background.length);
}

describe('what pushed an answer', () => {
  const names = ['a', 'b', 'c', 'd'];
  const drawn = (seed: number): RawRow[] => {
    const random = createRng(seed);
    return Array.from({ length: 7 }, () => Object.fromEntries(names.map((name) => [name, random.int(4)])));
  };
  const predict = ({ a, b, c, d }: RawRow) => Number(a) * Number(b) + (Number(c) > 1 ? Number(d) : -1) + Number(a) ** 2;
  const job = (held: readonly RawRow[]) => ({
    ask: asking(held, predict),
    row: 0,
    background: [1, 2, 3, 4, 5, 6],
    columns: names,
    output: 0,
  });

  it('equals Shapley values by brute force over all coalitions', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const held = drawn(seed);
        const { pushes, base, answer } = await exactPushes(job(held));
        bruteForce(held, predict, names).forEach((push, j) => {
          expect(pushes[j]!.push).toBeCloseTo(push, 9);
        });
        expect(base + pushes.reduce((sum, { push }) => sum + push, 0)).toBeCloseTo(answer, 9);
        expect(answer).toBe(predict(held[0]!));
      }),
      { numRuns: 40 },
    );
  });

  it('comes close to them by drawn orders, as close as its error says, and adds up', async () => {
    let off = 0;
    let n = 0;
    for (let seed = 0; seed < 30; seed++) {
      const held = drawn(seed);
      const truth = bruteForce(held, predict, names);
      const { pushes, base, answer, orders, exact } = await sampledPushes({
        ...job(held),
        batch: 50,
        more: ({ orders: so }) => so < 400,
        randomState: seed,
      });
      expect([orders, exact]).toEqual([400, false]);
      expect(base + pushes.reduce((sum, { push }) => sum + push, 0)).toBeCloseTo(answer, 9);
      for (const [j, { push, error: by }] of pushes.entries()) {
        if (by === 0) expect(push).toBeCloseTo(truth[j]!, 9);
        else {
          n++;
          off += ((push - truth[j]!) / by) ** 2;
        }
      }
    }
    // Squared differences in units of their own error have mean 1 where the error is right.
    expect(off / n).toBeGreaterThan(0.6);
    expect(off / n).toBeLessThan(1.6);
  });
});
