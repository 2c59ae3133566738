// Asks a child to load src/predict.ts and to predict rows. Invariant: what comes back is checked for count and kind.

import type { Child } from '../child-process/child-process.ts';
import type { Row } from '../protocol/job.ts';
import type { Failure, OpenTask } from '../protocol/messages.ts';
import { PREDICT } from '../workspace/paths.ts';
import { ask } from './child-request.ts';
import type { Result } from './results.ts';
import type { Ending } from './run-error.ts';

export interface OpenInput {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly known: readonly string[];
  readonly params: unknown;
  readonly ms: number;
  readonly memoryMb: number;
}

/** Why src/predict.ts gives no predictions. */
export interface PredictorFault {
  /** `code`: an error of its own, which comes again; anything else ended the process and may go differently next time. */
  readonly code: Ending | 'killed' | 'code';
  readonly message: string;
}

/** Loads src/predict.ts in a fresh isolate of the child; null: it is loaded. */
export async function open(
  child: Child,
  { files, known, params, ms, memoryMb }: OpenInput,
): Promise<PredictorFault | null> {
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
  if ('ended' in answer) return ended(answer.ended);
  if (answer.message.type === 'opened') return null;
  return answer.message.type === 'failed' ? located(answer.message.failure) : ended('breach');
}

const ENDED: Readonly<Record<Exclude<PredictorFault['code'], 'code'>, string>> = {
  time: 'it took too long',
  'run-time': 'it took too long',
  memory: 'it used too much memory',
  breach: 'it sent what it may not',
  crash: 'it ended its process',
  killed: 'it was stopped',
};
const ended = (code: keyof typeof ENDED): PredictorFault => ({ code, message: ENDED[code] });
const ownError = (message: string): PredictorFault => ({ code: 'code', message });

function located({ kind, message, frames, missing }: Failure): PredictorFault {
  const at = frames[0] === undefined ? '' : ` (${frames[0].file}:${frames[0].line})`;
  if (kind === 'time' || kind === 'memory') return { code: kind, message: `${ENDED[kind]}${at}` };
  // What serves is no stage: there is no list in dvc.yaml to add anything to.
  if (missing?.kind === 'write') return ownError(`it writes ${missing.path}, but it may only return predictions${at}`);
  if (missing?.kind === 'read')
    return ownError(`it reads ${missing.path}, but it may only read what the stages write${at}`);
  return ownError(`${message}${at}`);
}

let calls = 0;

/** One finite number for each row, or why not. */
export async function predictRows(
  child: Child,
  rows: readonly Row[],
  { ms, memoryMb }: { readonly ms: number; readonly memoryMb: number },
): Promise<Result<readonly number[], PredictorFault>> {
  const id = calls++ % 2 ** 31;
  const message = { type: 'predict', id, rows, ms } as const;
  const answer = await ask(child, { message, bodies: [], ms, memoryMb, onMessage: () => true });
  const fault = (error: PredictorFault) => ({ ok: false, error }) as const;
  if ('ended' in answer) return fault(ended(answer.ended));
  const { message: received } = answer;
  if (received.type === 'unpredicted') return fault(located(received.failure));
  if (received.type !== 'predicted' || received.id !== id) return fault(ended('breach'));
  if (received.predictions.length !== rows.length) return fault(ended('breach'));
  return { ok: true, value: received.predictions };
}
