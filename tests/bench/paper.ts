// `npm run bench:paper`: the eight cells of Cortez & Silva 2008 and of average_grade on the real table, by the paper's own
// protocol: 20 repeats of 10-fold cross-validation, for several seeds. One rule for all, fixed beforehand: inside each training part, 5-fold cross-validation chooses among
// four recipes of the written list. A cell is "reached"
// where the whole 95 % interval of its mean over repeats lies at or below the goal, "open" where the goal lies inside it.
// That interval is of the chance of the folds, not of that of the rows. `--check` exits 1 where a goal is missed; last line: JSON.
// Inputs A: all columns; B: without G2; C: without G1 and G2. No made-up columns.
import { parseArgs } from 'node:util';
import { kFold, RECIPES, type Recipe, rmse, type Split } from '#pipeline-core';
import { takeRows } from '#pipeline-core/estimator/input.ts';
import { type Question, questionOf, realTable, type Subject } from './student-table.ts';

const named = (wanted: string): Recipe => {
  const recipe = RECIPES.find(({ name }) => name === wanted);
  if (recipe === undefined) throw new Error(`There is no recipe "${wanted}" in the written list.`);
  return recipe;
};
const CHOICE: readonly Recipe[] = ['forest', 'pair', 'average', 'wide average'].map(named);
/** The models that the four are made of: each is fitted once and serves every average it is part of. */
const MEMBERS: readonly Recipe[] = [...new Set(CHOICE.flatMap(({ name, parts }) => parts ?? [name]))].map(named);

interface Cell {
  readonly subject: Subject;
  readonly setup: 'A' | 'B' | 'C' | 'average';
  readonly goal: number;
  /** The best of the paper's five methods; null: the paper has no such cell. */
  readonly paper: number | null;
}

const CELLS: readonly Cell[] = [
  { subject: 'por', setup: 'A', goal: 1.29, paper: 1.32 },
  { subject: 'por', setup: 'B', goal: 1.73, paper: 1.78 },
  { subject: 'por', setup: 'C', goal: 2.68, paper: 2.67 },
  { subject: 'por', setup: 'average', goal: 2.31, paper: null },
  { subject: 'mat', setup: 'A', goal: 1.65, paper: 1.75 },
  { subject: 'mat', setup: 'B', goal: 2.42, paper: 2.46 },
  { subject: 'mat', setup: 'C', goal: 3.94, paper: 3.9 },
  { subject: 'mat', setup: 'average', goal: 3.26, paper: null },
];
const GRADES = { A: ['G1', 'G2'], B: ['G1'], C: [], average: [] };

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    repeats: { type: 'string', default: '20' },
    seeds: { type: 'string', default: '2025,7,41' },
    cells: { type: 'string', default: '' },
  },
});
const repeats = Number(values.repeats);
const seeds = values.seeds.split(',').map(Number);
/** `--cells "por C,mat A"` plays these alone. */
const wanted = values.cells === '' ? null : values.cells.split(',');

interface Outcome {
  readonly scores: readonly number[];
  /** How often each recipe was chosen. */
  readonly chosen: Readonly<Record<string, number>>;
}

type Answers = Readonly<Record<string, Float64Array>>;

/** What each of the four answers for the test rows. */
function answersOf({ x, y }: Question, { train, test }: Split, own: number): Answers {
  const trainX = takeRows(x, train);
  const testX = takeRows(x, test);
  const trainY = Float64Array.from(train, (row) => y[row]!);
  const single = new Map(MEMBERS.map(({ name, build }) => [name, build(own).fit(trainX, trainY).predict(testX)]));
  return Object.fromEntries(
    CHOICE.map(({ name, parts = [name] }) => [
      name,
      Float64Array.from(test, (_, k) => parts.reduce((sum, part) => sum + single.get(part)![k]!, 0) / parts.length),
    ]),
  );
}

/** The recipe of the lowest out-of-fold RMSE. */
function chooseRecipe(part: Question, own: number): string {
  const predictions = new Map(CHOICE.map(({ name }) => [name, new Float64Array(part.x.rows)]));
  for (const split of kFold(part.x.rows, { nSplits: 5, randomState: own })) {
    for (const [name, answers] of Object.entries(answersOf(part, split, own))) {
      split.test.forEach((row, k) => {
        predictions.get(name)![row] = answers[k]!;
      });
    }
  }
  const scores = CHOICE.map(({ name }) => rmse(part.y, predictions.get(name)!));
  return CHOICE[scores.indexOf(Math.min(...scores))]!.name;
}

