// What pushed the answer of the served model for one row, asked of the session's predictor in small pieces, so that
// predictions of others go in between.
import type { AskModel } from '#pipeline-core/inspection/mixtures.ts';
import { exactPushes, MOST_EXACT, type ShapleyJob, sampledPushes } from '#pipeline-core/inspection/shapley.ts';
import { createRng, permutation } from '#pipeline-core/math/rng.ts';
import { batches } from '../explain/explain-model.ts';
import type { PushesJob, RowPushes } from '../protocol/explain.ts';
import type { Row } from '../protocol/job.ts';
import { askRows, textOf } from '../runner/predictor-client.ts';
import { PredictUnavailable, RowsRefused } from './predict-unavailable.ts';
import type { Predictors } from './predictors.ts';

const BACKGROUND = 100;
const ROWS_A_PIECE = 1_500;
const PIECE_MS = 1_000;
/** Orders are drawn until the largest error is this small a part of the largest push, or the time is over. */
const PRECISION = 0.03;
const MOST_MS = 2_000;
const BATCH = 20;
const MOST_ORDERS = 4_000;

/** Throws PredictUnavailable; a newer model that takes over in the middle is one reason. */
export async function pushesOf(
  predictors: Predictors,
  { sessionId, row, used }: PushesJob,
  table: readonly Row[],
): Promise<RowPushes> {
  const drawn = [...permutation(table.length, createRng(0))].slice(0, BACKGROUND);
  const columns = Object.keys(row).filter((name) => drawn.every((i) => Object.hasOwn(table[i]!, name)));
  // A row of the form may have columns that the table has not: they stay as they are.
  const rows = [row, ...drawn.map((i) => ({ ...row, ...table[i]! }))];
  let runId: string | undefined;
  const ask: AskModel = async (questions) => {
    const answers: (readonly number[])[] = [];
    for (const batch of batches(questions, ROWS_A_PIECE)) {
      const piece = await predictors.exclusive(sessionId, (child, { classes, size }) =>
        askRows(child, { rows, questions: batch }, { classes, ms: PIECE_MS, memoryMb: size.memoryMb }),
      );
      runId ??= piece.runId;
      if (piece.runId !== runId) throw new PredictUnavailable('A newer run has taken over: ask again');
      if (!piece.value.ok) throw new RowsRefused(`The model cannot answer: ${textOf(piece.value.error)}`);
      // Of a classification the probability of its last class: of two, the positive one.
      for (const one of piece.value.value) answers.push([one.at(-1)!]);
    }
    return answers;
  };
  const background = drawn.map((_, i) => i + 1);
  const job: ShapleyJob = { ask, row: 0, background, columns: await moving({ ask, columns, used }), output: 0 };
  const whole = drawn.length === table.length;
  const found =
    job.columns.length <= MOST_EXACT && job.columns.length > 0
      ? await exactPushes(job)
      : await sampledPushes({ ...job, batch: BATCH, more: stopwatch() });
  return { ...found, exact: found.exact && whole, runId: runId ?? '', background: background.length };
}

function stopwatch(): Parameters<typeof sampledPushes>[0]['more'] {
  const began = performance.now();
  return ({ orders, worstError, spread }) =>
    orders < MOST_ORDERS && worstError > PRECISION * spread && performance.now() - began < MOST_MS;
}

/** The columns that the model uses, where leaving the others at other rows' values changes nothing for this row. */
async function moving(of: {
  readonly ask: AskModel;
  readonly columns: readonly string[];
  readonly used: readonly string[] | undefined;
}): Promise<readonly string[]> {
  const { ask, columns, used } = of;
  const few = columns.filter((name) => used?.includes(name) === true);
  if (used === undefined || few.length === 0 || few.length === columns.length) return columns;
  const base = [1, 2, 3, 4, 5];
  const answers = await ask([
    { base: [0], columns: [] },
    { base, columns: few, from: base.map(() => 0) },
  ]);
  const [own, ...others] = answers.map(([value]) => value!);
  return others.every((value) => Math.abs(value - own!) <= 1e-9 * Math.max(1, Math.abs(own!))) ? few : columns;
}
