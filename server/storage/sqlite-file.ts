// Opens the database file: created completely or not at all, and checked in full before it is read.
// Invariant: a truncated, changed or lost file is an error that names it and the fix, never a silently empty session.
// The file `<file>-saved` beside it holds the number of the last acknowledged commit: with fewer commits in the database,
// some are lost.
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { eventsVersion } from '#session-core/model/event-versions.ts';
import { type Migrated, migrate, SCHEMA_VERSION, versionRows } from './migrate.ts';
import { SCHEMA, type Tables, tablesOf } from './sqlite-tables.ts';
import { StorageDamaged, StorageUnavailable } from './storage.ts';

const MARK_BYTES = 12;

export interface OpenFile {
  readonly db: DatabaseSync;
  readonly tables: Tables;
  readonly migrated: Migrated | null;
  /** Called after the first change: from then on a copy of the file alone is not all of it. */
  noteOpen(): void;
  /** The paths of the file and its journal still lead to those that are open. */
  isInPlace(): boolean;
  /** Everything up to this commit was acknowledged. */
  noteSaved(commits: number): void;
  close(): void;
}

/** One line for the operator. */
export const damage = (file: string, what: string) =>
  new StorageDamaged(
    `The database ${file} is damaged: ${what}. Restore a backup with: npm run restore -- <backup> ; or move the folder away to start empty.`,
  );

export const codeOf = (error: unknown) => ((error as { errcode?: number }).errcode ?? 0) & 0xff;
/** While opening, an I/O error is a page that is not there. */
const DAMAGED = [10, 11, 26];
const BUSY = 5;

export function openFile(file: string): OpenFile {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    chmodSync(dirname(file), 0o700);
    const saved = savedMark(file);
    if (!existsSync(file)) createFile(file, saved.read());
    return check(file, saved, existsSync(`${file}-wal`));
  } catch (error) {
    if (error instanceof StorageDamaged || error instanceof StorageUnavailable) throw error;
    const code = codeOf(error);
    if (DAMAGED.includes(code)) throw damage(file, (error as Error).message);
    if (code === BUSY)
      throw new StorageUnavailable(`The database ${file} is in use by another server; stop that one first.`);
    throw new StorageUnavailable(`The database ${file} cannot be opened: ${(error as Error).message}.`);
  }
}

function createFile(file: string, savedBefore: number): void {
  if (savedBefore > 0 || existsSync(`${file}-wal`))
    throw damage(file, 'it is missing, while files that belong to it are there');
  const made = `${file}-new`;
  rmSync(made, { force: true });
  const db = new DatabaseSync(made);
  db.exec(`PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; BEGIN; ${SCHEMA}`);
  const add = db.prepare('INSERT INTO meta VALUES (?, ?)');
  for (const row of versionRows({ schema: SCHEMA_VERSION, events: eventsVersion() })) add.run(...row);
  db.exec('COMMIT');
  db.close();
  renameSync(made, file);
}

function check(file: string, saved: ReturnType<typeof savedMark>, hasJournal: boolean): OpenFile {
  const fd = openSync(file, 'r');
  const header = Buffer.alloc(16);
  readSync(fd, header, 0, 16, 0);
  closeSync(fd);
  if (statSync(file).size < 512 || header.toString('latin1') !== 'SQLite format 3\0')
    throw damage(file, 'its beginning is missing');

  const db = new DatabaseSync(file, { timeout: 2000 });
  try {
    // EXCLUSIVE: a second server on the same folder fails at once, and no shared-memory file is needed.
    db.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;',
    );
    const found = db.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (found.quick_check !== 'ok') throw damage(file, found.quick_check.replaceAll(/\s+/g, ' '));
    const migrated = explained(file, () => migrate(db, { file, verify: () => tablesOf(db).verify() }));
    const tables = tablesOf(db);
    if (!migrated) explained(file, () => tables.verify());
    if (tables.isOpen() && !hasJournal)
      throw damage(
        file,
        `it was copied from a running server without its journal ${basename(file)}-wal, so that the newest changes are missing (npm run backup copies all of it)`,
      );
    const commits = tables.commits();
    if (commits < saved.read())
      throw damage(
        file,
        `the last ${saved.read() - commits} acknowledged changes are missing from it or from ${file}-wal`,
      );
    return {
      db,
      tables,
      migrated,
      noteOpen: () => {
        if (tables.isOpen()) return;
        tables.noteOpen(true);
        // In the file itself, not in its journal alone.
        db.exec('PRAGMA wal_checkpoint(PASSIVE)');
      },
      isInPlace: placeOf(file),
      noteSaved: saved.write,
      close: () => {
        try {
          if (tables.isOpen()) tables.noteOpen(false);
        } finally {
          db.close();
        }
        saved.close();
      },
    };
  } catch (error) {
    db.close();
    saved.close();
    throw error;
  }
}

/** What is wrong is found without knowing the file; the line for the operator names it. */
function explained<T>(file: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw error instanceof StorageDamaged ? damage(file, error.message) : error;
  }
}

/** Whether both paths lead where they led at first; the journal appears with the first change. */
function placeOf(file: string): () => boolean {
  const inodeOf = (path: string) => statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
  const paths = [file, `${file}-wal`];
  const first = paths.map(inodeOf);
  return () =>
    paths.every((path, i) => {
      const inode = inodeOf(path);
      first[i] ??= inode;
      return inode === first[i];
    });
}

/** 8 bytes of number, 4 of checksum; each write is on the disk when it returns. */
function savedMark(file: string) {
  const path = `${file}-saved`;
  // Windows knows no such flag.
  const { O_RDWR, O_CREAT, O_DSYNC = 0 } = constants;
  const fd = openSync(path, O_RDWR | O_CREAT | O_DSYNC, 0o600);
  const bytes = Buffer.alloc(MARK_BYTES);
  return {
    read(): number {
      const read = readSync(fd, bytes, 0, MARK_BYTES, 0);
      if (read < MARK_BYTES || crc32(bytes.subarray(0, 8)) !== bytes.readUInt32BE(8)) return 0;
      return Number(bytes.readBigUInt64BE(0));
    },
    write(commits: number): void {
      bytes.writeBigUInt64BE(BigInt(commits), 0);
      bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8);
      writeSync(fd, bytes, 0, MARK_BYTES, 0);
    },
    close: () => closeSync(fd),
  };
}
