// The storage thread: commits all calls that queued during the previous commit as one (group commit).
// Invariant: an answer is sent only after the commit with its change; a change that fails does not fail the others.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { StorageFault } from '#session-core/view/view-types.ts';
import { backUp } from './sqlite-backup.ts';
import { codeOf, damage, type OpenFile, openFile } from './sqlite-file.ts';
import type { Tables } from './sqlite-tables.ts';
import { ConflictError, StorageDamaged, StorageUnavailable } from './storage.ts';

export type ThreadData = { readonly file: string; readonly maxPages?: number };
export type Call = { readonly id: number; readonly op: Op; readonly args: readonly unknown[] };
export type ErrorName = 'ConflictError' | 'StorageUnavailable' | 'StorageDamaged' | 'Error';
export type Answer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly id: number;
      readonly ok: false;
      readonly name: ErrorName;
      readonly message: string;
      readonly kind?: StorageFault;
    };

const WRITES = [
  'create',
  'append',
  'docCompact',
  'docReplace',
  'addUploadedCourse',
  'putCache',
  'markUse',
  'noteClock',
  'probe',
  'remove',
] as const;
const READS = [
  'sessions',
  'find',
  'findByJoinCode',
  'unused',
  'read',
  'docLoad',
  'blob',
  'uploadedCourse',
  'getCache',
  'clock',
] as const;
type Op = (typeof WRITES)[number] | (typeof READS)[number] | 'limitPages' | 'backup' | 'close';

const port = parentPort!;
const { file, maxPages } = workerData as ThreadData;

function failure(id: number, error: unknown): Answer {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ConflictError) return { id, ok: false, name: 'ConflictError', message };
  if (error instanceof StorageUnavailable)
    return { id, ok: false, name: 'StorageUnavailable', message, kind: error.kind };
  if (error instanceof StorageDamaged)
    return { id, ok: false, name: 'StorageDamaged', message: damage(file, message).message };
  const code = codeOf(error);
  // nomem, busy, locked, readonly, ioerr, full, cantopen
  if ([5, 6, 7, 8, 10, 13, 14].includes(code))
    return {
      id,
      ok: false,
      name: 'StorageUnavailable',
      message: `The database ${file} cannot be written: ${message}.`,
      kind: code === 13 ? 'full' : code === 8 ? 'read-only' : code === 14 ? 'gone' : 'failing',
    };
  if (code === 11 || code === 26)
    return { id, ok: false, name: 'StorageDamaged', message: damage(file, message).message };
  if (code === 19) return { id, ok: false, name: 'ConflictError', message };
  return { id, ok: false, name: 'Error', message };
}

const isWrite = (op: Op) => (WRITES as readonly string[]).includes(op);

function attempt(open: OpenFile, call: Call): Answer {
  const { db } = open;
  const run = open.tables[call.op as keyof Tables] as (...args: readonly unknown[]) => unknown;
  try {
    if (!isWrite(call.op)) return { id: call.id, ok: true, value: run.call(open.tables, ...call.args) };
    db.exec('SAVEPOINT one');
    const value = run.call(open.tables, ...call.args);
    db.exec('RELEASE one');
    return { id: call.id, ok: true, value };
  } catch (error) {
    // A full disk has already rolled the whole transaction back: then nothing of this batch may be acknowledged.
    if (isWrite(call.op)) {
      if (!db.isTransaction) throw error;
      db.exec('ROLLBACK TO one; RELEASE one');
    }
    return failure(call.id, error);
  }
}

let lost = false;
const gone = () =>
  new StorageUnavailable(
    `The database ${file} is gone or was replaced while the server runs: bring it back, or restart.`,
    'gone',
  );

/** The file says that it is open. */
let noted = false;

function commit(open: OpenFile, calls: readonly Call[]): Answer[] {
  const { db, tables } = open;
  // Taken from under a commit: what it changed is in no file, and must not be shown as stored either.
  if (lost) return calls.map((call) => failure(call.id, gone()));
  if (!calls.some((call) => isWrite(call.op))) return calls.map((call) => attempt(open, call));
  try {
    db.exec('BEGIN IMMEDIATE');
    const answers = calls.map((call) => attempt(open, call));
    const commits = tables.countCommit();
    // Into a file that nobody finds any more nothing is stored.
    if (!open.isInPlace()) throw gone();
    db.exec('COMMIT');
    if (!open.isInPlace()) lost = true;
    if (lost) throw gone();
    open.noteSaved(commits);
    if (!noted) open.noteOpen();
    noted = true;
    return answers;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    return calls.map((call) => failure(call.id, error));
  }
}

/** What cannot share a transaction with others. */
function alone(open: OpenFile, { id, op, args }: Call): Answer {
  try {
    if (op === 'remove') {
      const [answer] = commit(open, [{ id, op, args }]);
      // Freed pages are zeroed by secure_delete, but the journal holds their content until it is truncated.
      open.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return answer!;
    }
    if (op === 'limitPages') open.db.exec(`PRAGMA max_page_count = ${Number(args[0])}`);
    if (op === 'close') open.close();
    return { id, ok: true, value: null };
  } catch (error) {
    return failure(id, error);
  }
}

/** The backup under way, which never rejects. Other calls are served meanwhile. */
let copying: Promise<void> | null = null;

function startBackup(open: OpenFile, { id, args }: Call): void {
  const before = copying ?? Promise.resolve();
  const copy = before
    .then(() => backUp(open.db, String(args[0])))
    .then(
      (value): Answer => ({ id, ok: true, value }),
      (error: unknown) => failure(id, error),
    )
    .then((answer) => {
      if (copying === copy) copying = null;
      port.postMessage([answer]);
    });
  copying = copy;
}

function serve(open: OpenFile, first: Call): void {
  const waiting = [first];
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port))
    if ((next.message as Call).op === 'backup') startBackup(open, next.message as Call);
    else waiting.push(next.message as Call);
  const answers: Answer[] = [];
  let group: Call[] = [];
  const commitGroup = () => {
    if (group.length > 0) answers.push(...commit(open, group));
    group = [];
  };
  for (const call of waiting) {
    if (call.op === 'remove' || call.op === 'limitPages' || call.op === 'close') {
      commitGroup();
      answers.push(alone(open, call));
    } else group.push(call);
  }
  commitGroup();
  port.postMessage(answers);
  if (waiting.some((call) => call.op === 'close')) port.close();
}

try {
  const open = openFile(file);
  if (maxPages !== undefined) open.db.exec(`PRAGMA max_page_count = ${maxPages}`);
  port.on('message', (call: Call) => {
    if (call.op === 'backup') startBackup(open, call);
    // A copy that is being made ends first.
    else if (call.op === 'close' && copying !== null) void copying.then(() => serve(open, call));
    else serve(open, call);
  });
  port.postMessage([{ id: 0, ok: true, value: open.migrated }] satisfies Answer[]);
} catch (error) {
  const { name, message } = error as Error;
  const known: ErrorName = name === 'StorageDamaged' || name === 'StorageUnavailable' ? name : 'Error';
  port.postMessage([{ id: 0, ok: false, name: known, message }] satisfies Answer[]);
  port.close();
}
