// The course of an uploaded table: what is in the storage counts, its copy is made again, and nothing of it is kept longer
// than it is used.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTableJobs, type TableJobs } from '#sandbox/index.ts';
import { createLog } from '#server/platform/log.ts';
import { removeLeftovers } from '#server/session/leftovers.ts';
import { createUploadedCourses, type UploadedTable } from '#server/session/uploads/uploaded-courses.ts';
import { createMemoryStorage } from '#server/storage/memory.ts';
import { type SessionRow, type Storage, StorageDamaged } from '#server/storage/storage.ts';
import { flatsCsv } from '#tests/support/odd-tables.ts';
import { createKit, type Kit, newSession } from '#tests/support/registry-kit.ts';

let tables: TableJobs;
let table: UploadedTable;
const home = mkdtempSync(join(tmpdir(), 'uploaded-'));
beforeAll(() => {
  tables = createTableJobs();
  const file = join(home, 'flats.csv');
  writeFileSync(file, flatsCsv());
  const task = { target: 'Preis', kind: 'regression', measure: 'rmse', unit: 'euro' } as const;
  const facts = { dataset: 'flats.csv', title: 'Flats', forbidden: ['Nr', 'Miete'], inRepository: false };
  table = { file, answers: { ...task, ...facts } };
});
afterAll(async () => {
  await tables.close();
  rmSync(home, { recursive: true, force: true });
});

/** Tables whose next job of this kind waits. */
function heldTables(what: string) {
  const reached = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const run: TableJobs['run'] = async (name, ask) => {
    if (name === what) {
      reached.resolve();
      await held.promise;
    }
    return tables.run(name, ask);
  };
  return { tables: { run, close: () => Promise.resolve() }, reached: reached.promise, release: held.resolve };
}

