// Group commit: the appends of all sessions that queue during a commit are the next one, in one statement, no timer.
// Invariant: at most one append of a session is under way. A line that broke after sending is asked again with the same
// number, so that "kept" and "not kept" are never guesses; what stays unknown is a conflict, which loads the session anew.
import type { Client } from 'pg';
import { eventsVersion } from '#session-core/model/event-versions.ts';
import { faultOf, isBroken } from './postgres-errors.ts';
import { APPEND, WHY_REFUSED } from './postgres-tables.ts';
import { type Append, ConflictError, checkFollows, NotOwner, StorageUnavailable } from './storage.ts';

/** Two, so that the next batch is on its way while the disk writes the one before. */
const LANES = 2;
const MOST_AT_ONCE = 128;
/** How long it is asked whether a write was kept. */
const DOUBT_MS = 10_000;
const PAUSE_MS = 50;

interface Waiting {
  readonly append: Append;
  readonly epoch: number;
  readonly writeId: number;
  /** The statement that is under way has it. */
  sent: boolean;
  /** A line broke while one was under way: it may be stored. */
  inDoubt: boolean;
  resolve(): void;
  reject(error: Error): void;
}
export interface Appends {
  /** @param epoch under which this node owns the session */
  append(append: Append, epoch: number): Promise<void>;
  readonly stats: { commits: number; appends: number };
  /** Resolves when nothing is under way; what waits is refused. */
  close(): Promise<void>;
}
export interface AppendsOptions {
  connect(): Promise<Client>;
  readonly doubtMs?: number;
  /** For comparisons. */
  readonly mostAtOnce?: number;
  readonly lanes?: number;
}

export function createAppends(options: AppendsOptions): Appends {
  const { doubtMs = DOUBT_MS, mostAtOnce = MOST_AT_ONCE, lanes = LANES } = options;
  const stats = { commits: 0, appends: 0 };
  const clients: (Client | null)[] = Array.from({ length: lanes }, () => null);
  const idle = clients.map((_, lane) => lane);
  const busy = new Set<string>();
  const underWay = new Set<Promise<void>>();
  let queue: Waiting[] = [];
  let lastWrite = 0;
  let closed = false;
  let stopWaiting = () => {};
  const stopped = new Promise<void>((resolve) => {
    stopWaiting = resolve;
  });

  function pump(): void {
    while (idle.length > 0 && queue.length > 0) {
      const batch: Waiting[] = [];
      const rest: Waiting[] = [];
      const later = new Set<string>();
      for (const call of queue) {
        const { session } = call.append;
        if (batch.length < mostAtOnce && !busy.has(session) && !later.has(session)) {
          busy.add(session);
          batch.push(call);
        } else {
          later.add(session);
          rest.push(call);
        }
      }
      queue = rest;
      if (batch.length === 0) return;
      const lane = idle.pop()!;
      const work: Promise<void> = commit(lane, batch).finally(() => {
        for (const { append } of batch) busy.delete(append.session);
        idle.push(lane);
        underWay.delete(work);
        pump();
      });
      underWay.add(work);
    }
  }

  async function clientOf(lane: number): Promise<Client> {
    const open = clients[lane];
    if (open) return open;
    const client = await options.connect();
    client.on('error', () => {
      if (clients[lane] === client) clients[lane] = null;
    });
    clients[lane] = client;
    return client;
  }
  function hangUp(lane: number): void {
    const client = clients[lane];
    clients[lane] = null;
    // Whether the other side hears of it does not matter: the line is not used again.
    client?.end().catch(() => undefined);
  }

  const refuse = ({ append, inDoubt, reject }: Waiting, error: unknown): void =>
    reject(
      inDoubt
        ? new ConflictError(`whether the last change of session ${append.session} was stored is not known`)
        : faultOf(error),
    );

  /** Answers every call of the batch; never rejects. */
  async function commit(lane: number, batch: readonly Waiting[]): Promise<void> {
    const deadline = performance.now() + doubtMs;
    for (;;) {
      try {
        await send(await clientOf(lane), batch);
        return;
      } catch (error) {
        if (isBroken(error)) {
          hangUp(lane);
          for (const call of batch) call.inDoubt ||= call.sent;
          if (!closed && performance.now() < deadline) {
            await Promise.race([stopped, new Promise((done) => setTimeout(done, PAUSE_MS))]);
            continue;
          }
          for (const call of batch) refuse(call, error);
          return;
        }
        for (const call of batch) call.sent = false;
        if (batch.length === 1) return refuse(batch[0]!, error);
        // One that the database does not take must not take others with it.
        for (const call of batch) await commit(lane, [call]);
        return;
      }
    }
  }

  async function send(client: Client, batch: readonly Waiting[]): Promise<void> {
    const values = valuesOf(batch);
    for (const call of batch) call.sent = true;
    const done = await client.query<{ i: number }>({ name: 'append', text: APPEND, values });
    for (const call of batch) call.sent = false;
    const kept = new Set(done.rows.map(({ i }) => i));
    stats.commits += 1;
    stats.appends += kept.size;
    // At once: if the line breaks at the next question, they are known to be stored all the same.
    batch.forEach((call, at) => {
      if (kept.has(at + 1)) call.resolve();
    });
    const others = batch.filter((_, at) => !kept.has(at + 1));
    if (others.length > 0) await answerOthers(client, others);
  }

  async function answerOthers(client: Client, calls: readonly Waiting[]): Promise<void> {
    const sessions = calls.map(({ append }) => append.session);
    const { rows } = await client.query<{ id: string; head: number; epoch: number; write_id: string }>(WHY_REFUSED, [
      sessions,
    ]);
    for (const { append, epoch, writeId, resolve, reject } of calls) {
      const row = rows.find(({ id }) => id === append.session);
      if (!row) reject(new ConflictError(`there is no session ${append.session}`));
      else if (row.epoch !== epoch) reject(new NotOwner(append.session));
      else if (Number(row.write_id) === writeId) resolve();
      else reject(new ConflictError(`session ${append.session} is at ${row.head}, not at ${append.expectedSeq}`));
    }
  }

  return {
    stats,
    append(append, epoch) {
      if (closed) return Promise.reject(new StorageUnavailable('the storage is closed'));
      return new Promise((resolve, reject) => {
        checkFollows(append.expectedSeq, append);
        lastWrite += 1;
        queue.push({ append, epoch, writeId: lastWrite, sent: false, inDoubt: false, resolve, reject });
        pump();
      });
    },
    async close() {
      closed = true;
      stopWaiting();
      for (const { reject } of queue.splice(0)) reject(new StorageUnavailable('the storage is closed'));
      await Promise.all(underWay);
      await Promise.all(clients.map((client) => client?.end()));
    },
  };
}

