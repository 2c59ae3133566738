// One contract, three storages.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStorage } from '#server/storage/memory.ts';
import { createPostgresStorage } from '#server/storage/postgres.ts';
import { openPostgres } from '#server/storage/postgres-open.ts';
import { createSqliteStorage } from '#server/storage/sqlite.ts';
import { ConflictError, type Storage } from '#server/storage/storage.ts';
import { startPostgres, type TestPostgres, withoutPostgres } from '../../support/postgres.ts';
import { append, event, events, hashOfHi, row } from '../../support/stored-rows.ts';

const noPostgres = withoutPostgres();
let folder = '';
let database: TestPostgres | null = null;
const open: Storage[] = [];
beforeAll(async () => {
  if (!noPostgres) database = await startPostgres();
});
afterAll(() => database?.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'storage-'));
});
afterEach(async () => {
  for (const storage of open.splice(0)) await storage.close();
  rmSync(folder, { recursive: true, force: true });
});

async function postgres(): Promise<Storage> {
  const opened = await openPostgres(await database!.database());
  return createPostgresStorage({ postgres: opened, epochOf: () => 0 });
}
const makers: readonly (readonly [name: string, make: () => Promise<Storage>])[] = [
  ['memory', async () => createMemoryStorage()],
  ['sqlite', () => createSqliteStorage({ file: join(folder, 'data', 'sessions.db') })],
  ...(noPostgres ? [] : [['postgres', postgres] as const]),
];

