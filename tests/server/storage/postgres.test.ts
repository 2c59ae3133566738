// What only Postgres has: owners of sessions, settings of its own, lines that break.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPostgresStorage, type PostgresOptions, type PostgresStorage } from '#server/storage/postgres.ts';
import { openPostgres } from '#server/storage/postgres-open.ts';
import { APPEND } from '#server/storage/postgres-tables.ts';
import { ConflictError, NotOwner, StorageDamaged, StorageUnavailable } from '#server/storage/storage.ts';
import type { SessionEvent } from '#session-core/model/events.ts';
import { once, startPostgres, type TestPostgres, withoutPostgres } from '../../support/postgres.ts';
import { append, event, events, row } from '../../support/stored-rows.ts';
import { openTcpProxy } from '../../support/tcp-proxy.ts';

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

const skipped = withoutPostgres();
let database: TestPostgres;
const open: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  if (!skipped) database = await startPostgres();
});
afterAll(() => database?.close());
afterEach(async () => {
  for (const storage of open.splice(0)) await storage.close();
});

interface Node {
  readonly storage: PostgresStorage;
  /** Owns the session, as after a claim. */
  owns(session: string): Promise<void>;
}
async function nodeOf(url: string, more: Partial<PostgresOptions> = {}): Promise<Node> {
  const epochs = new Map<string, number>();
  const epochOf = (session: string) => epochs.get(session) ?? 0;
  const storage = createPostgresStorage({ postgres: await openPostgres(url), epochOf, ...more });
  open.push(storage);
  const owns = async (session: string) => {
    const claimed = await once<{ epoch: number }>(
      url,
      'UPDATE session SET epoch = epoch + 1, write_id = 0 WHERE id = $1 RETURNING epoch',
      [session],
    );
    epochs.set(session, claimed[0]!.epoch);
  };
  return { storage, owns };
}
const storageOf = async (url: string, more?: Partial<PostgresOptions>) => (await nodeOf(url, more)).storage;
/** A session of one node, which another one claims as when the first is frozen. */
async function twoNodes() {
  const url = await database.database();
  const [{ storage: a, owns }, b] = [await nodeOf(url), await nodeOf(url)];
  await a.create(row('s'), append('s', 0, events(1, 2), { docUpdates: [Uint8Array.of(1), Uint8Array.of(2)] }));
  await owns('s');
  return { url, a, b: b.storage, taken: () => b.owns('s') };
}

describe.skipIf(skipped)('an owner that lost its session', () => {
  it('stores nothing any more: no events, no text, no compaction, no cache, and deletes nothing', async () => {
    const { a, b, taken } = await twoNodes();
    await a.append(append('s', 2, [], { docUpdates: [Uint8Array.of(3)] }));
    await taken();
    await expect(a.append(append('s', 2, events(3, 3)))).rejects.toBeInstanceOf(NotOwner);
    // Text alone does not move the head, so what the log expects would not refuse it.
    await expect(a.append(append('s', 2, [], { docUpdates: [Uint8Array.of(9)] }))).rejects.toBeInstanceOf(NotOwner);
    await expect(a.append(append('s', 2, [], { blobs: { h: 'never' }, ended: true }))).rejects.toBeInstanceOf(NotOwner);
    await expect(a.docCompact('s', 3, Uint8Array.of(9))).rejects.toBeInstanceOf(NotOwner);
    const other = { docId: 'other', last: 3, update: Uint8Array.of(9) };
    await expect(a.docReplace('s', other)).rejects.toBeInstanceOf(NotOwner);
    await a.putCache('s', { seq: 2, version: 'v', json: '{}' });
    await expect(a.remove('s')).rejects.toBeInstanceOf(NotOwner);
    await b.append(append('s', 2, events(3, 3)));
    expect(await b.read('s', 0)).toEqual(events(1, 3));
    expect((await b.docLoad('s')).updates).toEqual([1, 2, 3].map((byte) => Uint8Array.of(byte)));
    expect([await b.getCache('s', 'v'), (await b.find('s'))?.ended]).toEqual([null, false]);
  });

  it('meets a conflict, which makes the actor load the session again', async () => {
    const { a, taken } = await twoNodes();
    const waiting = [a.append(append('s', 2, events(3, 3))), a.append(append('s', 3, events(4, 4)))];
    await Promise.all(waiting);
    await taken();
    await expect(a.append(append('s', 4, events(5, 5)))).rejects.toBeInstanceOf(ConflictError);
  });

  it('under its own epoch, a statement that comes late stores nothing twice', async () => {
    const { url, a } = await twoNodes();
    const text = (byte: number) => a.append(append('s', 2, [], { docUpdates: [Uint8Array.of(byte)] }));
    await text(3);
    await text(4);
    const [at] = await once<{ write_id: string; epoch: number }>(url, 'SELECT write_id, epoch FROM session');
    const empty = [[], [], [], [], [], [], []];
    const late = [['s'], [2], [0], [1], [false], [null], [at!.epoch], [Number(at!.write_id) - 1], 1];
    const values = [...late, ...empty, [1], [1], [Buffer.of(3)], [], [], []];
    expect(await once(url, APPEND, values)).toEqual([]);
    expect((await a.docLoad('s')).last).toBe(4);
  });
});

