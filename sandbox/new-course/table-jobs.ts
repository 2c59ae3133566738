// Reads tables that people bring in a thread beside the server's, one after another: a table of 20 MB takes seconds, and
// what takes too much memory or time ends that thread alone.
// Invariant: what a session needs to open waits for no table that somebody is bringing but the one that is being read.
import { Worker } from 'node:worker_threads';
import { PipelineError } from '#pipeline-core/core/errors.ts';
import type { Answered, Asked, TableTasks, TaskName } from './table-thread.ts';

const MEMORY_MB = 1_024;
const LONGEST_MS = 60_000;
/** Of tables that somebody is bringing. */
const MOST_WAITING = 20;
const OF_SESSIONS: ReadonlySet<TaskName> = new Set(['pack', 'unpack', 'data']);

export interface TableJobs {
  /** Rejects with PipelineError for what is wrong with the table, TablesBusy where too many wait or it is closing. */
  run<T extends TaskName>(what: T, ask: TableTasks[T]['ask']): Promise<TableTasks[T]['answer']>;
  /** Ends what is being read. */
  close(): Promise<void>;
}

export class TablesBusy extends Error {
  override readonly name = 'TablesBusy';
}

export function createTableJobs(): TableJobs {
  const uploads: (() => void)[] = [];
  const sessions: (() => void)[] = [];
  /** Kept for the next table: to start one takes longer than to read a small table. */
  let thread: Worker | null = null;
  let busy = false;
  let closed = false;

  const turn = (what: TaskName): Promise<void> => {
    if (!busy) {
      busy = true;
      return Promise.resolve();
    }
    const isOfSession = OF_SESSIONS.has(what);
    if (!isOfSession && uploads.length >= MOST_WAITING) throw new TablesBusy('Too many tables are being read.');
    return new Promise((resolve) => (isOfSession ? sessions : uploads).push(resolve));
  };
  const next = (): void => {
    const first = sessions.shift() ?? uploads.shift();
    if (first) first();
    else busy = false;
  };

  function start(): Worker {
    const worker = new Worker(new URL('./table-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    // It keeps no process running that has nothing else to do.
    worker.unref();
    return worker;
  }

  function read(worker: Worker, asked: Asked): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const settle = (how: () => void, isDropped = true) => {
        clearTimeout(late);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        if (isDropped) thread = null;
        how();
      };
      const onMessage = (answer: Answered) => settle(() => resolve(answer), false);
      const onError = (error: Error & { readonly code?: string }) =>
        settle(() => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(tooLarge('memory')) : reject(error)));
      const onExit = () => settle(() => reject(new Error('The thread that reads tables has ended.')));
      const late = setTimeout(() => {
        settle(() => resolve(tooLarge('time')));
        void worker.terminate();
      }, LONGEST_MS);
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      worker.postMessage(asked);
    });
  }

  return {
    async run<T extends TaskName>(what: T, ask: TableTasks[T]['ask']) {
      await turn(what);
      try {
        if (closed) throw new TablesBusy('The server is closing.');
        thread ??= start();
        const answer = await read(thread, { what, ...ask } as unknown as Asked);
        // The thread has answered as the task's name says.
        if (answer.ok) return answer.value as TableTasks[T]['answer'];
        if (answer.refused) throw new PipelineError(answer.code, answer.message);
        throw new Error(answer.message);
      } finally {
        next();
      }
    },
    async close() {
      closed = true;
      await thread?.terminate();
    },
  };
}

const tooLarge = (what: 'time' | 'memory'): Answered => ({
  ok: false,
  refused: true,
  code: 'too-large',
  message: `Reading this table takes more ${what} than the server gives it. Leave out rows or columns.`,
});
