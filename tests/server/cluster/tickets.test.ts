// Tickets on a real Postgres: who gets which, in what order, and what becomes of those of the dead.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTickets, type Rank } from '#server/cluster/tickets.ts';
import { createPostgresStorage } from '#server/storage/postgres.ts';
import { openPostgres, type Postgres } from '#server/storage/postgres-open.ts';
import { POSTGRES_STEPS } from '#server/storage/postgres-tables.ts';
import { once, startPostgres, type TestPostgres, withoutPostgres } from '../../support/postgres.ts';
import { append, events, row } from '../../support/stored-rows.ts';

const skipped = withoutPostgres();
let database: TestPostgres;
const open: Postgres[] = [];
beforeAll(async () => {
  if (!skipped) database = await startPostgres();
});
afterAll(async () => {
  for (const { pool } of open) await pool.end();
  await database?.close();
});

/** Two nodes that are alive, and sessions. */
async function nodesWith(...sessions: string[]) {
  const url = await database.database();
  const postgres = await openPostgres(url);
  open.push(postgres);
  const storage = createPostgresStorage({ postgres, epochOf: () => 0 });
  for (const id of sessions) await storage.create(row(id), append(id, 0, events(1, 1)));
  for (const node of ['a', 'b'])
    await once(url, `INSERT INTO node VALUES ($1, 'http://' || $1, now() + interval '1 minute', 'v', 'h')`, [node]);
  return { url, postgres, storage, a: createTickets(postgres, 'a'), b: createTickets(postgres, 'b') };
}

describe.skipIf(skipped)('a ticket', () => {
  it('is taken by one of many workers that ask at once, and names its owner', async () => {
    const { a, b } = await nodesWith('s');
    const id = await a.write('s', 'main');
    const taken = await Promise.all(Array.from({ length: 24 }, () => b.take([], true)));
    expect(taken.filter((one) => one !== null)).toEqual([{ id, session: 's', url: 'http://a', owner: 'a', rank: 0 }]);
    expect(await a.positions([id])).toEqual(new Map());
    // The worker was gone: it waits again, under the id by which its owner knows it.
    await b.giveBack(taken.find((one) => one !== null)!);
    expect(await a.positions([id])).toEqual(new Map([[id, 0]]));
    expect(await b.take([], false)).toMatchObject({ id, session: 's' });
  });

  it('is written beside that of a session that is gone, and of many at once each owner knows its own', async () => {
    const { a, b } = await nodesWith('s', 't');
    const asked = ['s', 'gone', 't', 's', 's', 'gone', 't'].map((session) => a.write(session, 'preview'));
    const written = await Promise.allSettled(asked);
    expect(written.map((one) => (one.status === 'rejected' ? one.reason.code : 'written'))).toEqual([
      ...['written', '23503', 'written', 'written', 'written', '23503', 'written'],
    ]);
    const ids = written.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(new Set(ids).size).toBe(5);
    const taken = [];
    for (let one = await b.take([], true); one !== null; one = await b.take([], true)) taken.push(one);
    const sessions = ['s', 't', 's', 's', 't'];
    expect(Object.fromEntries(taken.map(({ id, session }) => [id, session]))).toEqual(
      Object.fromEntries(ids.map((id, i) => [id, sessions[i]])),
    );
  });

  it('is taken by its kind, then by the session whose run was taken longest ago, then where its cache is', async () => {
    const { a, b } = await nodesWith('s1', 's2', 's3', 's4');
    const ids: string[] = [];
    const asked: readonly (readonly [string, Rank])[] = [
      ...([
        ['s1', 'background'],
        ['s1', 'explain'],
        ['s1', 'check'],
        ['s1', 'expression'],
        ['s1', 'preview'],
      ] as const),
      ...([
        ['s1', 'main'],
        ['s1', 'main'],
        ['s2', 'main'],
        ['s3', 'main'],
        ['s4', 'preview'],
      ] as const),
    ];
    for (const [session, rank] of asked) ids.push(await a.write(session, rank));
    expect([...(await a.positions(ids)).values()].sort((x, y) => x - y)).toEqual(asked.map((_, i) => i));
    const order: string[] = [];
    for (let taken = await b.take(['s3'], true); taken !== null; taken = await b.take(['s3'], true)) {
      const at = ids.indexOf(taken.id);
      order.push(asked[at]!.join(' '));
    }
    expect(order).toEqual([
      ...['s3 main', 's1 main', 's2 main', 's1 main', 's4 preview', 's1 preview', 's1 expression', 's1 check'],
      ...['s1 explain', 's1 background'],
    ]);
  });

  it('that nobody waits for is for a worker that has nothing else to do', async () => {
    const { a, b } = await nodesWith('s');
    await a.write('s', 'explain');
    expect(await b.take([], false)).toBeNull();
    expect(await b.take([], true)).toMatchObject({ session: 's' });
  });

  it('of an owner that the worker cannot reach is for another worker, and waits for it', async () => {
    const { a, b } = await nodesWith('s', 't');
    await a.write('s', 'main');
    await b.write('t', 'preview');
    expect(await b.take([], true, ['http://a'])).toMatchObject({ session: 't' });
    expect(await b.take([], true, ['http://a'])).toBeNull();
    expect(await a.take([], true, [])).toMatchObject({ session: 's' });
  });

  it('of an owner of another build is for a worker of that build', async () => {
    const { url, a, b } = await nodesWith('s');
    await once(url, `UPDATE node SET version = 'another' WHERE id = 'b'`);
    await a.write('s', 'main');
    expect(await b.take([], true)).toBeNull();
    expect(await a.take([], true)).toMatchObject({ session: 's' });
    await b.write('s', 'main');
    expect(await a.take([], true)).toBeNull();
    expect(await b.take([], true)).toMatchObject({ session: 's' });
  });

  it('of a dead owner is taken by nobody, and goes; so does that of a deleted session', async () => {
    const { url, a, b, storage } = await nodesWith('s', 't');
    await a.write('s', 'main');
    const id = await b.write('t', 'main');
    await once(url, `UPDATE node SET until = now() - interval '2 minutes' WHERE id = 'a'`);
    expect(await b.take([], true)).toMatchObject({ id });
    await b.forget();
    expect(await once(url, 'SELECT 1 FROM ticket')).toEqual([]);
    await b.write('t', 'main');
    await storage.remove('t');
    expect(await once(url, 'SELECT 1 FROM ticket')).toEqual([]);
    await expect(b.write('t', 'main')).rejects.toMatchObject({ code: '23503' });
    expect(await b.seen('w', { places: 2, gaps: [] }, ['s', 't'])).toEqual(['t']);
  });

  it('is announced to every node that listens', async () => {
    const { a, b } = await nodesWith('s');
    const heard = Promise.withResolvers<string>();
    const ear = await b.listen({ ticket: heard.resolve, broken: () => heard.reject(new Error('broken')) });
    await a.write('s', 'main');
    expect(await heard.promise).toBe('s');
    await ear.close();
  });
});

