// What only a disk can do to the database file: fill up, be cut, be changed, forget for good.
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSqliteStorage, type SqliteStorage } from '#server/storage/sqlite.ts';
import { openFile } from '#server/storage/sqlite-file.ts';
import { type Storage, StorageDamaged, StorageUnavailable } from '#server/storage/storage.ts';
import { append, event, events, row } from '../../support/stored-rows.ts';

let folder = '';
const open: Storage[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'storage-'));
});
afterEach(async () => {
  for (const storage of open.splice(0)) await storage.close();
  rmSync(folder, { recursive: true, force: true });
});

const file = () => join(folder, 'data', 'sessions.db');
async function sqlite(maxPages?: number): Promise<SqliteStorage> {
  const storage = await createSqliteStorage({ file: file(), ...(maxPages === undefined ? {} : { maxPages }) });
  open.push(storage);
  return storage;
}

describe('the database file', () => {
  it('is read again after a restart, by one server at a time, in a folder of its own', async () => {
    const first = await sqlite();
    await first.create(row('a'), append('a', 0, events(1, 3), { docUpdates: [Uint8Array.of(7)] }));
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    await expect(sqlite()).rejects.toThrow(/in use by another server/);
    await first.close();
    const second = await sqlite();
    expect(await second.read('a', 0)).toEqual(events(1, 3));
    expect((await second.docLoad('a')).last).toBe(1);
  });

  it('acknowledges nothing while the disk is full, lives on and works again after', async () => {
    const storage = await sqlite(40);
    await storage.create(row('a'), append('a', 0, events(1, 1)));
    let head = 1;
    let refused = 0;
    for (let i = 0; i < 60; i += 1) {
      try {
        await storage.append(append('a', head, [event(head + 1, 'x'.repeat(5000))]));
        head += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(StorageUnavailable);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(0);
    expect(await storage.read('a', 0)).toHaveLength(head);
    await storage.limitPages(100_000);
    await storage.append(append('a', head, [event(head + 1, 'x'.repeat(5000))]));
    expect(await storage.read('a', 0)).toHaveLength(head + 1);
  });

  it('leaves no trace of a removed session in any file', async () => {
    const storage = await sqlite();
    const canary = 'canary-7f3a91';
    const update = Buffer.from(canary.repeat(300));
    await storage.create(row('a'), append('a', 0, [event(1, canary)], { docUpdates: [update] }), update);
    await storage.create(row('b'), append('b', 0, events(1, 1)));
    const hits = async () => {
      const names = await readdir(join(folder, 'data'));
      const found = await Promise.all(names.map((name) => readFile(join(folder, 'data', name), 'latin1')));
      return found.filter((content) => content.includes(canary)).length;
    };
    expect(await hits()).toBeGreaterThan(0);
    await storage.remove('a');
    expect(await hits()).toBe(0);
  });

  it('starts right or names file and remedy when the file was cut or a byte of it changed', async () => {
    const healthy = await sqlite();
    for (const id of ['a', 'b', 'c'])
      await healthy.create(row(id), append(id, 0, events(1, 40), { docUpdates: [Buffer.alloc(3000, 65)], blobs: {} }));
    await healthy.close();
    const clean = join(folder, 'clean.db');
    copyFileSync(file(), clean);
    const size = statSync(clean).size;
    const right = JSON.stringify(events(1, 40));
    let named = 0;
    let seed = 20_261;
    const random = (most: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((seed / 2 ** 32) * most);
    };
    for (let round = 0; round < 100; round += 1) {
      copyFileSync(clean, file());
      if (round % 3 === 0) truncateSync(file(), random(size));
      else {
        const content = readFileSync(file());
        const at = random(size);
        content[at] = content[at]! ^ (1 << random(8));
        writeFileSync(file(), content);
      }
      try {
        const { tables, close } = openFile(file());
        try {
          for (const id of ['a', 'b', 'c']) expect(JSON.stringify(tables.read(id, 0)), `round ${round}`).toBe(right);
        } finally {
          close();
        }
      } catch (error) {
        expect(error, `round ${round}: ${String(error)}`).toBeInstanceOf(StorageDamaged);
        expect((error as Error).message).toContain(file());
        expect((error as Error).message).toMatch(/^[^\n]*npm run restore -- <backup>[^\n]*$/);
        named += 1;
      }
    }
    expect(named).toBeGreaterThan(30);
  });

  it('notices a journal that was cut after a crash, and a file that is gone', async () => {
    const running = await sqlite();
    await running.create(row('a'), append('a', 0, events(1, 3)));
    await running.append(append('a', 3, events(4, 6)));
    const crashed = join(folder, 'crashed');
    mkdirSync(crashed);
    for (const end of ['', '-wal', '-saved']) copyFileSync(`${file()}${end}`, join(crashed, `sessions.db${end}`));
    const there = join(crashed, 'sessions.db');

    const whole = await createSqliteStorage({ file: there });
    expect(await whole.read('a', 0)).toEqual(events(1, 6));
    await whole.close();

    for (const end of ['', '-wal', '-saved']) copyFileSync(`${file()}${end}`, `${there}${end}`);
    // Its header and one page: the newest change has more.
    truncateSync(`${there}-wal`, 32 + 24 + 4096);
    await expect(createSqliteStorage({ file: there })).rejects.toThrow(/acknowledged changes are missing/);

    rmSync(there);
    await expect(createSqliteStorage({ file: there })).rejects.toThrow(/it is missing/);
  });
});
