// Explains a model in a child of its own: which columns its error depends on, and what it answers as each of them moves.
// Invariant: nobody waits for it, so it has the lowest priority; a table too large, or a model too slow, is asked about
// fewer rows, and the result says of how many; what was found before it was ended is not lost.
import type { AskModel, Question } from '#pipeline-core/inspection/mixtures.ts';
import { rowsAsked } from '#pipeline-core/inspection/mixtures.ts';
import { rowDependence } from '#pipeline-core/inspection/row-dependence.ts';
import { N_REPEATS, rowImportance } from '#pipeline-core/inspection/row-importance.ts';
import { log } from '#pipeline-core/math/deterministic-math.ts';
import { createRng, permutation } from '#pipeline-core/math/rng.ts';
import { rmse } from '#pipeline-core/metrics/metrics.ts';
import type { Child } from '../child-process/child-process.ts';
import type { Explained, ExplainedColumn, ExplainedDependence, ExplainFault } from '../protocol/explain.ts';
import type { Limits, Row } from '../protocol/job.ts';
import { askRows, open, textOf } from '../runner/predictor-client.ts';
import type { ModelToExplain } from '../runner/run-context.ts';

export interface ExplainInput {
  readonly model: ModelToExplain;
  /** The visible rows without what no input may come from, and the target of each. */
  readonly rows: readonly Row[];
  readonly actual: readonly number[];
  readonly limits: Limits;
  readonly takeChild: () => Promise<Child>;
  readonly cancelled: () => boolean;
  readonly onPart: (part: Explained) => void;
}

const MOST_ROWS = 1_000;
const FEWEST_ROWS = 60;
/** The shuffles of all columns should take no longer, unless even the fewest rows do. */
const IMPORTANCE_MS = 15_000;
const WHOLE_MS = 90_000;
const DEPENDENCE_ROWS = 150;
const LINES = 24;
/** So that no answer keeps the server from its sessions. */
const ROWS_A_MESSAGE = 4_000;
const PART_MS = 300;

/** null: it was cancelled. */
export async function explainModel(input: ExplainInput): Promise<Explained | null> {
  const { model, limits, cancelled } = input;
  const child = await input.takeChild();
  try {
    if (cancelled()) return null;
    child.lower('background');
    const { memoryMb } = model.size;
    const opening = { ...model, known: [...model.files.keys()], ms: limits.stageMs, memoryMb };
    const problem = await open(child, opening);
    if (cancelled()) return null;
    // Its isolate has a thread of its own by now.
    child.lower('background');
    if (problem !== null) return { ...NOTHING, share: 1, fault: { code: 'refused', message: textOf(problem) } };
    const found = await explain(input, child);
    return cancelled() ? null : found;
  } finally {
    child.kill();
  }
}

const NOTHING: Explained = {
  rows: 0,
  of: 0,
  error: 0,
  nRepeats: N_REPEATS,
  importance: [],
  dependence: {},
  share: 0,
};

