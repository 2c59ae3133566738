// The parent's loop over the stages of one run: key -> kept? restore : send to the child -> validate, keep, next.
// Invariant: the parent alone decides what runs, what counts as done and what it is called by; it always ends in a report.

import { PipelineError } from '#pipeline-core/core/errors.ts';
import type { RunReport, StageReason } from '#pipeline-core/core/report.ts';
import { cacheKey } from '#pipeline-core/workspace/cache-key.ts';
import { descendants, edgesOf } from '#pipeline-core/workspace/graph.ts';
import { leafParams, pickParams } from '#pipeline-core/workspace/params.ts';
import { pathsOut, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import { type PlannedStage, planStages, type StageRecord } from '#pipeline-core/workspace/plan.ts';
import type { Child } from '../child-process/child-process.ts';
import { demandDeclaredImports } from '../workspace/imports.ts';
import { PREDICT } from '../workspace/paths.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { infos, runStage, type StageEnd, type Turn, takeLog } from './execute-stage.ts';
import { type Check, leakCheck } from './leakage/leak-check.ts';
import { type Outs, RunCache, sha256Of } from './run-cache.ts';
import type { ModelToExplain, RunInput, RunState } from './run-context.ts';
import { errorOfPipeline } from './run-error.ts';
import { createReport, type RunReportBuilder } from './run-report.ts';
import { checkServed, servedFiles, taskOf } from './serving-check.ts';
import { isTestStage } from './test-results.ts';

export interface RunOutcome {
  readonly report: RunReport;
  /** Where the report is `checking`. */
  readonly check?: Check;
}

/** Never rejects. */
export async function runPipeline(input: RunInput): Promise<RunOutcome> {
  const began = performance.now();
  const report = createReport(began);
  let check: RunOutcome['check'];
  try {
    const { files, data } = input.job;
    const workspace = input.workspaces.read(files, Object.keys(data));
    demandDeclaredImports(workspace.stages, files);
    const state = openState(input, workspace, began);
    check = await loop(state, report);
  } catch (error) {
    if (error instanceof PipelineError) report.fail(errorOfPipeline(error, input.job.files));
    else {
      input.log(`A run failed by our own fault: ${(error as Error).stack ?? String(error)}`);
      const { message } = error as Error;
      report.fail({ stage: null, kind: 'internal', code: 'runner_failed', facts: { message } });
    }
  }
  const closed = report.close(input);
  return closed.checking && check ? { report: closed, check } : { report: closed };
}

export type QuietInput = Pick<
  RunInput,
  'job' | 'limits' | 'library' | 'dataCache' | 'workspaces' | 'takeChild' | 'log'
>;

/** The model of a run that is over, from the run cache as far as that is there; null: it has none. Never rejects. */
export async function restoredModel(input: QuietInput): Promise<ModelToExplain | null> {
  let model: ModelToExplain | null = null;
  let child: Promise<Child> | undefined;
  const { check } = await runPipeline({
    ...input,
    job: { ...input.job, kind: 'preview' },
    takeChild: () => {
      child = input.takeChild();
      return child;
    },
    priority: 'background',
    onProgress: () => {},
    onServable: (found) => {
      model = found;
    },
    cancelled: () => false,
  });
  check?.release();
  (await child?.catch(() => null))?.kill();
  return model;
}

/** What a workspace scores on a table, and its model, which nobody waits for. The child that was taken stays. Never rejects. */
export async function bareRun(
  input: QuietInput & Pick<RunInput, 'cancelled'>,
): Promise<{ readonly report: RunReport; readonly model: ModelToExplain | null }> {
  let model: ModelToExplain | null = null;
  const onServable = (found: ModelToExplain) => {
    model = found;
  };
  const { report } = await runPipeline({
    ...input,
    priority: 'background',
    bare: true,
    onProgress: () => {},
    onServable,
  });
  return { report, model };
}

function openState(input: RunInput, workspace: Workspace, began: number): RunState {
  const texts = new Map<string, string | Buffer>([
    ...Object.entries(input.job.data),
    ...Object.entries(input.job.files),
  ]);
  const hashes = new Map<string, string>();
  for (const [path, text] of Object.entries(input.job.data)) hashes.set(path, input.dataCache.hashOf(text));
  for (const [path, text] of Object.entries(input.job.files)) hashes.set(path, sha256Of(text));
  const cache = new RunCache(input.job.cacheDir);
  return { input, workspace, cache, began, hashes, texts, lines: [], costs: new Map(), child: undefined, waited: 0 };
}

async function loop(state: RunState, report: RunReportBuilder): Promise<RunOutcome['check']> {
  const { input, workspace, cache } = state;
  const last = await cache.last();
  const plan = planStages({
    stages: workspace.stages,
    files: Object.fromEntries(state.hashes),
    params: workspace.params,
    library: input.library,
    last,
    force: input.job.force ?? [],
    exists: (_path, sha256) => cache.has(sha256),
  });
  // Every stage's params are looked up before the first runs: a missing one is an error of the workspace.
  const params = new Map(workspace.stages.map((stage) => [stage.name, pickParams(workspace.params, stage)]));
  input.onProgress({ type: 'plan', stages: plan.map(({ name, willRun, reason }) => ({ name, willRun, reason })) });
  const edges = edgesOf(workspace.stages);
  const fallen = new Set<string>();
  const stages = plan.filter(
    ({ name }) =>
      (!input.job.background || scores(workspace.stages, name)) && (!input.bare || serves(workspace.stages, name)),
  );
  for (const { planned, stage } of testsLast(stages, workspace.stages)) {
    const before = edges.find((edge) => edge.to === stage.name && fallen.has(edge.from));
    const stopped = input.cancelled() || report.stopped();
    if (before !== undefined || stopped) {
      fallen.add(stage.name);
      const reason: StageReason =
        before === undefined ? report.stopReason() : { code: 'after-failure', stage: before.from };
      report.add({ name: stage.name, status: 'skipped', reason, ms: 0, outs: [] }, input.onProgress);
      if (input.cancelled()) report.cancel();
      continue;
    }
    const end = await runOrRestore({ state, stage, planned, params: params.get(stage.name), last });
    report.add(end.result, input.onProgress);
    if (end.outs === undefined) {
      fallen.add(stage.name);
      if (end.cancelled === true) report.cancel();
      else if (end.error !== undefined && isTestStage(stage)) report.failTests(end.error, end.test);
      else if (end.error !== undefined) report.fail(end.error);
      continue;
    }
    for (const [path, bytes] of end.outs) {
      state.hashes.set(path, sha256Of(bytes));
      state.texts.set(path, bytes);
    }
    if (input.job.kind === 'main') last[stage.name] = recordOf(state, stage, end.outs);
    report.readStage(stage, end.outs, input.job);
  }
  if (input.job.kind === 'main') await kept(state, cache.setLast(last));
  report.finish(workspace, state);
  if (input.job.background) {
    (await state.child?.catch(() => null))?.kill();
    return undefined;
  }
  if (input.bare) {
    if (report.succeeded() && Object.hasOwn(input.job.files, PREDICT))
      input.onServable({ ...modelOf(state), answers: false });
    return undefined;
  }
  const check = report.succeeded() ? await leakCheck(state, report) : undefined;
  if (input.cancelled()) report.cancel();
  if (report.succeeded() && Object.hasOwn(input.job.files, PREDICT)) {
    const answers = await checkServed(state, report);
    if (input.cancelled()) report.cancel();
    else input.onServable({ ...modelOf(state), answers });
  }
  if (check === undefined && state.child !== undefined) (await state.child.catch(() => null))?.kill();
  return check;
}

const modelOf = (state: RunState): ModelToExplain => ({
  files: servedFiles(state),
  params: state.workspace.params,
  classes: taskOf(state).classes,
  size: state.input.limits,
});

/** Neither tests, nor only drawings for nobody else. */
const serves = (stages: readonly Stage[], name: string): boolean => {
  const stage = stages.find((own) => own.name === name);
  if (stage === undefined || isTestStage(stage)) return false;
  return stage.outs.length > 0 || stage.metrics.length > 0 || descendants(stages, name).length > 0;
};

/** Whether it writes metrics, or what a stage that does depends on. */
const scores = (stages: readonly Stage[], name: string): boolean =>
  [name, ...descendants(stages, name)].some((own) =>
    stages.some((stage) => stage.name === own && stage.metrics.length > 0),
  );

/** Tests that nothing depends on come after all that does: they may take long, or not end. */
function testsLast(plan: readonly PlannedStage[], stages: readonly Stage[]) {
  const all = plan.map((planned) => ({ planned, stage: stages.find(({ name }) => name === planned.name)! }));
  const last = ({ stage }: { readonly stage: Stage }) =>
    isTestStage(stage) &&
    descendants(stages, stage.name).every((name) => isTestStage(stages.find((one) => one.name === name)!));
  return [...all.filter((one) => !last(one)), ...all.filter(last)];
}

async function runOrRestore(turn: Turn): Promise<StageEnd> {
  const { state, stage, planned, last } = turn;
  const { name } = stage;
  const began = performance.now();
  const forced = state.input.job.force?.includes(name) === true;
  const took = (): number => performance.now() - began;
  if (stage.frozen && !planned.willRun) {
    // It may have written more when it last ran; what dvc.yaml no longer names is not restored over other files.
    const declared = new Set(pathsOut(stage));
    const record = Object.entries(last[name]?.outs ?? {}).filter(([path]) => declared.has(path));
    const outs = await state.cache.files(Object.fromEntries(record));
    if (outs !== null)
      return { result: { name, status: 'cached', reason: planned.reason, ms: took(), outs: infos(outs) }, outs };
  }
  const key = keyOf(state, stage);
  const found = forced ? null : await state.cache.find(key);
  if (found !== null) {
    const reason: StageReason = planned.changes.length === 0 ? planned.reason : { code: 'inputs-cached' };
    takeLog(state, name, found.log ?? [], { cached: true });
    state.costs.set(name, found.cpu ?? found.ms);
    const result = { name, status: 'cached', reason, ms: took(), savedMs: found.ms, outs: infos(found.files) } as const;
    return { result, outs: found.files };
  }
  const reason: StageReason = planned.willRun ? planned.reason : { code: 'outs-gone' };
  const before = state.lines.length;
  const end = await runStage(turn, reason);
  const log = state.lines.slice(before).map(({ text }) => text);
  const { outs, result, cpu } = end;
  if (cpu !== undefined) state.costs.set(name, cpu);
  if (outs !== undefined)
    await kept(state, state.cache.store(key, outs, { ms: result.ms, ...(cpu === undefined ? {} : { cpu }), log }));
  return end;
}

function keyOf(state: RunState, stage: Stage): string {
  const params = leafParams(state.workspace.params, stage);
  // A stage's Math.random is seeded by its name: under another name it would write something else.
  const library = `${state.input.library} ${stage.name}`;
  return cacheKey({ cmd: stage.cmd, deps: depsOf(state, stage), params, outs: pathsOut(stage), library }, sha256Of);
}

function depsOf(state: RunState, stage: Stage): Record<string, string> {
  return Object.fromEntries(stage.deps.map(({ path }) => [path, state.hashes.get(path)!]));
}

function recordOf(state: RunState, stage: Stage, outs: Outs): StageRecord {
  return {
    cmd: stage.cmd,
    deps: depsOf(state, stage),
    params: leafParams(state.workspace.params, stage),
    outs: Object.fromEntries([...outs].map(([path, bytes]) => [path, sha256Of(bytes)])),
    library: state.input.library,
  };
}

/** A full disk costs the cache, not the run. */
async function kept(state: RunState, storing: Promise<void>): Promise<void> {
  try {
    await storing;
  } catch (error) {
    state.input.log(`The run cache could not be written: ${(error as Error).message}`);
  }
}
