// `npm run bench:models`: our models against scikit-learn's, fit and predict, on the same rows in turns, one thread each, at
// 519 training rows (the workshop's table, by folds), 16 000 and 100 000 (synthetic rows, a fifth held out). Goals a size are
// beside the numbers, of the time by the clock; the time on the processor is beside it, for machines that do other work.
// `--check` exits 1 above 1.3x of a goal. `--sizes 519,16000`, `--repeats 4`; PYTHON=... asks another scikit-learn. Last
// line: JSON.
import { parseArgs } from 'node:util';
import { drawSyntheticStudents } from '#courses/generators/draw-students.ts';
import {
  HistGradientBoostingRegressor,
  RandomForestRegressor,
  type Regressor,
  Ridge,
  RidgeCV,
  repeatedKFold,
  rmse,
  type Split,
  trainTestSplit,
} from '#pipeline-core';
import { takeRows } from '#pipeline-core/estimator/input.ts';
import { type Peer, startPeer } from './peer.ts';
import { type Question, questionOf, realTable } from './student-table.ts';

interface Contest {
  readonly name: string;
  readonly build: (seed: number) => Regressor;
  /** Our time over theirs: at the workshop's size, and above. */
  readonly ratio: readonly [small: number, large: number];
  /** How much larger our RMSE may be; where `bothWays`, or smaller. */
  readonly gap: number;
  readonly bothWays?: boolean;
}

/** Of a forest: enough to see its pace at 100 000 rows too. */
const TREES = 20;

const CONTESTS: readonly Contest[] = [
  { name: 'ridge', build: () => new Ridge(), ratio: [1, 1], gap: 1e-6, bothWays: true },
  { name: 'ridge cv', build: () => new RidgeCV(), ratio: [1.5, 1.5], gap: 1e-6, bothWays: true },
  { name: 'boosting', build: () => new HistGradientBoostingRegressor(), ratio: [0.5, 0.7], gap: 0.005, bothWays: true },
  {
    name: 'forest, a third of the columns',
    build: (randomState) => new RandomForestRegressor({ maxFeatures: 1 / 3, nEstimators: TREES, randomState }),
    ratio: [0.5, 0.7],
    gap: 0.02,
  },
  {
    name: 'forest, all columns',
    build: (randomState) => new RandomForestRegressor({ nEstimators: TREES, randomState }),
    ratio: [1, 1],
    gap: 0.02,
  },
];
const SLACK = 1.3;

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    repeats: { type: 'string', default: '4' },
    sizes: { type: 'string', default: '519,16000,100000' },
  },
});

interface Turn {
  readonly ms: number;
  /** On the processor, all threads together. */
  readonly cpu: number;
  readonly predicted: ArrayLike<number>;
}
interface Series {
  readonly ms: number[];
  readonly cpu: number[];
  readonly errors: number[];
}
interface Place {
  readonly name: string;
  readonly question: Question;
  readonly splits: readonly Split[];
  /** Whether it is the workshop's size. */
  readonly small: boolean;
}

/** Folds of the workshop's table; of large ones a fifth held out. */
function placeOf(size: number, repeats: number): Place {
  if (size > 1000) {
    const rows = Math.round(size / 0.8);
    const question = questionOf(drawSyntheticStudents(1, rows), 'average_grade');
    const times = size > 50_000 ? 1 : 3;
    const splits = Array.from({ length: times }, (_, k) => trainTestSplit(rows, { testSize: 0.2, randomState: k }));
    return { name: `${size} synthetic training rows`, question, splits, small: false };
  }
  const table = realTable('por');
  const question = questionOf(table ?? drawSyntheticStudents(1, 649), 'average_grade');
  const splits = repeatedKFold(question.x.rows, { nSplits: 5, nRepeats: repeats });
  return { name: table === null ? 'the synthetic table' : 'the real table', question, splits, small: true };
}

function playOurs({ build }: Contest, { x, y }: Question, { train, test }: Split, seed: number): Turn {
  const trainX = takeRows(x, train);
  const testX = takeRows(x, test);
  const trainY = Float64Array.from(train, (row) => y[row]!);
  const start = performance.now();
  const began = process.cpuUsage();
  const predicted = build(seed).fit(trainX, trainY).predict(testX);
  const { user, system } = process.cpuUsage(began);
  return { ms: performance.now() - start, cpu: (user + system) / 1000, predicted };
}