/** Of numbers the RMSE; of classes the log loss, with probabilities kept off 0. */
function errorOf(actual: readonly number[], answers: readonly (readonly number[])[], ofClasses: boolean): number {
  if (!ofClasses)
    return rmse(
      actual,
      answers.map(([value]) => value!),
    );
  const losses = answers.map((shares, i) => -log(Math.max(shares[actual[i]!] ?? 0, Number.EPSILON)));
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** The model does not answer what it was asked, and may answer something else. */
class Refused extends Error {}
/** Nothing more can be asked. */
class Ended extends Error {
  readonly code: ExplainFault;
  constructor(code: ExplainFault) {
    super(code);
    this.code = code;
  }
}

async function explain(input: ExplainInput, child: Child): Promise<Explained> {
  const { actual, rows: table, cancelled } = input;
  const { classes } = input.model;
  const known = table.flatMap((_, row) => (Number.isFinite(actual[row]) ? [row] : []));
  if (known.length === 0) return { ...NOTHING, share: 1, fault: { code: 'no_rows' } };
  const columns = Object.keys(table[known[0]!] ?? {});
  const order = [...permutation(known.length, createRng(0))].map((i) => known[i]!);
  const began = performance.now();
  let held = order.slice(0, MOST_ROWS);
  let toHold: readonly Row[] | undefined;
  const hold = (rows: readonly number[]) => {
    held = [...rows];
    toHold = held.map((row) => table[row]!);
  };
  const ask: AskModel = async (questions) => {
    const answers: (readonly number[])[] = [];
    for (const batch of batches(questions)) {
      if (cancelled()) throw new Ended('ended');
      if (performance.now() - began > WHOLE_MS) throw new Ended('time');
      const rows = toHold;
      toHold = undefined;
      const limits = { classes, ms: input.limits.stageMs, memoryMb: input.model.size.memoryMb };
      const answer = await askRows(child, { questions: batch, ...(rows ? { rows } : {}) }, limits);
      if (answer.ok) for (const one of answer.value) answers.push(one);
      else if (answer.error.fault === 'thrown') throw new Refused(textOf(answer.error));
      else
        throw new Ended(
          answer.error.fault === 'time' || answer.error.fault === 'memory' ? answer.error.fault : 'ended',
        );
    }
    return answers;
  };
  const asTheyAre = () => ask([{ base: held.map((_, i) => i), columns: [] }]);
  const error = (answers: readonly (readonly number[])[]) =>
    errorOf(
      held.map((row) => actual[row]!),
      answers,
      classes.length > 0,
    );

  let found: Explained = { ...NOTHING, of: known.length };
  const importance: ExplainedColumn[] = [];
  const dependence: Record<string, ExplainedDependence> = {};
  let reportedAt = 0;
  const part = (share: number) => {
    found = { ...found, importance: ranked(importance), dependence: { ...dependence }, share };
    if (performance.now() - reportedAt < PART_MS) return;
    reportedAt = performance.now();
    input.onPart(found);
  };
  try {
    hold(held);
    let answers = await asTheyAre();
    // The second time is what the model takes once its code is warm.
    const start = performance.now();
    answers = await asTheyAre();
    const took = (performance.now() - start) * columns.length * N_REPEATS;
    if (took > IMPORTANCE_MS) {
      hold(held.slice(0, Math.max(FEWEST_ROWS, Math.floor((held.length * IMPORTANCE_MS) / took))));
      answers = await asTheyAre();
    }
    found = { ...found, rows: held.length, error: error(answers) };
    for (const [at, column] of columns.entries()) {
      const about = { ask, rows: held.length, asTheyAre: answers, error, at };
      const one = await unlessRefused(() => rowImportance(column, about));
      if (one) importance.push({ column, mean: one.mean, interval: one.interval, used: one.used });
      part((at + 1) / (2 * columns.length));
    }
    const used = ranked(importance).filter((one) => one.used);
    const rows = held.slice(0, DEPENDENCE_ROWS).map((_, i) => i);
    for (const [at, { column }] of used.entries()) {
      const cells = held.map((row) => table[row]![column]!);
      const about = { ask, rows, lines: LINES, cells, output: Math.max(0, classes.length - 1) };
      const one = await unlessRefused(() => rowDependence(column, about));
      if (one) {
        const lines = one.individual.map(({ row, values }) => ({ row: held[row]!, values }));
        const { grid, counts, average, quartiles } = one;
        dependence[column] = { column, grid, counts, average, quartiles, lines, rows: rows.length };
      }
      part(0.5 + (at + 1) / (2 * used.length));
    }
    return { ...found, importance: ranked(importance), dependence, share: 1 };
  } catch (thrown) {
    if (thrown instanceof Ended) return { ...found, share: 1, fault: { code: thrown.code } };
    if (thrown instanceof Refused) return { ...found, share: 1, fault: { code: 'refused', message: thrown.message } };
    throw thrown;
  }
}

const ranked = (columns: readonly ExplainedColumn[]): readonly ExplainedColumn[] =>
  [...columns].sort((a, b) => Number(b.used) - Number(a.used) || b.mean - a.mean || (a.column < b.column ? -1 : 1));

async function unlessRefused<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof Refused) return null;
    throw thrown;
  }
}

/** Groups of whole questions with not too many rows each; one alone may have more. */
export function* batches(questions: readonly Question[], most = ROWS_A_MESSAGE): Generator<readonly Question[]> {
  let batch: Question[] = [];
  let rows = 0;
  for (const question of questions) {
    const count = rowsAsked(question);
    if (batch.length > 0 && rows + count > most) {
      yield batch;
      batch = [];
      rows = 0;
    }
    batch.push(question);
    rows += count;
  }
  if (batch.length > 0) yield batch;
}
