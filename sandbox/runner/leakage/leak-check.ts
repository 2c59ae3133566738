// Does the score of a run mean what it says: is it made on the task's target, without the answer among the inputs, without
// the values that it is scored on? Of every run and preview; cached by what it was made from.
// Invariant: the library's check runs in the child, in an isolate of its own that no code of the participants shares; what
// it answers is checked here.
import type { RunFinding } from '#pipeline-core/core/report.ts';
import { pathsOut } from '#pipeline-core/workspace/pipeline.ts';
import { unpack } from '../../protocol/frames.ts';
import type { CheckedTask } from '../../protocol/job.ts';
import { parseLeaks } from '../../protocol/leaks.ts';
import { type Answer, ask, stageMs } from '../child-request.ts';
import { sha256Of } from '../run-cache.ts';
import type { RunState } from '../run-context.ts';
import type { RunReportBuilder } from '../run-report.ts';
import { scoredValues } from './scored-values.ts';
import { type Examined, type Probed, probeTarget, unchecked } from './target-probe.ts';

/** An out of this name, as `inputSample` of the library makes it: what the model sees of each row. */
const INPUTS = /(?:^|\/)inputs\.csv$/;

/** What is left to do after the report. */
export interface Check {
  /** Once. null: it was cancelled. Never rejects. */
  readonly begin: () => Promise<readonly RunFinding[] | null>;
  /** It does not begin soon: it gives the child of its run back. */
  readonly release: () => void;
}

/** What is known at once goes into the report; resolves to the rest of the check where there is more to do. */
export async function leakCheck(state: RunState, report: RunReportBuilder): Promise<Check | undefined> {
  const { input, cache, workspace } = state;
  const { task } = input.job;
  const predictions = report.predictions();
  if (task === undefined || task.actual.length === 0 || predictions === undefined) return undefined;
  const scored = scoredValues(task, predictions);
  if (scored !== null) report.finding(scored);
  const key = sha256Of(
    JSON.stringify([
      'leaks 3',
      report.outsKey(),
      input.library,
      [...state.hashes].filter(([path]) => path.endsWith('.ts') || path.startsWith('data/raw/')).sort(),
      workspace.params,
      [task.target, task.classes, task.forbidden, task.markers],
    ]),
  );
  const known = await cache.note<RunFinding[]>(key);
  if (known !== null) {
    for (const finding of known) report.finding(finding);
    return undefined;
  }
  report.setChecking();
  const begin = async () => {
    const late: RunState = { ...state, input: { ...input, priority: 'check' }, began: performance.now(), waited: 0 };
    const of = { task, predictions, probes: scored === null };
    const { findings, byChance } = await examine(late, of).catch((error: Error): Examined => {
      input.log(`The leakage check failed by our own fault: ${error.stack ?? error.message}`);
      return { findings: [unchecked('ended')], byChance: true };
    });
    await endChild(late);
    if (input.cancelled()) return null;
    if (byChance !== true)
      await cache.setNote(key, findings).catch((error: Error) => input.log(`No note kept: ${error.message}`));
    return findings;
  };
  const release = () => {
    void endChild(state);
  };
  return { begin, release };
}

async function endChild(state: RunState): Promise<void> {
  const { child } = state;
  state.child = undefined;
  (await child?.catch(() => null))?.kill();
}

async function examine(state: RunState, of: Probed & { readonly probes: boolean }): Promise<Examined> {
  const inputs = await inputLeaks(state, of.task);
  if (!of.probes) return inputs;
  const probed = await probeTarget(state, of);
  const chance = inputs.byChance ?? probed.byChance;
  return { findings: [...inputs.findings, ...probed.findings], ...(chance ? { byChance: chance } : {}) };
}

const PROGRAM = `import { leaksOfInputs } from 'pipeline-core';
import { readJson, readText, writeJson } from 'workshop';
writeJson('leaks.json', leaksOfInputs({ ...readJson('task.json'), raw: readText('raw.csv'), inputs: readText('inputs.csv') }) ?? []);
`;

async function inputLeaks(state: RunState, task: CheckedTask): Promise<Examined> {
  const { job, limits, log, takeChild } = state.input;
  const path = state.workspace.stages.flatMap(pathsOut).find((out) => INPUTS.test(out));
  const raw = Object.keys(job.data).find((one) => one.endsWith('.csv'));
  if (path === undefined || raw === undefined) return { findings: [] };
  const { actual, classes, forbidden, markers, target } = task;
  const files = {
    'check.ts': PROGRAM,
    'task.json': JSON.stringify({ actual, classes: classes.length, forbidden, markers, target }),
    'raw.csv': job.data[raw]!,
    'inputs.csv': String(state.texts.get(path)),
  };
  state.child ??= takeChild();
  const child = await state.child;
  child.lower('check');
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
    return { findings: [unchecked(endOf(answer.ended))], byChance: true };
  }
  const { message } = answer;
  if (message.type === 'failed') {
    const { kind } = message.failure;
    if (kind === 'time' || kind === 'memory') return { findings: [unchecked(kind)], byChance: true };
    // A table that cannot be read is no leak; the stage that wrote it may have meant something else by the name.
    if (kind === 'internal') log('The leakage check failed');
    return { findings: [] };
  }
  const written = message.type === 'done' ? unpack(message.files, answer.body)?.get('leaks.json') : undefined;
  const leaks = parseLeaks(String(written));
  return leaks === null
    ? { findings: [unchecked('ended')], byChance: true }
    : { findings: leaks.map((found): RunFinding => ({ ...found, level: 'alarm' })) };
}

type Ended = Extract<Answer, { readonly ended: unknown }>['ended'];
const endOf = (ended: Ended) => (ended === 'time' || ended === 'memory' ? ended : 'ended');
