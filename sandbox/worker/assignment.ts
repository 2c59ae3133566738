// One call of an owner, performed on this worker's pool: what comes of it goes up the line, and after a main run the line stays
// for questions to its model. Invariant: when the line ends, nothing of the call goes on.
import { rm } from 'node:fs/promises';
import { NoModel, PredictUnavailable, RowsRefused } from '../pool/predict-unavailable.ts';
import type { Explained } from '../protocol/explain.ts';
import {
  type FromWorker,
  LONGEST_MESSAGE,
  type PackedCall,
  type PackedQuestion,
  type ToWorker,
  unpackExpression,
  unpackJob,
} from '../protocol/fleet.ts';
import type { LearningCurve } from '../protocol/learning-curve.ts';
import type { Line } from '../protocol/line.ts';
import type { Pool } from '../protocol/pool.ts';
import type { LineParts } from './part-cache.ts';
import type { SessionFolders } from './session-folders.ts';

const PART_MS = 1_500;

/** What the code of a crowd throws may be as long as the owner reads, and there are words around it. */
function clipped(value: Explained | LearningCurve | null): Explained | LearningCurve | null {
  const message = value?.fault?.message;
  if (!value?.fault || message === undefined) return value;
  return { ...value, fault: { ...value.fault, message: message.slice(0, LONGEST_MESSAGE) } };
}

export interface AssignmentOptions {
  readonly sessionId: string;
  readonly pool: Pool;
  readonly folders: SessionFolders;
  readonly parts: LineParts;
  readonly line: Pick<Line, 'send' | 'close'>;
  /** The result has gone up, or never will: it takes no place any more. */
  readonly finished: () => void;
  readonly failed: (error: unknown) => void;
}

export interface Assignment {
  receive(message: ToWorker, body: Buffer): void;
  /** The line has ended. */
  end(): void;
}

export function createAssignment(options: AssignmentOptions): Assignment {
  const { sessionId, pool, folders, parts, line, finished, failed } = options;
  let cancel = () => {};
  let [begun, ended] = [false, false];
  const send = (message: FromWorker) => {
    if (!ended) line.send(message);
  };
  const cacheDir = () => folders.of(sessionId);
  const cancels = (handle: { cancel(): void }) => {
    cancel = () => handle.cancel();
    // It ended while the call was unpacked.
    if (ended) cancel();
  };

  async function run(packed: Extract<PackedCall, { type: 'run' }>['job']): Promise<void> {
    const alone = packed.once === true ? await folders.once() : null;
    try {
      const job = unpackJob(packed, alone ?? folders.of(sessionId, packed.background === true), parts);
      const handle = pool.runJob(job, (progress) => {
        // How many wait is the owner's to say.
        if (progress.type !== 'queued') send({ type: 'progress', progress });
      });
      cancels(handle);
      const report = await handle.report;
      send({ type: 'report', report });
      finished();
      if (report.checking) send({ type: 'checked', findings: await handle.checked });
    } finally {
      if (alone !== null) await rm(alone, { recursive: true, force: true });
    }
  }

  async function perform(call: PackedCall): Promise<void> {
    switch (call.type) {
      case 'run':
        return run(call.job);
      case 'explain':
      case 'curve': {
        const job = { ...unpackJob(call.job, cacheDir(), parts), key: call.job.key };
        let sentAt = Number.NEGATIVE_INFINITY;
        const onPart = (value: Explained | LearningCurve) => {
          // Each holds all that came before it.
          if (performance.now() - sentAt < PART_MS) return;
          sentAt = performance.now();
          send({ type: 'part', value: clipped(value) });
        };
        const handle = call.type === 'explain' ? pool.explain(job, onPart) : pool.learningCurve(job, onPart);
        cancels(handle);
        return send({ type: 'done', value: clipped(await handle.done) });
      }
      case 'evaluate':
        return send({
          type: 'done',
          value: await pool.evaluate(unpackExpression(call.expression, cacheDir(), parts)),
        });
      case 'check':
        return send({ type: 'done', value: await pool.check(call.job) });
    }
  }

  function answerOf(question: PackedQuestion): Promise<unknown> {
    switch (question.type) {
      case 'predict':
        return pool.predict(sessionId, question.rows);
      case 'pushes':
        return pool.pushes({ ...question.job, sessionId, csv: parts.text(question.job.csv) });
      case 'evaluate':
        return pool.evaluate(unpackExpression(question.expression, cacheDir(), parts));
    }
  }

  async function answer(id: number, question: PackedQuestion): Promise<void> {
    try {
      send({ type: 'answer', id, value: await answerOf(question) });
    } catch (error) {
      if (!(error instanceof PredictUnavailable)) throw error;
      const why = error instanceof RowsRefused ? 'rows' : error instanceof NoModel ? 'no-model' : 'unavailable';
      send({ type: 'refused', id, why, message: error.message.slice(0, LONGEST_MESSAGE) });
    }
  }

  /** The owner sees the line end, and tries elsewhere. */
  const giveUp = (error: unknown) => {
    failed(error);
    finished();
    line.close();
    end();
  };
  function end(): void {
    if (ended) return;
    ended = true;
    cancel();
  }
  return {
    receive(message, body) {
      try {
        parts.take(message.parts, body);
        if (message.type === 'ask') answer(message.id, message.question).catch(giveUp);
        else if (!begun) {
          begun = true;
          perform(message.call).finally(finished).catch(giveUp);
        }
      } catch (error) {
        giveUp(error);
      }
    },
    end,
  };
}
