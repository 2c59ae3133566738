// Synthetic students: any number of made-up students from a seed, who behave like real ones.
// Invariant: nothing but the seed decides; the first rows of a longer draw are those of a shorter one.
// The 30 features and G1 come one after another from the leaf of a small tree on the columns before; G2 and G3 from
// step tables. Grades lie in 1..19; a zero G2 or G3 occurs only where absences are 0 (or where the grade before is 0).

import { PipelineError } from '#pipeline-core/core/errors.ts';
import { exp } from '#pipeline-core/math/deterministic-math.ts';
import { createRng, type Rng } from '#pipeline-core/math/rng.ts';
import { type Column, categoryColumn } from '#pipeline-core/table/column.ts';
import { Table } from '#pipeline-core/table/table.ts';
import { type DrawingTree, drawingTrees, FIGURES, type StepFigures } from './figures.ts';

/** @param seed any whole number @param rows 0 and more. Throws PipelineError 'bad-param'. */
export function drawSyntheticStudents(seed: number, rows: number): Table {
  if (!Number.isInteger(rows) || rows < 0) {
    throw new PipelineError('bad-param', `A synthetic table has a whole number of rows, not ${rows}.`, { rows });
  }
  const rng = createRng(seed);
  const trees = drawingTrees(FIGURES);
  const drawn: Float64Array[] = [];
  trees.forEach((tree, j) => {
    drawn.push(drawColumn(tree, { before: drawn, rows, rng: rng.fork(j) }));
  });
  const values = new Map(FIGURES.order.map((name, j) => [name, drawn[j]!]));
  const codes = levelCodes(values, trees);
  const g1 = values.get('G1')!;
  const absences = values.get('absences')!;
  const g2 = drawStep(FIGURES.steps.g2, { codes, previous: g1, before: null, absences, rng: rng.fork(trees.length) });
  const g3 = drawStep(FIGURES.steps.g3, { codes, previous: g2, before: g1, absences, rng: rng.fork(trees.length + 1) });
  values.set('G2', g2).set('G3', g3);
  return new Table(
    FIGURES.columns.map((name) => tableColumn(name, values.get(name)!, trees[FIGURES.order.indexOf(name)])),
  );
}

interface ColumnDraw {
  /** The columns drawn before this one. */
  readonly before: readonly Float64Array[];
  readonly rows: number;
  readonly rng: Rng;
}

function drawColumn(tree: DrawingTree, { before, rows, rng }: ColumnDraw): Float64Array {
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let node = 0;
    for (let asked = tree.asks[0]!; asked >= 0; asked = tree.asks[node]!) {
      const value = before[asked]![row]!;
      const first = tree.byWord[node] === 1 ? value !== tree.bound[node]! : value <= tree.bound[node]!;
      node = first ? tree.a[node]! : tree.b[node]!;
    }
    const pool = tree.pools[node]!;
    values[row] = pool[rng.int(pool.length)]!;
  }
  return values;
}

// The steps speak of positions in their own lists of levels, which for words are not the sorted ones.
function levelCodes(values: ReadonlyMap<string, Float64Array>, trees: readonly DrawingTree[]): Float64Array[] {
  const { columns, levels, mu, sd } = FIGURES.steps;
  return columns.map((name, i) => {
    const words = trees[FIGURES.order.indexOf(name)]!.levels;
    const own = levels[name]!;
    const code = new Map(own.map((level, at) => [words === null ? Number(level) : words.indexOf(String(level)), at]));
    return values.get(name)!.map((value) => (code.get(value)! - mu[i]!) / sd[i]!);
  });
}

interface StepDraw {
  /** Standardised level codes, one array a column of the steps. */
  readonly codes: readonly Float64Array[];
  readonly previous: Float64Array;
  /** The grade before the previous one, where there is one. */
  readonly before: Float64Array | null;
  readonly absences: Float64Array;
  readonly rng: Rng;
}

function drawStep(figures: StepFigures, { codes, previous, before, absences, rng }: StepDraw): Float64Array {
  const { b, mu, sd, rho, pmf, pz } = figures;
  const tables = pmf.map(cumulative);
  const rest = Math.sqrt(1 - rho * rho);
  return previous.map((grade, row) => {
    let score = before === null ? 0 : (b[codes.length]! * (grade - before[row]!)) / 2;
    for (let j = 0; j < codes.length; j++) score += codes[j]![row]! * b[j]!;
    const band = FIGURES.steps.bands.filter((lowest) => grade >= lowest).length;
    const rank = normalCdf((rho * (score - mu)) / sd + rest * rng.normal());
    const { steps, shares } = tables[band]!;
    let k = 0;
    while (k < steps.length - 1 && rank >= shares[k]!) k++;
    // Drawn for every row, needed or not: one row's luck must not shift the stream of the next.
    const zero = rng.next() < pz[band]!;
    if ((zero && absences[row] === 0) || (before !== null && grade === 0)) return 0;
    return Math.min(19, Math.max(1, grade + steps[k]!));
  });
}

function cumulative(pmf: Readonly<Record<string, number>>): { steps: readonly number[]; shares: readonly number[] } {
  const steps = Object.keys(pmf)
    .map(Number)
    .sort((a, b) => a - b);
  const total = steps.reduce((sum, step) => sum + pmf[String(step)]!, 0);
  let sum = 0;
  const shares = steps.map((step) => {
    sum += pmf[String(step)]! / total;
    return sum;
  });
  return { steps, shares };
}

// Abramowitz and Stegun 26.2.17, error below 7.5e-8: shares are given to four decimals.
function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return x < 0 ? tail : 1 - tail;
}

function tableColumn(name: string, values: Float64Array, tree: DrawingTree | undefined): Column {
  const levels = tree?.levels ?? null;
  if (levels === null) return { kind: 'number', name, values };
  return categoryColumn(
    name,
    Array.from(values, (code) => levels[code]!),
    levels,
  );
}
