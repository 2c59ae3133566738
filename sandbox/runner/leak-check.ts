// Does the score of a run mean what it says: is it made on the task's target, without the answer among the inputs, without
// the values that it is scored on? Of every run and preview; cached by what it was made from.
// Invariant: the library's check runs in the child, in an isolate of its own that no code of the participants shares; what
// it answers is checked here.
import type { Predictions, RunFinding } from '#pipeline-core/core/report.ts';
import { pathsOut } from '#pipeline-core/workspace/pipeline.ts';
import { unpack } from '../protocol/frames.ts';
import type { CheckedTask } from '../protocol/job.ts';
import { parseLeaks } from '../protocol/leaks.ts';
import { ask, stageMs } from './child-request.ts';
import { PREDICTIONS } from './results.ts';
import { sha256Of } from './run-cache.ts';
import type { RunState } from './run-context.ts';
import type { RunReportBuilder } from './run-report.ts';
import { probeTarget } from './target-probe.ts';

/** An out of this name, as `inputSample` of the library makes it: what the model sees of each row. */
const INPUTS = /(?:^|\/)inputs\.csv$/;

export async function checkLeaks(state: RunState, report: RunReportBuilder): Promise<void> {
  const { task } = state.input.job;
  const predictions = report.predictions();
  if (task === undefined || task.actual.length === 0 || predictions === undefined) return;
  const key = sha256Of(
    JSON.stringify([
      'leaks 1',
      report.outsKey(),
      state.input.library,
      [...state.hashes].filter(([path]) => path.endsWith('.ts') || path.startsWith('data/raw/')).sort(),
      state.workspace.params,
      [task.target, task.forbidden],
    ]),
  );
  let found = await state.cache.note<RunFinding[]>(key);
  if (found === null) {
    found = await examine(state, report, { task, predictions });
    if (state.input.cancelled()) return;
    await state.cache.setNote(key, found).catch((error: Error) => state.input.log(`No note kept: ${error.message}`));
  }
  for (const finding of found) report.finding(finding);
}

async function examine(
  state: RunState,
  report: RunReportBuilder,
  { task, predictions }: { readonly task: CheckedTask; readonly predictions: Predictions },
): Promise<RunFinding[]> {
  const scored = scoredValues(task, predictions);
  const inputs = await inputLeaks(state, task);
  if (scored !== null) return [scored, ...inputs];
  return [...inputs, ...(await probeTarget(state, { task, predictions, took: report.took }))];
}

/** Each row is scored against the target of the task, or: what else. */
function scoredValues({ actual, target }: CheckedTask, { row, actual: scored }: Predictions): RunFinding | null {
  const close = (a: number, b: number | undefined) =>
    b !== undefined && Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));
  const at = row.findIndex((own, i) => !close(scored[i]!, actual[own]));
  if (at === -1) return null;
  // The right values beside the wrong rows: somebody left rows out and numbered the others anew.
  const known = [...actual].sort((a, b) => a - b);
  const isTarget = (value: number) => {
    let [low, high] = [0, known.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (known[middle]! < value - 1e-6 * Math.max(1, Math.abs(value))) low = middle + 1;
      else high = middle;
    }
    return close(value, known[low]);
  };
  if (scored.every(isTarget)) return { code: 'rows-misnumbered', level: 'warning', facts: { path: PREDICTIONS } };
  const wrong = row.findIndex((own, i) => actual[own] !== undefined && !close(scored[i]!, actual[own]));
  if (wrong === -1) return { code: 'rows-misnumbered', level: 'warning', facts: { path: PREDICTIONS } };
  const facts = { row: row[wrong]!, target, scored: scored[wrong]!, actual: actual[row[wrong]!]! };
  return { code: 'target-differs', level: 'alarm', facts };
}

const PROGRAM = `import { leaksOfInputs } from 'pipeline-core';
import { readJson, readText, writeJson } from 'workshop';
writeJson('leaks.json', leaksOfInputs({ ...readJson('task.json'), raw: readText('raw.csv'), inputs: readText('inputs.csv') }) ?? []);
`;

async function inputLeaks(state: RunState, task: CheckedTask): Promise<RunFinding[]> {
  const { job, limits, log, takeChild } = state.input;
  const path = state.workspace.stages.flatMap(pathsOut).find((out) => INPUTS.test(out));
  const raw = Object.keys(job.data).find((one) => one.endsWith('.csv'));
  if (path === undefined || raw === undefined) return [];
  const { actual, forbidden, target } = task;
  const files = {
    'check.ts': PROGRAM,
    'task.json': JSON.stringify({ actual, forbidden, target }),
    'raw.csv': job.data[raw]!,
    'inputs.csv': String(state.texts.get(path)),
  };
  state.child ??= takeChild();
  const child = await state.child;
  const ms = stageMs(limits, state.began + state.waited);
  const bodies = Object.values(files).map((text) => Buffer.from(text));
  const answer = await ask(child, {
    message: {
      type: 'stage',
      stage: 'leak-check',
      entry: 'check.ts',
      files: Object.keys(files).map((one, i) => ({ path: one, bytes: bodies[i]!.length })),
      writable: ['leaks.json'],
      known: Object.keys(files),
      params: {},
      limits: { stageMs: ms, logLines: 0, logBytes: 0, outBytes: 65_536 },
    },
    bodies,
    ms,
    memoryMb: limits.memoryMb,
    onMessage: ({ type }) => type !== 'log' && type !== 'progress',
  });
  if ('ended' in answer) {
    state.child = undefined;
    return [];
  }
  if (answer.message.type !== 'done') {
    // A table that cannot be read is no leak; the stage that wrote it may have meant something else by the name.
    if (answer.message.type === 'failed' && answer.message.failure.kind === 'internal') log('The leakage check failed');
    return [];
  }
  const written = unpack(answer.message.files, answer.body)?.get('leaks.json');
  return parseLeaks(String(written)).map((found): RunFinding => ({ ...found, level: 'alarm' }));
}
