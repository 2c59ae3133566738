// Visible tables as people look at them, alone and beside predictions, worked out in a thread of its own so that a large
// table blocks nobody.
// Invariant: a profile is worked out once, however many ask; a thread that ends fails what it was asked, and the next question
// starts another one.
import { Worker } from 'node:worker_threads';
import type { Predictions } from '#pipeline-core/core/report.ts';
import type { ErrorChanges } from '#pipeline-core/inspection/error-changes.ts';
import type { DataProfile } from '#pipeline-core/table/data-profile.ts';
import type { RowOfRun, RunErrors } from './errors-of-run.ts';
import type { Answer, Question } from './profile-thread.ts';
import type { RowsPage, RowsWanted, VisibleTable, Wanted } from './visible-table.ts';

export interface DataProfiles {
  profile(table: VisibleTable): Promise<DataProfile>;
  /** null: there is no such column or bin. */
  rows(table: VisibleTable, wanted: RowsWanted): Promise<RowsPage | null>;
  /** Where predictions of its rows are wrong. */
  errors(table: VisibleTable, predictions: Predictions): Promise<RunErrors>;
  /** Rows by their numbers, beside what was predicted for them. */
  predictedRows(
    table: VisibleTable,
    numbers: readonly number[],
    predictions: Predictions | undefined,
  ): Promise<readonly RowOfRun[]>;
  /** null where the two are not of the same rows in the same folds. */
  changes(table: VisibleTable, before: Predictions, after: Predictions): Promise<ErrorChanges | null>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

const HEAP_MB = 1_024;

export function createDataProfiles(): DataProfiles {
  const keys = new WeakMap<VisibleTable, number>();
  const profiles = new WeakMap<VisibleTable, Promise<DataProfile>>();
  let thread: { readonly worker: Worker; readonly waiting: Map<number, Waiting> } | null = null;
  let [lastKey, lastId] = [0, 0];
  let closed = false;

  function start() {
    const worker = new Worker(new URL('./profile-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    const started = { worker, waiting: new Map<number, Waiting>() };
    const end = (error: Error) => {
      if (thread === started) thread = null;
      for (const { reject } of started.waiting.values()) reject(error);
      started.waiting.clear();
    };
    worker.on('message', (answer: Answer) => {
      started.waiting.get(answer.id)?.resolve(answer);
      started.waiting.delete(answer.id);
    });
    worker.on('error', end);
    worker.on('exit', () => end(new Error('The thread that looks at tables has ended')));
    // It keeps no process running that has nothing else to do.
    worker.unref();
    return started;
  }

  async function ask(question: Omit<Question, 'id'>): Promise<Answer> {
    if (closed) throw new Error('The server is closing');
    thread ??= start();
    const { worker, waiting } = thread;
    lastId += 1;
    const answer = new Promise<Answer>((resolve, reject) => {
      waiting.set(lastId, { resolve, reject });
    });
    worker.postMessage({ id: lastId, ...question } satisfies Question);
    return answer;
  }

  async function asked<T>(table: VisibleTable, wanted: Wanted): Promise<T> {
    const key = keys.get(table) ?? ++lastKey;
    keys.set(table, key);
    const first = await ask({ key, wanted });
    const answer = 'unknown' in first ? await ask({ key, wanted, table }) : first;
    // The thread answers with what the question is for.
    if ('value' in answer) return answer.value as T;
    throw new Error('error' in answer ? answer.error : 'A table was not taken');
  }

  return {
    profile(table) {
      const known = profiles.get(table);
      if (known !== undefined) return known;
      const made = asked<DataProfile>(table, { kind: 'profile' });
      profiles.set(table, made);
      // What failed is tried again.
      made.catch(() => profiles.delete(table));
      return made;
    },
    rows: (table, wanted) => asked(table, { kind: 'rows', ...wanted }),
    errors: (table, predictions) => asked(table, { kind: 'errors', predictions }),
    predictedRows: (table, numbers, predictions) =>
      asked(table, { kind: 'predicted', numbers, ...(predictions ? { predictions: only(predictions, numbers) } : {}) }),
    changes: (table, before, after) => asked(table, { kind: 'changes', before, after }),
    async close() {
      closed = true;
      await thread?.worker.terminate();
    },
  };
}

/** Those of these rows: the others need not be copied. */
function only({ row, fold, actual, predicted }: Predictions, numbers: readonly number[]): Predictions {
  const at = numbers.map((number) => row.indexOf(number)).filter((i) => i !== -1);
  const of = (values: readonly number[]) => at.map((i) => values[i] ?? Number.NaN);
  return { row: of(row), fold: of(fold), actual: of(actual), predicted: of(predicted) };
}
