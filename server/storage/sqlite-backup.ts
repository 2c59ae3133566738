// Copies of the database: of an open one, page by page while it goes on being written, and back.
// Invariant: a copy has its name only when it is whole, checked and on the disk; restoring deletes nothing.
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { codeOf, openFile } from './sqlite-file.ts';
import { StorageUnavailable } from './storage.ts';

/** Pages that are copied before the writer gets its turn. */
const PAGES_AT_ONCE = 256;
const MOST_TRIES = 100;
/** readonly, ioerr, corrupt, full, cantopen: trying again changes nothing. */
const FINAL = [8, 10, 11, 13, 14];
const JOURNALS = ['', '-wal', '-shm', '-saved'];

export interface BackupMade {
  readonly sessions: number;
  readonly bytes: number;
}
export interface Restored {
  readonly sessions: number;
  /** The database that was there before; null: there was none. */
  readonly former: string | null;
}

/** Writes `file`, which must not exist. Throws StorageUnavailable with one line. */
export async function backUp(db: DatabaseSync, file: string): Promise<BackupMade> {
  if (existsSync(file)) throw new StorageUnavailable(`${file} exists already; give the backup another name.`);
  const made = `${file}-new`;
  removeAll(made);
  try {
    await copyPages(db, made);
    const sessions = checkCopy(made);
    chmodSync(made, 0o600);
    syncPath(made);
    renameSync(made, file);
    syncPath(dirname(file));
    return { sessions, bytes: statSync(file).size };
  } catch (error) {
    removeAll(made);
    if (error instanceof StorageUnavailable) throw error;
    throw new StorageUnavailable(`The backup ${file} could not be written: ${(error as Error).message}.`);
  }
}

/** A step that meets a transaction of the writer may fail: the copy begins again then. */
async function copyPages(db: DatabaseSync, made: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await backup(db, made, { rate: PAGES_AT_ONCE });
      return;
    } catch (error) {
      if (tries === MOST_TRIES || FINAL.includes(codeOf(error)) || !existsSync(dirname(made))) throw error;
      removeAll(made);
      await new Promise<void>((next) => setTimeout(next, tries));
    }
  }
}

/** Reads all of a copy, as a start would, and closes it properly; returns the number of its sessions. */
function checkCopy(file: string, change: (open: ReturnType<typeof openFile>) => void = () => {}): number {
  const copy = new DatabaseSync(file);
  copy.exec("UPDATE meta SET value = 0 WHERE key = 'open'; PRAGMA journal_mode = DELETE;");
  copy.close();
  const open = openFile(file);
  try {
    change(open);
    return open.tables.sessions().length;
  } finally {
    open.close();
    for (const journal of JOURNALS.slice(1)) rmSync(`${file}${journal}`, { force: true });
  }
}

/** Puts a backup in the place of the database; no server may have it open. Throws StorageUnavailable or StorageDamaged. */
export function restore(from: string, file: string, stamp: string): Restored {
  if (!existsSync(from)) throw new StorageUnavailable(`There is no file ${from}.`);
  refuseWhileOpen(file);
  const made = `${file}-restored`;
  removeAll(made);
  copyFileSync(from, made);
  // Pages that are open hold what came after the backup: under another id they take what is stored instead.
  const sessions = checkCopy(made, ({ db, tables }) => {
    db.exec('BEGIN IMMEDIATE');
    tables.renewIds();
    db.exec('COMMIT');
  });
  chmodSync(made, 0o600);
  syncPath(made);
  const former = JOURNALS.some((journal) => existsSync(`${file}${journal}`)) ? `${file}-before-${stamp}` : null;
  if (former !== null)
    for (const journal of JOURNALS)
      if (existsSync(`${file}${journal}`)) renameSync(`${file}${journal}`, `${former}${journal}`);
  renameSync(made, file);
  syncPath(dirname(file));
  return { sessions, former };
}

function refuseWhileOpen(file: string): void {
  if (!existsSync(file)) return;
  try {
    const db = new DatabaseSync(file, { timeout: 500 });
    try {
      db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK;');
    } finally {
      db.close();
    }
  } catch (error) {
    // Anything else is damage, which is what a backup is for.
    if (codeOf(error) === 5)
      throw new StorageUnavailable(`The database ${file} is in use by a server; stop it, then restore.`);
  }
}

function removeAll(file: string): void {
  for (const journal of JOURNALS) rmSync(`${file}${journal}`, { force: true });
}

function syncPath(path: string): void {
  // Windows opens no folder, and needs no sync of one.
  if (process.platform === 'win32' && statSync(path).isDirectory()) return;
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