function play(question: Question, seed: number): Outcome {
  const { x, y } = question;
  const chosen = Object.fromEntries(CHOICE.map(({ name }) => [name, 0]));
  const scores = Array.from({ length: repeats }, (_, repeat) => {
    const predicted = new Float64Array(x.rows);
    kFold(x.rows, { nSplits: 10, randomState: seed + repeat }).forEach((split, f) => {
      const part = { x: takeRows(x, split.train), y: Float64Array.from(split.train, (row) => y[row]!) };
      const own = (seed + repeat) * 10 + f;
      const recipe = chooseRecipe(part, own);
      chosen[recipe]! += 1;
      const answers = answersOf(question, split, own)[recipe]!;
      split.test.forEach((row, k) => {
        predicted[row] = answers[k]!;
      });
    });
    return rmse(y, predicted);
  });
  return { scores, chosen };
}

/** Mean over the repeats and its 95 % interval (Student's t). */
function intervalOf(scores: readonly number[]): { mean: number; low: number; high: number } {
  const n = scores.length;
  const mean = scores.reduce((sum, score) => sum + score, 0) / n;
  if (n < 2) return { mean, low: -Infinity, high: Infinity };
  const deviation = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (n - 1));
  // Cornish-Fisher expansion of t around the normal quantile: right to 0.01 from 4 degrees of freedom on.
  const [z, df] = [1.959964, n - 1];
  const t = z + (z ** 3 + z) / (4 * df) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * df * df);
  const half = (t * deviation) / Math.sqrt(n);
  return { mean, low: mean - half, high: mean + half };
}

/** Which of three words: the interval lies below a value, holds it, or lies above it. */
function against<T>(value: number, low: number, high: number, [below, inside, above]: readonly [T, T, T]): T {
  if (high <= value) return below;
  return low > value ? above : inside;
}

const tables = { por: realTable('por'), mat: realTable('mat') };
if (tables.por === null || tables.mat === null) {
  console.log(
    'The real tables are not here: set STUDENT_DATA to a folder that holds student-por.csv and student-mat.csv.',
  );
  console.log(JSON.stringify({ cells: [] }));
} else {
  console.log(
    `10-fold cross-validation, ${repeats} repeats for each of the seeds ${seeds.join(', ')}; choice among ${CHOICE.map(({ name }) => name).join(', ')}`,
  );
  let missed = false;
  const played = CELLS.filter(({ subject, setup }) => wanted?.includes(`${subject} ${setup}`) ?? true);
  const cells = played.flatMap((cell) =>
    seeds.map((seed) => {
      const target = cell.setup === 'average' ? 'average_grade' : 'G3';
      const { scores, chosen } = play(questionOf(tables[cell.subject]!, target, GRADES[cell.setup]), seed);
      const { mean, low, high } = intervalOf(scores);
      const verdict = against(cell.goal, low, high, ['reached', 'open', 'MISSED']);
      if (verdict === 'MISSED') missed = true;
      const name = `${cell.subject} ${cell.setup}`;
      const paper =
        cell.paper === null
          ? '-'
          : `${cell.paper.toFixed(2)} ${against(cell.paper, low, high, ['below it', 'a tie', 'above it'])}`;
      const counts = Object.entries(chosen).map(([recipe, count]) => `${recipe} ${count}`);
      console.log(
        `${name.padEnd(12)} seed ${String(seed).padEnd(5)} RMSE ${mean.toFixed(3)} (${low.toFixed(3)}..${high.toFixed(3)})   goal ${cell.goal.toFixed(2)} ${verdict.padEnd(8)} paper ${paper.padEnd(14)} ${counts.join(', ')}`,
      );
      return { cell: name, seed, rmse: mean, low, high, scores, goal: cell.goal, verdict, paper: cell.paper, chosen };
    }),
  );
  console.log(JSON.stringify({ cells }));
  if (values.check && missed) process.exitCode = 1;
}