describe.skipIf(skipped)('a batch', () => {
  it('loses only the append that the database does not take', async () => {
    const storage = await storageOf(await database.database());
    for (const id of ['x', 'a', 'b', 'c']) await storage.create(row(id), append(id, 0, events(1, 1)));
    const bad = { ...event(2), type: 'bad\u0000type' } as unknown as SessionEvent;
    const commits = storage.stats.commits;
    // What queues while the first commits is one batch.
    const outcomes = await Promise.allSettled([
      storage.append(append('x', 1, events(2, 2))),
      storage.append(append('x', 2, events(3, 3))),
      storage.append(append('a', 1, events(2, 2))),
      storage.append(append('b', 1, [bad])),
      storage.append(append('c', 1, events(2, 2), { joinCode: 'CODEa' })),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect((outcomes[4] as PromiseRejectedResult).reason).toBeInstanceOf(ConflictError);
    expect(await storage.read('b', 0)).toEqual(events(1, 1));
    await storage.append(append('b', 1, events(2, 2)));
    expect(storage.stats.commits).toBeGreaterThan(commits);
  });

  it('is one commit for many sessions', async () => {
    const storage = await storageOf(await database.database());
    const ids = Array.from({ length: 60 }, (_, i) => `s${i}`);
    await Promise.all(ids.map((id) => storage.create(row(id), append(id, 0, events(1, 1)))));
    await Promise.all(ids.map((id) => storage.append(append(id, 1, events(2, 4), { docUpdates: [Uint8Array.of(7)] }))));
    expect(storage.stats).toMatchObject({ appends: 60 });
    expect(storage.stats.commits).toBeLessThanOrEqual(4);
    for (const id of ids) {
      expect(await storage.read(id, 0)).toEqual(events(1, 4));
      expect((await storage.docLoad(id)).last).toBe(1);
    }
  });
});

/** 20 sessions append events and text, one after the other each, until `faults` is over. Nobody may be refused. */
async function appendDuring(storage: PostgresStorage, faults: () => Promise<void>): Promise<void> {
  const ids = Array.from({ length: 20 }, (_, i) => `s${i}`);
  await Promise.all(ids.map((id) => storage.create(row(id), append(id, 0, events(1, 1)))));
  let isOver = false;
  const heads = Promise.all(
    ids.map(async (id) => {
      let head = 1;
      for (; !isOver; head += 1)
        await storage.append(append(id, head, events(head + 1, head + 1), { docUpdates: [Uint8Array.of(head % 256)] }));
      return head;
    }),
  );
  // What fails before the faults are over must not go unnoticed.
  await Promise.race([faults(), heads]);
  isOver = true;
  for (const [i, head] of (await heads).entries()) {
    expect(head).toBeGreaterThan(1);
    expect(await storage.read(`s${i}`, 0)).toEqual(events(1, head));
    const texts = Array.from({ length: head - 1 }, (_, at) => Uint8Array.of((at + 1) % 256));
    expect((await storage.docLoad(`s${i}`)).updates).toEqual(texts);
  }
}
const CUTS = process.env['FAULTS'] === 'full' ? 75 : 25;

describe.skipIf(skipped)('a line that breaks', () => {
  it('in mid-commit is asked again, and what is acknowledged is stored, each once', async () => {
    const url = new URL(await database.database());
    const proxy = await openTcpProxy(database.port);
    url.port = new URL(proxy.url).port;
    const storage = await storageOf(url.href, { doubtMs: 60_000 });
    await appendDuring(storage, async () => {
      for (let cuts = 0; cuts < CUTS; ) {
        await pause(Math.random() * 25);
        if (proxy.reset() > 0) cuts += 1;
      }
    });
    await Promise.all(open.splice(0).map((one) => one.close()));
    await proxy.close();
  });

  it('because Postgres crashes loses nothing that was acknowledged; while it is away nothing is', async () => {
    const server = await startPostgres();
    try {
      const url = await server.database();
      const [storage, impatient] = [await storageOf(url, { doubtMs: 60_000 }), await storageOf(url, { doubtMs: 200 })];
      await appendDuring(storage, async () => {
        for (let crashes = 0; crashes < 3; crashes += 1) {
          await pause(Math.random() * 100);
          await server.stop('immediate');
          await server.start();
        }
      });
      await impatient.create(row('s'), append('s', 0, events(1, 1)));
      await server.stop('fast');
      const refused = await impatient.append(append('s', 1, events(2, 2))).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(StorageUnavailable);
      expect(refused).toMatchObject({ kind: 'gone' });
      await server.start();
      await impatient.append(append('s', 1, events(2, 2)));
      expect(await impatient.read('s', 0)).toEqual(events(1, 2));
    } finally {
      await Promise.all(open.splice(0).map((one) => one.close()));
      await server.close();
    }
  });

  it('and stays broken after sending is a conflict, which loads the session anew: it may be stored, or not', async () => {
    const url = new URL(await database.database());
    const proxy = await openTcpProxy(database.port);
    url.port = new URL(proxy.url).port;
    const storage = await storageOf(url.href, { doubtMs: 200 });
    await storage.create(row('s'), append('s', 0, events(1, 1)));
    await storage.append(append('s', 1, events(2, 2)));
    proxy.stall(true);
    const unknown = storage.append(append('s', 2, events(3, 3))).catch((error: unknown) => error);
    await pause(300);
    proxy.refuse(true);
    proxy.reset();
    expect(await unknown).toBeInstanceOf(ConflictError);
    proxy.refuse(false);
    proxy.stall(false);
    const head = (await storage.read('s', 0)).length;
    await storage.append(append('s', head, [event(head + 1)]));
    await Promise.all(open.splice(0).map((one) => one.close()));
    await proxy.close();
  });
});

describe.skipIf(skipped)('at opening', () => {
  it('nodes that start at once on an empty database all work, and a newer one is refused', async () => {
    const url = await database.database();
    await Promise.all(Array.from({ length: 5 }, () => nodeOf(url)));
    await once(url, `UPDATE meta SET value = 99 WHERE key = 'schema'`);
    await expect(nodeOf(url)).rejects.toThrow(/^The database of DATABASE_URL was written by a newer version[^\n]*$/);
  });

  it('refuses settings with which acknowledged changes are lost, in one line, and warns without checksums', async () => {
    const url = await database.database();
    const lax = `${url}${encodeURIComponent(' -c synchronous_commit=off')}`;
    const refused = openPostgres(lax);
    await expect(refused).rejects.toBeInstanceOf(StorageUnavailable);
    await expect(refused).rejects.toThrow(/^Postgres has synchronous_commit = off[^\n]*$/);
    const { pool, warnings } = await openPostgres(url);
    await pool.end();
    expect(warnings).toEqual([]);
  });

  it('says in one line that there is no database', async () => {
    await expect(openPostgres('postgres://crowd@127.0.0.1:1/none')).rejects.toThrow(
      /^The database of DATABASE_URL cannot be reached: [^\n]*$/,
    );
    await expect(openPostgres(`postgres://crowd@127.0.0.1:${database.port}/none`)).rejects.toThrow(
      /^The database of DATABASE_URL refuses: [^\n]*$/,
    );
  });
});

it.skipIf(skipped)('notices a row that is missing', async () => {
  const { url, a } = await twoNodes();
  await once(url, 'DELETE FROM event WHERE seq = 2');
  await expect(a.read('s', 0)).rejects.toBeInstanceOf(StorageDamaged);
  await once(url, 'DELETE FROM doc WHERE n = 1');
  await expect(a.docLoad('s')).rejects.toBeInstanceOf(StorageDamaged);
});

it.skipIf(skipped)(
  'a backup made while people go on is restored into an empty database, with everything before it',
  async () => {
    const { url, a } = await twoNodes();
    const folder = mkdtempSync(join(tmpdir(), 'dump-'));
    const file = join(folder, 'sessions.dump');
    const goingOn = a.append(append('s', 2, events(3, 3)));
    database.tool('pg_dump', [
      '--format=custom',
      `--file=${file}`,
      '--schema',
      new URL(url).search.split('%3D')[1]!,
      'postgres',
    ]);
    await goingOn;
    await once(url, 'CREATE DATABASE restored');
    database.tool('pg_restore', ['--dbname=restored', '--exit-on-error', file]);
    rmSync(folder, { recursive: true });
    const restored = await storageOf(url.replace('/postgres?', '/restored?'));
    expect((await restored.read('s', 0)).slice(0, 2)).toEqual(events(1, 2));
    expect((await restored.docLoad('s')).updates).toEqual([Uint8Array.of(1), Uint8Array.of(2)]);
  },
);