describe('the copy of a course', () => {
  let dataDir: string;
  let storage: Storage;
  let lines: string[];
  const copy = (...path: string[]) => join(dataDir, 'courses', 'a', ...path);
  const open = (jobs: TableJobs = tables) =>
    createUploadedCourses({ dataDir, storage, tables: jobs, log: createLog('warn', (line) => void lines.push(line)) });
  const rowOf = (id: string): SessionRow => ({
    id,
    logId: `log-${id}`,
    docId: `doc-${id}`,
    joinCode: `CODE${id}`,
    createdAt: 1,
    ended: false,
    lastUsedAt: 1,
    expiredAt: null,
  });
  const store = (id: string, packed?: Uint8Array) =>
    storage.create(rowOf(id), { session: id, expectedSeq: 0, events: [] }, packed);
  beforeEach(() => {
    dataDir = mkdtempSync(join(home, 'data-'));
    storage = createMemoryStorage();
    lines = [];
  });

  it('that cannot be read is made again, once, of what the storage has', async () => {
    const { packed } = await open().make('a', table);
    await store('a', packed);
    const whole = readFileSync(copy('course.yaml'), 'utf8');
    writeFileSync(copy('course.yaml'), whole.slice(0, 20));
    expect((await open().read('a'))?.title).toBe('Flats');
    expect(readFileSync(copy('course.yaml'), 'utf8')).toBe(whole);
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['course_copy_damaged']);
    rmSync(copy('data'), { recursive: true });
    expect((await open().read('a'))?.size().rows).toBe(120);
  });

  it('is all that a session of an older version has: then the storage gets it', async () => {
    const { packed } = await open().make('a', table);
    await store('a');
    expect((await open().read('a'))?.title).toBe('Flats');
    expect(await storage.uploadedCourse('a')).not.toBeNull();
    rmSync(copy(), { recursive: true });
    expect((await open().read('a'))?.size().rows).toBe(120);
    expect(lines).toEqual([]);
    // The same files as those that were written at first.
    const first = mkdtempSync(join(home, 'first-'));
    await tables.run('unpack', { packed, folder: join(first, 'a') });
    const files = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
    expect(files(copy())).toEqual(files(join(first, 'a')));
  });

  it('is read where what the storage has is damaged, which is logged, and not where the copy is damaged, too', async () => {
    const { packed } = await open().make('a', table);
    await store('a', packed);
    const damaged = new StorageDamaged('the course of session a was changed');
    storage = { ...storage, uploadedCourse: () => Promise.reject(damaged) };
    expect((await open().read('a'))?.title).toBe('Flats');
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['stored_course_damaged']);
    rmSync(copy('course.yaml'));
    await expect(open().read('a')).rejects.toBe(damaged);
    // Somebody may still repair it by hand.
    expect(existsSync(copy('data'))).toBe(true);
  });

  it('is all that is read once the storage was seen to have the course, and what the storage has where it fails', async () => {
    const { packed } = await open().make('a', table);
    await store('a', packed);
    let asked = 0;
    const { uploadedCourse } = storage;
    storage = {
      ...storage,
      uploadedCourse: (session) => {
        asked += 1;
        return uploadedCourse(session);
      },
    };
    for (const id of ['b', 'c']) {
      cpSync(copy(), join(dataDir, 'courses', id), { recursive: true });
      await store(id, packed);
    }
    const uploaded = open();
    for (const id of ['a', 'b', 'c', 'a']) expect((await uploaded.read(id))?.title).toBe('Flats');
    expect(asked).toBe(3);
    rmSync(copy('course.yaml'));
    for (const id of ['b', 'c', 'a']) await uploaded.read(id);
    expect(asked).toBe(4);
  });

  it('is read again where nobody has looked for a while, and shared by those who look at once', async () => {
    const uploaded = open();
    const { packed } = await uploaded.make('a', table);
    await store('a', packed);
    for (const id of ['b', 'c']) {
      cpSync(copy(), join(dataDir, 'courses', id), { recursive: true });
      await store(id, packed);
    }
    const [first, second] = await Promise.all([uploaded.read('a'), uploaded.read('a')]);
    expect(second).toBe(first);
    for (const id of ['b', 'c']) await uploaded.read(id);
    expect(await uploaded.read('a')).not.toBe(first);
  });

  it('is left alone while it is unpacked, by those who remove what is left of deleted sessions', async () => {
    const { packed } = await open().make('a', table);
    await store('a', packed);
    rmSync(copy(), { recursive: true });
    const held = heldTables('data');
    const uploaded = open(held.tables);
    const reading = uploaded.read('a');
    await held.reached;
    // As it is called until it is whole.
    const part = `${copy()}-x7Gh2a`;
    cpSync(copy(), part, { recursive: true });
    const sweep = () =>
      removeLeftovers(dataDir, async (id) => uploaded.isInUse(id) || (await storage.find(id)) !== null);
    await sweep();
    expect([existsSync(copy()), existsSync(part)]).toEqual([true, true]);
    held.release();
    expect((await reading)?.title).toBe('Flats');
    await sweep();
    expect([existsSync(copy()), existsSync(part)]).toEqual([true, false]);
  });
});

describe('a session that is deleted', () => {
  let kit: Kit | null = null;
  afterEach(async () => {
    await kit?.close();
    kit = null;
  });

  it('while somebody only looks at it leaves nothing of its course', async () => {
    const held = heldTables('unpack');
    const storage = createMemoryStorage();
    const first = createKit({ storage, tables });
    const { id } = await first.registry.create({ ...newSession, uploaded: table });
    kit = createKit({ storage, tables: held.tables });
    const reading = kit.registry.read(id);
    await held.reached;
    const removing = kit.registry.remove(id);
    await expect.poll(() => storage.find(id)).toBeNull();
    held.release();
    expect(await reading).toBeNull();
    expect(await removing).toBe(true);
    expect(readdirSync(join(kit.dataDir, 'courses'))).toEqual([]);
    await first.close();
  });
});