describe.skipIf(skipped)('workers', () => {
  it('are those that have asked lately, with what their machines lack', async () => {
    const { url, postgres, a } = await nodesWith();
    await a.seen('w1', { places: 2, gaps: ['no namespace', 'no user'] }, []);
    await a.seen('w2', { places: 4, gaps: ['no user'] }, []);
    await a.seen('w3', { places: 8, gaps: ['old'] }, []);
    await once(url, `UPDATE worker SET until = now() - interval '1 second' WHERE id LIKE '% w3'`);
    await createTickets(postgres, 'b', 'another-build').seen('w4', { places: 16, gaps: ['other'] }, []);
    const { gaps, ...found } = await a.workers();
    expect([found, [...gaps].sort()]).toEqual([{ workers: 2, places: 6 }, ['no namespace', 'no user']]);
  });
});

it.skipIf(skipped)('tables of the first version get what workers need, and keep their sessions', async () => {
  const url = await database.database();
  await once(url, POSTGRES_STEPS[0]!);
  await once(
    url,
    `INSERT INTO session(id, log_id, doc_id, join_code, created_at, last_used_at, code)
    VALUES ('old', 'l', 'd', 'CODE', 1, 1, 1)`,
  );
  const postgres = await openPostgres(url);
  open.push(postgres);
  await once(url, `INSERT INTO node VALUES ('a', 'http://a', now() + interval '1 minute', 'v', 'h')`);
  const tickets = createTickets(postgres, 'a');
  const id = await tickets.write('old', 'main');
  expect(await tickets.take([], false)).toMatchObject({ id, session: 'old', url: 'http://a' });
});