describe.each(makers)('storage in %s', (_name, maker) => {
  const make = async () => {
    const storage = await maker();
    open.push(storage);
    return storage;
  };

  it('gives back the events that were appended, in order, from any point', async () => {
    const storage = await make();
    await storage.create(row('a'), append('a', 0, events(1, 3)));
    await storage.append(append('a', 3, events(4, 5)));
    expect(await storage.read('a', 0)).toEqual(events(1, 5));
    expect(await storage.read('a', 4)).toEqual([event(5)]);
    expect(await storage.read('nobody', 0)).toEqual([]);
  });

  it('refuses a stale, a gapped and a stray append whole, and keeps its neighbours', async () => {
    const storage = await make();
    await storage.create(row('a'), append('a', 0, events(1, 2)));
    const outcomes = await Promise.allSettled([
      storage.append(append('a', 2, events(3, 4))),
      storage.append(append('a', 2, events(3, 3), { docUpdates: [Uint8Array.of(9)], blobs: { h: 'never' } })),
      storage.append(append('a', 4, events(6, 6))),
      storage.append(append('nobody', 0, events(1, 1))),
      storage.append(append('a', 4, events(5, 5))),
    ]);
    expect(outcomes.map((o) => o.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected', 'fulfilled']);
    for (const o of outcomes) if (o.status === 'rejected') expect(o.reason).toBeInstanceOf(ConflictError);
    expect(await storage.read('a', 0)).toEqual(events(1, 5));
    expect(await storage.docLoad('a')).toEqual({ updates: [], last: 0 });
    expect(await storage.blob('a', 'h')).toBeNull();
  });

  it('refuses a second session of the same id or join code', async () => {
    const storage = await make();
    await storage.create(row('a'), append('a', 0, events(1, 1)));
    await expect(storage.create(row('a'), append('a', 0, events(1, 1)))).rejects.toBeInstanceOf(ConflictError);
    await expect(
      storage.create({ ...row('b'), joinCode: 'CODEa' }, append('b', 0, events(1, 1))),
    ).rejects.toBeInstanceOf(ConflictError);
    expect(await storage.sessions()).toEqual([row('a')]);
  });

  it('lists sessions newest first and says which ended', async () => {
    const storage = await make();
    await storage.create(row('a', 10), append('a', 0, events(1, 1)));
    await storage.create(row('b', 20), append('b', 0, events(1, 1)));
    await storage.append(append('a', 1, events(2, 2), { ended: true }));
    expect(await storage.sessions()).toEqual([row('b', 20), { ...row('a', 10), ended: true }]);
    await storage.append(append('b', 1, events(2, 2), { joinCode: 'FRESH' }));
    expect((await storage.sessions())[0]).toEqual({ ...row('b', 20), joinCode: 'FRESH' });
  });

  it('keeps document updates in order and compacts those up to a number', async () => {
    const storage = await make();
    await storage.create(row('a'), append('a', 0, events(1, 1), { docUpdates: [Uint8Array.of(1)] }));
    await storage.append(append('a', 1, [], { docUpdates: [Uint8Array.of(2), Uint8Array.of(3)] }));
    const before = await storage.docLoad('a');
    expect(before.updates.map((u) => [...u])).toEqual([[1], [2], [3]]);
    await storage.append(append('a', 1, [], { docUpdates: [Uint8Array.of(4)] }));
    await storage.docCompact('a', before.last, Uint8Array.of(1, 2, 3));
    const after = await storage.docLoad('a');
    expect(after.updates.map((u) => [...u])).toEqual([[1, 2, 3], [4]]);
    await expect(storage.docCompact('a', before.last - 1, Uint8Array.of(0))).rejects.toBeInstanceOf(ConflictError);
    await storage.append(append('a', 1, [], { docUpdates: [Uint8Array.of(5)] }));
    expect((await storage.docLoad('a')).last).toBe(after.last + 1);
  });

  it('replaces a document under a new id as it was known, and nothing of the old one comes after it', async () => {
    const storage = await make();
    await storage.create(
      row('a'),
      append('a', 0, events(1, 1), { docUpdates: [1, 2, 3].map((n) => Uint8Array.of(n)) }),
    );
    await storage.create(row('b'), append('b', 0, events(1, 1), { docUpdates: [Uint8Array.of(8)] }));
    const replace = (last: number) => storage.docReplace('a', { docId: 'new', last, update: Uint8Array.of(9) });
    for (const last of [2, 4]) await expect(replace(last)).rejects.toBeInstanceOf(ConflictError);
    expect(await storage.find('a')).toEqual(row('a'));
    await replace(3);
    expect(await storage.find('a')).toEqual({ ...row('a'), docId: 'new' });
    await expect(storage.docCompact('a', 3, Uint8Array.of(1, 2, 3))).rejects.toBeInstanceOf(ConflictError);
    await storage.append(append('a', 1, [], { docUpdates: [Uint8Array.of(10)] }));
    const { updates, last } = await storage.docLoad('a');
    expect([updates.map((update) => [...update]), last]).toEqual([[[9], [10]], 5]);
    expect((await storage.docLoad('b')).updates.map((update) => [...update])).toEqual([[8]]);
  });

  it('keeps texts by hash, per session, and a cache by version', async () => {
    const storage = await make();
    await storage.create(row('a'), append('a', 0, events(1, 1), { blobs: { [hashOfHi]: 'hí' } }));
    await storage.create(row('b'), append('b', 0, events(1, 1)));
    expect(await storage.blob('a', hashOfHi)).toBe('hí');
    expect(await storage.blob('b', hashOfHi)).toBeNull();
    await storage.putCache('a', { seq: 1, version: 'v1', json: '{}' });
    expect(await storage.getCache('a', 'v1')).toEqual({ seq: 1, version: 'v1', json: '{}' });
    expect(await storage.getCache('a', 'v2')).toBeNull();
  });

  it('keeps the course that was uploaded for a session', async () => {
    const storage = await make();
    const course = Uint8Array.of(0, 255, 7);
    await storage.create(row('a'), append('a', 0, events(1, 1)), course);
    await storage.create(row('b'), append('b', 0, events(1, 1)));
    course.fill(1);
    expect(await storage.uploadedCourse('a')).toEqual(Uint8Array.of(0, 255, 7));
    expect(await storage.uploadedCourse('b')).toBeNull();
    // One that was created before courses were stored gets it later, and no session gets another.
    await storage.addUploadedCourse('a', Uint8Array.of(1));
    await storage.addUploadedCourse('b', Uint8Array.of(9, 0));
    await storage.addUploadedCourse('nobody', Uint8Array.of(1));
    expect(await storage.uploadedCourse('a')).toEqual(Uint8Array.of(0, 255, 7));
    expect(await storage.uploadedCourse('b')).toEqual(Uint8Array.of(9, 0));
    await storage.remove('a');
    expect(await storage.uploadedCourse('a')).toBeNull();
    await storage.addUploadedCourse('a', Uint8Array.of(1));
    expect(await storage.uploadedCourse('a')).toBeNull();
  });

  it('forgets a removed session and nothing else', async () => {
    const storage = await make();
    await storage.create(
      row('a'),
      append('a', 0, events(1, 2), { docUpdates: [Uint8Array.of(1)], blobs: { [hashOfHi]: 'hí' } }),
    );
    await storage.create(row('b'), append('b', 0, events(1, 1)));
    expect(await storage.remove('a')).toBe(true);
    expect(await storage.remove('a')).toBe(false);
    expect(await storage.read('a', 0)).toEqual([]);
    expect(await storage.blob('a', hashOfHi)).toBeNull();
    expect(await storage.sessions()).toEqual([row('b')]);
  });

  it('finds a session by its id and by its join code of today', async () => {
    const storage = await make();
    await storage.create(row('a'), append('a', 0, events(1, 1)));
    await storage.append(append('a', 1, events(2, 2), { joinCode: 'FRESH' }));
    expect(await storage.find('a')).toEqual({ ...row('a'), joinCode: 'FRESH' });
    expect(await storage.findByJoinCode('FRESH')).toEqual({ ...row('a'), joinCode: 'FRESH' });
    expect([await storage.find('b'), await storage.findByJoinCode('CODEa')]).toEqual([null, null]);
  });

  it('lists those that were not used for long or are known to go, and marks a use only where it is as it was seen', async () => {
    const storage = await make();
    for (const [id, at] of [
      ['old', 10],
      ['new', 30],
      ['going', 30],
    ] as const)
      await storage.create(row(id, at), append(id, 0, events(1, 1)));
    expect(await storage.markUse('going', { lastUsedAt: 30, expiredAt: 40 })).toBe(true);
    const unused = async () => (await storage.unused(20)).map(({ id }) => id).sort();
    expect(await unused()).toEqual(['going', 'old']);
    const seen = row('old', 10);
    expect(await storage.markUse('old', { lastUsedAt: 50, expiredAt: null }, seen)).toBe(true);
    expect(await storage.markUse('old', { lastUsedAt: 10, expiredAt: 60 }, seen)).toBe(false);
    expect(await storage.find('old')).toEqual({ ...row('old', 10), lastUsedAt: 50 });
    expect(await unused()).toEqual(['going']);
    await expect(storage.markUse('nobody', seen, seen)).rejects.toBeInstanceOf(ConflictError);
  });

  it('knows the latest time: of the newest events, or noted', async () => {
    const storage = await make();
    expect(await storage.clock()).toBe(0);
    await storage.create(row('a'), append('a', 0, events(1, 3)));
    await storage.create(row('b'), append('b', 0, events(1, 2)));
    expect(await storage.clock()).toBe(event(3).at);
    await storage.noteClock(event(9).at);
    expect(await storage.clock()).toBe(event(9).at);
    await storage.probe();
  });

  it('stores NUL, half characters and empty texts as they are', async () => {
    const storage = await make();
    const odd = { ...event(1, 'a\u0000b\ud800c'), cause: 'x\u0000y"\\{,}' };
    const empty = { ...event(2, ''), cause: '' };
    await storage.create(row('a'), append('a', 0, [odd, empty]));
    expect(await storage.read('a', 0)).toEqual([odd, empty]);
  });
});