/** The rows of one append, in the columns of the statements: the values of a column are one array. */
export function rowsOf(appends: readonly Append[]) {
  const events: unknown[][] = [[], [], [], [], [], [], []];
  const docs: unknown[][] = [[], [], []];
  const blobs: unknown[][] = [[], [], []];
  const put = (columns: unknown[][], ...cells: unknown[]) => {
    for (const [at, cell] of cells.entries()) columns[at]!.push(cell);
  };
  for (const [at, append] of appends.entries()) {
    const i = at + 1;
    // As JSON both, for a text may hold NUL, which Postgres does not take.
    for (const { seq, type, at: time, by, cause, payload } of append.events)
      put(events, i, seq, type, time, by, cause === undefined ? null : JSON.stringify(cause), JSON.stringify(payload));
    for (const [k, { buffer, byteOffset, byteLength }] of (append.docUpdates ?? []).entries())
      put(docs, i, k + 1, Buffer.from(buffer, byteOffset, byteLength));
    for (const [hash, text] of Object.entries(append.blobs ?? {})) put(blobs, i, hash, Buffer.from(text, 'utf8'));
  }
  return [...events, ...docs, ...blobs];
}

const valuesOf = (batch: readonly Waiting[]): unknown[] => [
  batch.map(({ append }) => append.session),
  batch.map(({ append }) => append.expectedSeq),
  batch.map(({ append }) => append.events.length),
  batch.map(({ append }) => append.docUpdates?.length ?? 0),
  batch.map(({ append }) => append.ended === true),
  batch.map(({ append }) => append.joinCode ?? null),
  batch.map(({ epoch }) => epoch),
  batch.map(({ writeId }) => writeId),
  eventsVersion(),
  ...rowsOf(batch.map(({ append }) => append)),
];
