// Backups: made of a database that is being written, refused where they would lie, and put back.
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startNightlyBackup } from '#server/nightly-backup.ts';
import { createLog } from '#server/platform/log.ts';
import { createSqliteStorage, type SqliteStorage } from '#server/storage/sqlite.ts';
import { restore } from '#server/storage/sqlite-backup.ts';
import { StorageDamaged, StorageUnavailable } from '#server/storage/storage.ts';
import type { SessionEvent } from '#session-core/model/events.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

let folder = '';
let storage: SqliteStorage | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backup-'));
});
afterEach(async () => {
  await storage?.close();
  rmSync(folder, { recursive: true, force: true });
});
const file = () => join(folder, 'sessions.db');
const copy = () => join(folder, 'copy.db');
const open = async () => {
  storage = await createSqliteStorage({ file: file() });
  return storage;
};
const close = async () => {
  await storage?.close();
  storage = null;
};
const event = (seq: number): SessionEvent => ({
  seq,
  at: seq,
  by: 'p1',
  type: 'participant.renamed',
  payload: { displayName: 'x'.repeat(2_000) },
});
async function createAt(stored: SqliteStorage, id: string) {
  const row = {
    id,
    logId: 'log',
    docId: 'doc',
    joinCode: id,
    createdAt: 1,
    ended: false,
    lastUsedAt: 1,
    expiredAt: null,
  };
  await stored.create(row, { session: id, expectedSeq: 0, events: [event(1)], docUpdates: [Buffer.alloc(500_000, 7)] });
}
const add = (stored: SqliteStorage, seq: number) =>
  stored.append({ session: 'a', expectedSeq: seq - 1, events: [event(seq)] });

it('copies a database while it is written: a prefix of what was acknowledged, whole and closed', async () => {
  const running = await open();
  await createAt(running, 'a');
  let made = false;
  const copying = running.backup(copy()).finally(() => {
    made = true;
  });
  let seq = 1;
  while (!made || seq < 20) {
    seq += 1;
    await add(running, seq);
  }
  expect(await copying).toEqual({ sessions: 1, bytes: statSync(copy()).size });
  expect(statSync(copy()).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
  const kept = await createSqliteStorage({ file: copy() });
  const events = await kept.read('a', 0);
  expect(events).toEqual((await running.read('a', 0)).slice(0, events.length));
  expect(events.length).toBeGreaterThan(0);
  await kept.close();
});

it('says why it could not be made, and leaves nothing half', async () => {
  const running = await open();
  await createAt(running, 'a');
  writeFileSync(copy(), 'mine');
  await expect(running.backup(copy())).rejects.toThrow(/exists already/);
  await expect(running.backup(join(folder, 'none', 'x.db'))).rejects.toThrow(StorageUnavailable);
  expect(readdirSync(folder).filter((name) => name.includes('new'))).toEqual([]);
});

it('a copy of the file alone, made while a server had it open, is refused', async () => {
  const running = await open();
  await createAt(running, 'a');
  copyFileSync(file(), copy());
  await expect(createSqliteStorage({ file: copy() })).rejects.toThrow(
    /copied from a running server without its journal/,
  );
  await close();
  // Of a stopped one it is a backup.
  rmSync(`${copy()}-saved`, { force: true });
  copyFileSync(file(), copy());
  const kept = await createSqliteStorage({ file: copy() });
  expect(await kept.sessions()).toHaveLength(1);
  await kept.close();
});

it('restores what was there, under new ids, and keeps what was there instead', async () => {
  const running = await open();
  await createAt(running, 'a');
  await running.backup(copy());
  await add(running, 2);
  expect(() => restore(copy(), file(), 'now')).toThrow(/in use by a server/);
  await close();
  expect(restore(copy(), file(), 'now')).toEqual({ sessions: 1, former: `${file()}-before-now` });
  const again = await open();
  expect(await again.read('a', 0)).toEqual([event(1)]);
  const [row] = await again.sessions();
  expect([row?.joinCode, row?.logId === 'log', row?.docId === 'doc']).toEqual(['a', false, false]);
  await add(again, 2);
  await close();
  const former = await createSqliteStorage({ file: `${file()}-before-now` });
  expect(await former.read('a', 0)).toHaveLength(2);
  await former.close();
});

it('restores over a damaged database; a damaged backup changes nothing', async () => {
  const running = await open();
  await createAt(running, 'a');
  await running.backup(copy());
  await close();
  truncateSync(file(), 3_000);
  await expect(createSqliteStorage({ file: file() })).rejects.toThrow(StorageDamaged);
  const bad = join(folder, 'bad.db');
  copyFileSync(copy(), bad);
  truncateSync(bad, 300_000);
  expect(() => restore(bad, file(), 'now')).toThrow();
  expect(existsSync(`${file()}-before-now`)).toBe(false);
  restore(copy(), file(), 'now');
  expect(await (await open()).read('a', 0)).toEqual([event(1)]);
});

it('a nightly backup is made once a day after three, and seven are kept', async () => {
  const clock = createFakeClock(new Date(2026, 10, 1, 1).getTime());
  const made: string[] = [];
  const target = join(folder, 'nightly');
  let fails = false;
  const lines: string[] = [];
  const stop = startNightlyBackup({
    folder: target,
    ...clock,
    log: createLog('info', (line) => void lines.push(line)),
    backup: async (path) => {
      if (fails) throw new Error('no space');
      made.push(path);
      writeFileSync(path, '');
      return { sessions: 1, bytes: 1 };
    },
  });
  /** A quarter of an hour goes by each time that it is looked at. */
  const eventually = (what: () => unknown) =>
    expect.poll(async () => {
      await clock.advance(15 * 60_000);
      return what();
    });
  await clock.advance(60 * 60_000);
  expect(made).toEqual([]);
  for (let day = 1; day <= 9; day += 1) {
    clock.set(new Date(2026, 10, day, 4).getTime());
    await eventually(() => made.length).toBe(day);
  }
  await eventually(() => readdirSync(target).length).toBe(7);
  expect(new Set(made).size).toBe(9);
  fails = true;
  clock.set(new Date(2026, 10, 10, 4).getTime());
  await eventually(() => lines.some((line) => line.includes('backup_failed'))).toBe(true);
  stop();
});
