// One stage of a run on a child: its deps out, its log and outs in, every ending described in words.

import type { LogLine, RunError, StageReason, StageResult } from '#pipeline-core/core/report.ts';
import { leafParams, undeclaredParams } from '#pipeline-core/workspace/params.ts';
import { pathsOut, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import type { PlannedStage, StageRecord } from '#pipeline-core/workspace/plan.ts';
import type { Limits } from '../protocol/job.ts';
import { ask, stageMs } from './child-request.ts';
import { withTurnDown } from './costly-params.ts';
import { readable } from './readable.ts';
import { outInfo } from './results.ts';
import type { Outs } from './run-cache.ts';
import type { RunState } from './run-context.ts';
import { errorOfEnding, errorOfFailure } from './run-error.ts';
import { isTestStage } from './test-results.ts';
import { checkOuts } from './validate-outputs.ts';

export interface StageEnd {
  readonly result: StageResult;
  /** Absent unless the stage succeeded. */
  readonly outs?: Outs;
  /** Milliseconds of the processor; absent unless the stage succeeded. */
  readonly cpu?: number;
  readonly error?: RunError;
  readonly cancelled?: boolean;
  /** The test that ran when the stage failed. */
  readonly test?: string;
}

export interface Turn {
  readonly state: RunState;
  readonly stage: Stage;
  readonly planned: PlannedStage;
  readonly params: unknown;
  readonly last: Readonly<Record<string, StageRecord>>;
}

export async function runStage(
  { state, stage, params }: Pick<Turn, 'state' | 'stage' | 'params'>,
  reason: StageReason,
): Promise<StageEnd> {
  const { input, workspace } = state;
  const { name } = stage;
  const { job } = input;
  const limits = limitsOf(input.limits, stage);
  const began = performance.now();
  const failed = (error: RunError): StageEnd => ({
    result: { name, status: 'failed', reason, ms: performance.now() - began, outs: [] },
    error: withTurnDown(error, leafParams(workspace.params, stage)),
  });
  input.onProgress({ type: 'stage', name });
  state.child ??= input.takeChild();
  const waits = performance.now();
  const child = await state.child;
  // Waiting for a child is no fault of the code: its clock is stopped meanwhile.
  state.waited += performance.now() - waits;
  if (input.cancelled())
    return { ...failed({ stage: name, kind: 'internal', code: 'cancelled', facts: {} }), cancelled: true };
  const priority = input.priority ?? (job.background ? 'background' : undefined);
  if (priority !== undefined) child.lower(priority);
  const ms = stageMs(limits, state.began + state.waited);
  let reportedAt = Number.NEGATIVE_INFINITY;
  const tellShare = (share: number): void => {
    const now = performance.now();
    if (share < 1 && now - reportedAt < PROGRESS_PAUSE_MS) return;
    reportedAt = now;
    input.onProgress({ type: 'progress', stage: name, share });
  };
  const bodies = stage.deps.map(({ path }) => bytesOf(state.texts.get(path)!));
  const answer = await ask(child, {
    message: {
      type: 'stage',
      stage: name,
      entry: stage.entry,
      files: stage.deps.map(({ path }, i) => ({ path, bytes: bodies[i]!.length })),
      writable: pathsOut(stage),
      known: [...state.texts.keys(), ...workspace.stages.flatMap(pathsOut)],
      params,
      ...(input.folds ? { folds: input.folds } : {}),
      undeclared: undeclaredParams(workspace.params, stage),
      limits: {
        stageMs: ms,
        logLines: Math.max(0, limits.logLines - state.lines.length),
        logBytes: Math.max(0, limits.logBytes - logged(state)),
        outBytes: limits.outBytes,
      },
    },
    bodies,
    ms,
    memoryMb: limits.memoryMb,
    onMessage: (message) => {
      if (message.type === 'log') takeLog(state, name, message.lines);
      else if (message.type === 'progress') tellShare(message.share);
      else return true;
      return false;
    },
  });
  if ('ended' in answer) {
    state.child = undefined;
    // Around V8's own line its output quotes the program, and the stage's name is the participants' too.
    if (answer.ended === 'crash')
      input.log(`A child ended in a stage: ${/fatal error.*/i.exec(child.lastWords())?.[0] ?? 'it gave no reason'}`);
    if (answer.ended === 'killed') {
      return { ...failed(errorOfEnding('crash', name, limits)), ...(input.cancelled() ? { cancelled: true } : {}) };
    }
    const outOfTime = answer.ended === 'time' && ms < limits.stageMs;
    return failed(errorOfEnding(outOfTime ? 'run-time' : answer.ended, name, limits));
  }
  const { message, body } = answer;
  if (message.type === 'failed') {
    if (message.failure.kind === 'time' && ms < limits.stageMs) return failed(errorOfEnding('run-time', name, limits));
    const { test } = message.failure;
    return {
      ...failed(errorOfFailure(message.failure, stage, { files: job.files, limits })),
      ...(test === undefined ? {} : { test }),
    };
  }
  if (message.type !== 'done') return failed(errorOfEnding('breach', name, limits));
  input.onTiming?.(name, message.timing);
  const checked = checkOuts(stage, { files: message.files, body, limits });
  if ('kind' in checked) return failed(checked);
  return {
    result: { name, status: 'ran', reason, ms: performance.now() - began, outs: infos(checked) },
    outs: checked,
    cpu: message.timing.cpu,
  };
}

/** Nobody waits long for a test that does not end. */
function limitsOf(limits: Limits, stage: Stage): Limits {
  return isTestStage(stage) ? { ...limits, stageMs: Math.min(limits.stageMs, limits.testMs) } : limits;
}

function bytesOf(content: string | Buffer): Buffer {
  return typeof content === 'string' ? Buffer.from(content) : content;
}

function logged(state: RunState): number {
  return state.lines.reduce((sum, line) => sum + line.text.length + 1, 0);
}

const PROGRESS_PAUSE_MS = 50;

// The isolate keeps a budget of its own; the child's word is not enough.
export function takeLog(state: RunState, stage: string, texts: readonly string[], more: { cached?: true } = {}): void {
  const { limits, onProgress } = state.input;
  const at = Math.round(performance.now() - state.began);
  const lines: LogLine[] = [];
  let bytes = logged(state);
  for (const text of texts) {
    bytes += text.length + 1;
    // One line more than the limit: the one that says that there is no more.
    if (state.lines.length + lines.length > limits.logLines || bytes > limits.logBytes + 200) break;
    lines.push({ stage, at, text: readable(text.replaceAll('\n', '\uFFFD')), ...more });
  }
  if (lines.length === 0) return;
  state.lines.push(...lines);
  onProgress({ type: 'log', lines });
}

export function infos(outs: Outs): StageResult['outs'] {
  return [...outs].map(([path, bytes]) => outInfo(path, bytes));
}
