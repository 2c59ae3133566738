// Asks a child to load src/predict.ts and to answer rows. Invariant: what comes back is checked for count and kind.

import type { Child } from '../child-process/child-process.ts';
import type { Row } from '../protocol/job.ts';
import type { Failure, OpenTask } from '../protocol/messages.ts';
import { PREDICT } from '../workspace/paths.ts';
import { ask } from './child-request.ts';

export interface OpenInput {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly known: readonly string[];
  readonly params: unknown;
  readonly ms: number;
  readonly memoryMb: number;
}

/** Loads src/predict.ts in a fresh isolate of the child; null when it stands, else why not. */
export async function open(child: Child, { files, known, params, ms, memoryMb }: OpenInput): Promise<string | null> {
  const message: OpenTask = {
    type: 'open',
    stage: 'predict',
    entry: PREDICT,
    files: [...files].map(([path, bytes]) => ({ path, bytes: bytes.length })),
    known,
    params,
    limits: { stageMs: ms, logLines: 0, logBytes: 0, outBytes: 0 },
  };
  const bodies = [...files.values()];
  const answer = await ask(child, { message, bodies, ms, memoryMb, onMessage: () => true });
  if ('ended' in answer) return ENDED[answer.ended];
  if (answer.message.type === 'opened') return null;
  return answer.message.type === 'failed' ? located(answer.message.failure) : ENDED.breach;
}

export const ENDED = {
  time: 'it took too long',
  'run-time': 'it took too long',
  memory: 'it used too much memory',
  breach: 'it sent what it may not',
  crash: 'it ended its process',
  killed: 'it was stopped',
} as const;

function located({ kind, message, frames, missing }: Failure): string {
  const at = frames[0] === undefined ? '' : ` (${frames[0].file}:${frames[0].line})`;
  if (kind === 'time' || kind === 'memory') return `${ENDED[kind]}${at}`;
  // What serves is no stage: there is no list in dvc.yaml to add anything to.
  if (missing?.kind === 'write') return `it writes ${missing.path}, but it may only answer${at}`;
  if (missing?.kind === 'read') return `it reads ${missing.path}, but it may only read what the stages write${at}`;
  return `${message}${at}`;
}

let calls = 0;

/** One finite number a row, or why not. */
export async function predictRows(
  child: Child,
  rows: readonly Row[],
  { ms, memoryMb }: { readonly ms: number; readonly memoryMb: number },
): Promise<readonly number[] | string> {
  const id = calls++ % 2 ** 31;
  const message = { type: 'predict', id, rows, ms } as const;
  const answer = await ask(child, { message, bodies: [], ms, memoryMb, onMessage: () => true });
  if ('ended' in answer) return ENDED[answer.ended];
  if (answer.message.type === 'unpredicted') return located(answer.message.failure);
  if (answer.message.type !== 'predicted' || answer.message.id !== id) return ENDED.breach;
  return answer.message.predictions.length === rows.length ? answer.message.predictions : ENDED.breach;
}