async function playTheirs(peer: Peer, { name }: Contest, { train, test }: Split, seed: number): Promise<Turn> {
  return (await peer.ask({ model: name, seed, trees: TREES, train: [...train], test: [...test] })) as Turn;
}

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1]!;
const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
let missed = false;

async function playAt({ name: place, question, splits, small }: Place) {
  const { x, y } = question;
  const peer = await startPeer();
  console.log(
    `${place}: ${x.rows} rows x ${x.cols} columns, ${splits[0]!.train.length} to train on, ${TREES} trees a forest`,
  );
  if (peer === null) console.log('scikit-learn is not installed (Debian: python3-sklearn): our side alone.');
  else console.log(`against scikit-learn ${peer.version}, fit and predict, median of ${splits.length}`);
  const rows = Array.from({ length: x.rows }, (_, i) => [...x.data.subarray(i * x.cols, (i + 1) * x.cols)]);
  await peer?.ask({ x: rows, y: [...y] });
  const blank = (): Map<string, Series> => new Map(CONTESTS.map(({ name }) => [name, { ms: [], cpu: [], errors: [] }]));
  const [ours, theirs] = [blank(), blank()];
  // Once unmeasured: our compiler and their caches warm up.
  for (const contest of CONTESTS) {
    if (!small) continue;
    for (let k = 0; k < 3; k++) playOurs(contest, question, splits[0]!, 0);
    if (peer !== null) await playTheirs(peer, contest, splits[0]!, 0);
  }
  for (const [k, split] of splits.entries()) {
    const actual = Float64Array.from(split.test, (row) => y[row]!);
    for (const contest of CONTESTS) {
      const turns = [{ series: ours, turn: playOurs(contest, question, split, k) }];
      if (peer !== null) turns.push({ series: theirs, turn: await playTheirs(peer, contest, split, k) });
      for (const { series, turn } of turns) {
        const own = series.get(contest.name)!;
        own.ms.push(turn.ms);
        own.cpu.push(turn.cpu);
        own.errors.push(rmse(actual, Float64Array.from(turn.predicted)));
      }
    }
  }
  peer?.close();
  return CONTESTS.map((contest) =>
    report(contest, { place, small, own: ours.get(contest.name)!, other: theirs.get(contest.name)! }),
  );
}

function report(
  { name, ratio: goals, gap, bothWays = false }: Contest,
  { place, small, own, other }: { place: string; small: boolean; own: Series; other: Series },
) {
  const measured = { place, name, ms: median(own.ms), cpu: median(own.cpu), rmse: mean(own.errors) };
  if (other.ms.length === 0) {
    console.log(`${name.padEnd(32)} ${measured.ms.toFixed(2).padStart(9)} ms   RMSE ${measured.rmse.toFixed(4)}`);
    return { ...measured, peerMs: null, ratio: null, peerCpu: null, cpuRatio: null, peerRmse: null };
  }
  const goal = goals[small ? 0 : 1];
  const peerMs = median(other.ms);
  const peerRmse = mean(other.errors);
  const ratio = measured.ms / peerMs;
  const peerCpu = median(other.cpu);
  const cpuRatio = measured.cpu / peerCpu;
  const difference = measured.rmse - peerRmse;
  const distance = bothWays ? Math.abs(difference) : difference;
  const verdict = ratio <= goal && distance <= gap ? 'reached' : 'MISSED';
  if (ratio > SLACK * goal || distance > SLACK * gap) missed = true;
  const within = bothWays ? `within ${gap}` : `at most +${gap}`;
  console.log(
    `${name.padEnd(32)} ${measured.ms.toFixed(2).padStart(9)} ms : ${peerMs.toFixed(2).padStart(9)} ms = ${ratio.toFixed(2)}x (goal ${goal.toFixed(1)}x), on the processor ${cpuRatio.toFixed(2)}x   RMSE ${measured.rmse.toFixed(4)} : ${peerRmse.toFixed(4)} (${within})   ${verdict}`,
  );
  return { ...measured, peerMs, ratio, peerCpu, cpuRatio, peerRmse };
}

const models = [];
for (const size of values.sizes.split(',').map(Number)) {
  models.push(...(await playAt(placeOf(size, Number(values.repeats)))));
}
console.log(JSON.stringify({ models }));
if (values.check && missed) process.exitCode = 1;
