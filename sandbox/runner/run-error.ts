// A failure as the child tells it, or its death, turned into the RunError that people see.
// Invariant: which stage, what happened in plain words, where (file, line, the line itself), and what to do.
import type { PipelineError } from '#pipeline-core/core/errors.ts';
import type { Place, RunError } from '#pipeline-core/core/report.ts';
import { addItemFix, quickFixOf, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import type { Limits } from '../protocol/job.ts';
import type { Failure } from '../protocol/messages.ts';
import type { Texts } from '../workspace/paths.ts';

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
    message: plain(failure.message),
    ...placed(failure, files),
    ...(quickFix === null ? {} : { quickFix }),
  };
}

function quickFixFor(stage: Stage, { kind, path }: NonNullable<Failure['missing']>): ReturnType<typeof addItemFix> {
  // The path comes from the child and would go into dvc.yaml.
  if (kind === 'none' || !/^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./-]{0,59}$/.test(path)) return null;
  return addItemFix(stage, kind === 'write' ? 'outs' : 'deps', path);
}

export function errorOfEnding(ending: Ending, stage: string, limits: Limits): RunError {
  const seconds = (ms: number): string => `${Number((ms / 1000).toPrecision(3))} s`;
  switch (ending) {
    case 'time':
      return limit(stage, `The ${stage} stage took longer than ${seconds(limits.stageMs)} and was stopped`);
    case 'run-time':
      return limit(
        stage,
        `The run took longer than ${seconds(limits.runMs)} in all and was stopped in the ${stage} stage`,
      );
    case 'memory':
      return limit(stage, `The ${stage} stage used more than ${limits.memoryMb} MB and was stopped`);
    case 'breach':
      return limit(stage, `The ${stage} stage sent more than it may, or what it may not, and was stopped`);
    case 'crash':
      return limit(
        stage,
        `The ${stage} stage ended its process and was stopped. The code asked for more than the runner gives`,
      );
  }
}

function limit(stage: string, message: string): RunError {
  return { stage, kind: 'limit', message };
}

/** An error of dvc.yaml, params.yaml or of what a stage wrote. */
export function errorOfPipeline(error: PipelineError, files: Texts, stage: string | null = null): RunError {
  const { file, line, column } = error.facts;
  const quickFix = quickFixOf(error);
  const named = error.facts['stage'];
  return {
    stage: typeof named === 'string' ? named : stage,
    kind: 'user',
    message: plain(error.message),
    ...(typeof file === 'string' ? { file } : {}),
    ...(typeof line === 'number' ? { line } : {}),
    ...(typeof column === 'number' ? { column } : {}),
    ...(typeof file === 'string' && typeof line === 'number' ? sourceLine(files, file, line) : {}),
    ...(quickFix === null ? {} : { quickFix }),
  };
}

function placed(failure: Failure, files: Texts): Partial<RunError> {
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
  return text === undefined ? {} : { source: text.slice(0, 300) };
}

const LONGEST_MESSAGE = 2_000;

// Line ends and tabs stay; what could steer a terminal does not.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

function plain(message: string): string {
  return clipped(message, LONGEST_MESSAGE).replaceAll(CONTROL, '\uFFFD');
}

export function clipped(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
