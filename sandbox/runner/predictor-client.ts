// Asks a child to load src/predict.ts and to predict rows. Invariant: what comes back is checked for count and kind.

import type { Answers, ServeFault } from '#pipeline-core/core/report.ts';
import { type Question, rowsAsked } from '#pipeline-core/inspection/mixtures.ts';
import type { Child } from '../child-process/child-process.ts';
import type { Row } from '../protocol/job.ts';
import type { AskTask, Failure, OpenTask, PredictTask } from '../protocol/messages.ts';
import { PREDICT } from '../workspace/paths.ts';
import { ask } from './child-request.ts';
import { answersOfShares, areShares } from './read-predictions.ts';
import type { Result } from './results.ts';
import type { Ending } from './run-error.ts';

export interface OpenInput {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly known: readonly string[];
  readonly params: unknown;
  /** Of the task; none: it asks for numbers. */
  readonly classes: readonly string[];
  readonly ms: number;
  readonly memoryMb: number;
}

/** Loads src/predict.ts in a fresh isolate of the child; null: it is loaded. */
export async function open(
  child: Child,
  { files, known, params, classes, ms, memoryMb }: OpenInput,
): Promise<ServeFault | null> {
  const message: OpenTask = {
    type: 'open',
    stage: 'predict',
    entry: PREDICT,
    files: [...files].map(([path, bytes]) => ({ path, bytes: bytes.length })),
    known,
    params,
    classes,
    limits: { stageMs: ms, logLines: 0, logBytes: 0, outBytes: 0 },
  };
  const bodies = [...files.values()];
  const answer = await ask(child, { message, bodies, ms, memoryMb, onMessage: () => true });
  if ('ended' in answer) return endedBy(answer.ended);
  if (answer.message.type === 'opened') return null;
  return answer.message.type === 'failed' ? faultOf(answer.message.failure) : endedBy('breach');
}

const ENDED: Readonly<Record<Ending | 'killed', string>> = {
  time: 'it took too long',
  'run-time': 'it took too long',
  memory: 'it used too much memory',
  breach: 'it sent what it may not',
  crash: 'it ended its process',
  killed: 'it was stopped',
};

/** It ended the process, and may go differently next time; any other error of its own comes again. */
export const byChance = ({ fault }: ServeFault): boolean => fault in ENDED;

const endedBy = (ending: keyof typeof ENDED): ServeFault => ({ fault: ending === 'run-time' ? 'time' : ending });

function faultOf({ kind, message, frames, missing }: Failure): ServeFault {
  const [frame] = frames;
  const at = frame === undefined ? {} : { file: frame.file, line: frame.line };
  if (kind === 'time' || kind === 'memory') return { fault: kind, ...at };
  // What serves is no stage: there is no list in dvc.yaml to add anything to.
  if (missing?.kind === 'write') return { fault: 'writes', path: missing.path, ...at };
  if (missing?.kind === 'read') return { fault: 'reads', path: missing.path, ...at };
  return { fault: 'thrown', message, ...at };
}

/** The text of the error that a prediction is refused with. */
export function textOf(why: ServeFault): string {
  const at = 'file' in why && why.file !== undefined ? ` (${why.file}:${why.line})` : '';
  switch (why.fault) {
    case 'writes':
      return `it writes ${why.path}, but it may only answer${at}`;
    case 'reads':
      return `it reads ${why.path}, but it may only read what the stages write${at}`;
    case 'thrown':
      return `${why.message}${at}`;
    case 'holdout_rows':
      return 'it does not answer for the rows that are held out';
    default:
      return `${ENDED[why.fault]}${at}`;
  }
}

let calls = 0;

/**
 * What the model answers for rows that the child puts together from those it holds; `rows`, where given, are held first.
 * Of each row: a number, or the probability of each class.
 */
export async function askRows(
  child: Child,
  { rows, questions }: { readonly rows?: readonly Row[]; readonly questions: readonly Question[] },
  limits: CallLimits,
): Promise<Result<readonly (readonly number[])[], ServeFault>> {
  const count = questions.reduce((sum, question) => sum + rowsAsked(question), 0);
  const asked = { questions, ...(rows ? { rows } : {}) };
  return answersOf(child, (id) => ({ type: 'ask', id, ...asked, ms: limits.ms }), { count, ...limits });
}

/** One answer for each row, or why not. @param limits.classes as the predictor was opened with */
export async function predictRows(
  child: Child,
  rows: readonly Row[],
  limits: CallLimits,
): Promise<Result<Answers, ServeFault>> {
  const found = await answersOf(child, (id) => ({ type: 'predict', id, rows, ms: limits.ms }), {
    count: rows.length,
    ...limits,
  });
  if (!found.ok) return found;
  if (limits.classes.length === 0) return { ok: true, value: { predicted: found.value.map(([value]) => value!) } };
  return { ok: true, value: answersOfShares(found.value) };
}

type CallLimits = Pick<OpenInput, 'classes' | 'ms' | 'memoryMb'>;

async function answersOf(
  child: Child,
  messageOf: (id: number) => AskTask | PredictTask,
  { count, classes, ms, memoryMb }: CallLimits & { readonly count: number },
): Promise<Result<readonly (readonly number[])[], ServeFault>> {
  const id = calls++ % 2 ** 31;
  const message = messageOf(id);
  const answer = await ask(child, { message, bodies: [], ms, memoryMb, onMessage: () => true });
  const fault = (error: ServeFault) => ({ ok: false, error }) as const;
  if ('ended' in answer) return fault(endedBy(answer.ended));
  const { message: received } = answer;
  if (received.type === 'unpredicted') return fault(faultOf(received.failure));
  if (received.type !== 'predicted' || received.id !== id) return fault(endedBy('breach'));
  const { predictions } = received;
  const width = Math.max(1, classes.length);
  if (predictions.length !== count * width) return fault(endedBy('breach'));
  const answers = Array.from({ length: count }, (_, i) => predictions.slice(i * width, (i + 1) * width));
  return classes.length === 0 || answers.every(areShares) ? { ok: true, value: answers } : fault(endedBy('breach'));
}
