// A failure as the child tells it, or its death, turned into the RunError that people see.
// Invariant: which stage, what happened in plain words, where (file, line, the line itself), and what to do.
import type { PipelineError } from '#pipeline-core/core/errors.ts';
import type { Place, RunError, RunErrorCause } from '#pipeline-core/core/report.ts';
import { addItemFix, quickFixOf, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import type { Limits } from '../protocol/job.ts';
import type { Failure } from '../protocol/messages.ts';
import type { Texts } from '../workspace/paths.ts';
import { readable } from './readable.ts';

/** How a child ended a stage without an answer. */
export type Ending = 'time' | 'run-time' | 'memory' | 'breach' | 'crash';

export function errorOfFailure(
  failure: Failure,
  stage: Stage,
  { files, limits }: { files: Texts; limits: Limits },
): RunError {
  if (failure.kind === 'time' || failure.kind === 'memory') {
    return { ...errorOfEnding(failure.kind, stage.name, limits), ...placed(failure, files) };
  }
  const quickFix = failure.missing === undefined ? null : quickFixFor(stage, failure.missing);
  return {
    stage: stage.name,
    kind: failure.kind === 'internal' ? 'internal' : 'user',
    ...thrown(failure.message),
    ...placed(failure, files),
    ...(quickFix === null ? {} : { quickFix }),
  };
}

function quickFixFor(stage: Stage, { kind, path }: NonNullable<Failure['missing']>): ReturnType<typeof addItemFix> {
  // The path comes from the child and would go into dvc.yaml.
  if (kind === 'none' || !/^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./-]{0,59}$/.test(path)) return null;
  return addItemFix(stage, kind === 'write' ? 'outs' : kind === 'param' ? 'params' : 'deps', path);
}

export function errorOfEnding(ending: Ending, stage: string, limits: Limits): RunError {
  return { stage, kind: 'limit', ...causeOf(ending, limits) };
}

function causeOf(ending: Ending, limits: Limits): RunErrorCause {
  switch (ending) {
    case 'time':
      return { code: 'stage_time', facts: { ms: limits.stageMs } };
    case 'run-time':
      return { code: 'run_time', facts: { ms: limits.runMs } };
    case 'memory':
      return { code: 'memory', facts: { mb: limits.memoryMb } };
    case 'breach':
      return { code: 'protocol_breach', facts: {} };
    case 'crash':
      return { code: 'process_ended', facts: {} };
  }
}

/** An error of dvc.yaml, params.yaml or of what a stage wrote. */
export function errorOfPipeline(error: PipelineError, files: Texts, stage: string | null = null): RunError {
  const { file, line, column } = error.facts;
  const quickFix = quickFixOf(error);
  const named = error.facts['stage'];
  return {
    stage: typeof named === 'string' ? named : stage,
    kind: 'user',
    ...thrown(error.message),
    ...(typeof file === 'string' ? { file } : {}),
    ...(typeof line === 'number' ? { line } : {}),
    ...(typeof column === 'number' ? { column } : {}),
    ...(typeof file === 'string' && typeof line === 'number' ? sourceLine(files, file, line) : {}),
    ...(quickFix === null ? {} : { quickFix }),
  };
}

function placed(failure: Failure, files: Texts): Pick<RunError, 'file' | 'line' | 'column' | 'source' | 'trace'> {
  // A place is the child's word: one that is not in the workspace is shown to nobody.
  const known = failure.frames.filter(
    ({ file, line }) => Object.hasOwn(files, file) && line <= files[file]!.split('\n').length,
  );
  const places = known.map(({ file, line, column }): Place => ({ file, line, column }));
  const [first, ...trace] = places;
  if (first === undefined) return {};
  return {
    ...first,
    ...sourceLine(files, first.file, first.line),
    ...(trace.length > 0 ? { trace } : {}),
  };
}

function sourceLine(files: Texts, file: string, line: number): { source?: string } {
  const text = Object.hasOwn(files, file) ? files[file]!.split('\n')[line - 1] : undefined;
  return text === undefined ? {} : { source: text.slice(0, 300).toWellFormed() };
}

const LONGEST_MESSAGE = 2_000;

const thrown = (message: string): RunErrorCause => ({ code: 'thrown', facts: { message: plain(message) } });

function plain(message: string): string {
  return readable(clipped(message, LONGEST_MESSAGE));
}

function clipped(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
