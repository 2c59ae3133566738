// The disk under a running server: full, gone, replaced. Nothing is acknowledged into nothing, pages and probes say what is
// the matter, and it works again by itself.
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bootstrapSession } from '#server/bootstrap-session.ts';
import { createLog } from '#server/platform/log.ts';
import { createMemoryStorage } from '#server/storage/memory.ts';
import { createSqliteStorage, type SqliteStorage } from '#server/storage/sqlite.ts';
import { StorageUnavailable } from '#server/storage/storage.ts';
import { createStorageHealth } from '#server/storage-health.ts';
import type { SessionEvent } from '#session-core/model/events.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { createGatedStorage } from '../../support/gated-storage.ts';
import { createKit, newSession } from '../../support/registry-kit.ts';
import { call, startTestServer } from '../../support/test-server.ts';

let folder = '';
const open: SqliteStorage[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faults-'));
});
afterEach(async () => {
  for (const storage of open.splice(0)) await storage.close().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
});
const data = () => join(folder, 'data');
const file = () => join(data(), 'sessions.db');
async function sqlite(maxPages?: number) {
  const storage = await createSqliteStorage({ file: file(), ...(maxPages === undefined ? {} : { maxPages }) });
  open.push(storage);
  return storage;
}
const event = (seq: number): SessionEvent => ({
  seq,
  at: seq,
  by: 'p1',
  type: 'participant.renamed',
  payload: { displayName: 'x' },
});
const row = {
  id: 'a',
  logId: 'l',
  docId: 'd',
  joinCode: 'c',
  createdAt: 1,
  ended: false,
  lastUsedAt: 1,
  expiredAt: null,
};
const add = (storage: SqliteStorage, seq: number) =>
  storage.append({ session: 'a', expectedSeq: seq - 1, events: [event(seq)] });

describe('the data folder', () => {
  it('that is moved away takes nothing, and works again when it is back', async () => {
    const storage = await sqlite();
    await storage.create(row, { session: 'a', expectedSeq: 0, events: [event(1)] });
    renameSync(data(), `${data()}-away`);
    await expect(add(storage, 2)).rejects.toMatchObject({ name: 'StorageUnavailable', kind: 'gone' });
    expect(await storage.read('a', 0)).toEqual([event(1)]);
    renameSync(`${data()}-away`, data());
    await add(storage, 2);
    expect(await storage.read('a', 0)).toEqual([event(1), event(2)]);
  });

  it.each(['sessions.db', 'sessions.db-wal'])('whose %s was deleted or replaced takes nothing', async (name) => {
    const storage = await sqlite();
    await storage.create(row, { session: 'a', expectedSeq: 0, events: [event(1)] });
    rmSync(join(data(), name));
    await expect(add(storage, 2)).rejects.toMatchObject({ kind: 'gone' });
    writeFileSync(join(data(), name), 'another file');
    await expect(add(storage, 2)).rejects.toMatchObject({ kind: 'gone' });
    expect(await storage.read('a', 0)).toEqual([event(1)]);
  });
});

describe('a full disk', () => {
  it('is refused, said by probe, page and log with its cause, and over as soon as there is space', async () => {
    const storage = await sqlite();
    const server = await startTestServer({}, { storage });
    try {
      const { sessionId, facilitatorSecret } = await server.create();
      const path = `/api/sessions/${sessionId}/facilitator`;
      const { json } = await server.ask(path, { method: 'POST', body: { secret: facilitatorSecret } });
      const { token } = json as { token: string };
      const ana = await call(server.url, { sessionId, token }, { origin: server.url });
      // As small as it is now: the next page that it needs is not there.
      await storage.limitPages(1);
      let answer = await ana.command({ type: 'session.configure', title: 'A title' });
      for (let i = 0; answer.ok && i < 50; i += 1)
        answer = await ana.command({ type: 'session.configure', title: `${i} ${'title '.repeat(8)}` });
      expect(answer).toMatchObject({ ok: false, rejection: { code: 'storage_unavailable' } });
      expect(await server.ask('/healthz')).toMatchObject({
        status: 503,
        json: { error: { code: 'degraded', cause: 'full' } },
      });
      const patches = () => JSON.stringify(ana.got.filter(({ event: name }) => name === 'patch'));
      await expect.poll(patches).toContain('"storageFault"');
      // Reading goes on.
      expect((await server.ask(`/api/sessions/${sessionId}/files`)).status).toBe(200);
      const lines = () => server.log.filter((line) => line.includes('"event":"storage_unavailable"'));
      expect(lines()).toHaveLength(1);
      expect(lines()[0]).toContain('"cause":"full"');
      await storage.limitPages(100_000);
      await expect.poll(async () => (await server.ask('/healthz')).status).toBe(200);
      expect(await ana.command({ type: 'hand.lower' })).toMatchObject({ ok: true });
      ana.socket.close();
    } finally {
      await server.close();
      open.length = 0;
    }
  });

  it('at a start serves reading, without a link for the facilitator', async () => {
    const gate = createGatedStorage();
    const kit = createKit({ storage: gate.storage });
    const created = await kit.registry.create(newSession);
    await kit.registry.close();
    gate.fail(new StorageUnavailable('no space', 'full'));
    const opened = await bootstrapSession({ registry: await kit.restart(), log: createLog('error') }, false);
    expect([opened.session.id, opened.secret, opened.isNew]).toEqual([created.id, null, false]);
    expect((await opened.session.files(1))?.files['params.yaml']).toContain('trees');
    await kit.close();
  });
});

it('a failing disk is in the log at once and once a minute, not for each refusal', async () => {
  const clock = createFakeClock();
  const lines: string[] = [];
  const inner = createMemoryStorage();
  let broken = true;
  const health = createStorageHealth({
    storage: {
      ...inner,
      probe: async () => {
        if (broken) throw new StorageUnavailable('EIO');
      },
      append: () => Promise.reject(new StorageUnavailable('EIO')),
    },
    ...clock,
    log: createLog('info', (line) => void lines.push(line)),
  });
  let changes = 0;
  health.watch(() => {
    changes += 1;
  });
  for (let i = 0; i < 20; i += 1)
    await expect(health.storage.append({ session: 'a', expectedSeq: 0, events: [] })).rejects.toThrow('EIO');
  expect([lines.length, health.fault()]).toEqual([1, 'failing']);
  await clock.advance(150_000);
  expect(lines).toHaveLength(3);
  expect(JSON.parse(lines[1]!)).toMatchObject({ event: 'storage_unavailable', cause: 'failing', refused: 50 - 1 });
  broken = false;
  await clock.advance(2_000);
  expect([health.fault(), changes, lines.at(-1)?.includes('storage_works_again')]).toEqual([null, 2, true]);
  health.stop();
});

it('the folder of an unreadable mark is named', async () => {
  mkdirSync(`${file()}-saved`, { recursive: true });
  await expect(sqlite()).rejects.toThrow(/cannot be opened/);
});
