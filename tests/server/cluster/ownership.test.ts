// Claims and releases on a real Postgres: who owns a session when several nodes want it, when one is late, and after a start
// of the database.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOwnership, type NodeOwnership } from '#server/cluster/ownership.ts';
import { createPostgresStorage } from '#server/storage/postgres.ts';
import { openPostgres, type Postgres } from '#server/storage/postgres-open.ts';
import { eventsVersion } from '#session-core/model/event-versions.ts';
import { once, startPostgres, type TestPostgres, withoutPostgres } from '../../support/postgres.ts';
import { append, events, row } from '../../support/stored-rows.ts';

const skipped = withoutPostgres();
const LEASE_MS = 3_000;
let database: TestPostgres;
const open: Postgres[] = [];
beforeAll(async () => {
  if (!skipped) database = await startPostgres();
});
afterAll(async () => {
  for (const { pool } of open) await pool.end();
  await database?.close();
});

/** A database whose server has run for longer than a lease, and how to make nodes of it. */
async function databaseOf() {
  const url = await database.database();
  const postgres = await openPostgres(url);
  open.push(postgres);
  await createPostgresStorage({ postgres, epochOf: () => null }).create(row('s'), append('s', 0, events(1, 1)));
  const node = (id: string, leaseMs = LEASE_MS): NodeOwnership =>
    createOwnership({ query: (sql, values) => postgres.pool.query(sql, values), node: id, leaseMs, now: () => 0 });
  const beats = (id: string, seconds: number) =>
    once(
      url,
      `INSERT INTO node VALUES ($1, 'http://' || $1, clock_timestamp() + make_interval(secs => $2), 'v', 'h')
       ON CONFLICT (id) DO UPDATE SET until = excluded.until`,
      [id, seconds],
    );
  return { url, node, beats };
}

describe.skipIf(skipped)('a session', () => {
  it('of nobody is claimed by one of 24 who ask at once, each with an epoch of its own after', async () => {
    const { node, beats } = await databaseOf();
    const nodes = await Promise.all(
      Array.from({ length: 24 }, async (_, i) => {
        await beats(`n${i}`, 60);
        return node(`n${i}`);
      }),
    );
    const claims = await Promise.all(nodes.map(({ claim }) => claim('s')));
    const owners = claims.filter((claim) => claim?.mine);
    expect(owners).toHaveLength(1);
    expect(owners[0]?.epoch).toBe(1);
    const owner = nodes.findIndex(({ isMine }) => isMine('s'));
    // Who lost may have read the row as it was before: without an owner, so that its visitors ask again.
    for (const claim of claims) expect([null, `http://n${owner}`]).toContain(claim?.url);
    const again = await Promise.all(nodes.filter((_, i) => i !== owner).map(({ claim }) => claim('s')));
    expect(new Set(again.map((claim) => claim?.url))).toEqual(new Set([`http://n${owner}`]));
    expect(nodes.filter(({ isMine }) => isMine('s'))).toHaveLength(1);
  });

  it('stays with its owner under the same epoch, however often that asks', async () => {
    const { node, beats } = await databaseOf();
    await beats('a', 60);
    const a = node('a');
    expect(await a.claim('s')).toMatchObject({ mine: true, epoch: 1 });
    expect(await a.claim('s')).toMatchObject({ mine: true, epoch: 1 });
    expect([a.epochOf('s'), a.changes(), a.owned()]).toEqual([1, 1, ['s']]);
    expect(await a.claim('none')).toBeNull();
  });

  it("of a node that is late is nobody else's yet, and of one whose time is up the next one's", async () => {
    const { node, beats } = await databaseOf();
    for (const id of ['a', 'b']) await beats(id, 60);
    const [a, b] = [node('a', 1), node('b', 1)];
    await a.claim('s');
    expect(await b.claim('s')).toEqual({ mine: false, epoch: 1, url: 'http://a', newer: null });
    await beats('a', 0.0005);
    await beats('a', -1);
    expect(await b.claim('s')).toMatchObject({ mine: true, epoch: 2 });
    // Frozen meanwhile, it learns of it when it asks.
    await beats('a', 60);
    expect(await a.claim('s')).toEqual({ mine: false, epoch: 2, url: 'http://b', newer: null });
    expect([a.isMine('s'), a.changes()]).toEqual([false, 2]);
  });

  it('whose owner has missed a heartbeat has no address: whoever wants it waits', async () => {
    const { node, beats } = await databaseOf();
    for (const id of ['a', 'b']) await beats(id, 60);
    const [a, b] = [node('a'), node('b', 600_000)];
    await a.claim('s');
    expect(await b.claim('s')).toEqual({ mine: false, epoch: 1, url: null, newer: null });
  });

  it('is taken by nobody whose own time is up, nor of those who were alive when the database stopped', async () => {
    const { node, beats } = await databaseOf();
    await beats('a', 60);
    const a = node('a');
    await a.claim('s');
    await beats('a', -1);
    const b = node('b', 1);
    expect(await b.claim('s')).toMatchObject({ mine: false });
    await beats('b', 60);
    // The server of this test started less than ten minutes ago.
    expect(await node('b', 600_000).claim('s')).toMatchObject({ mine: false, url: null });
    expect(await b.claim('s')).toMatchObject({ mine: true, epoch: 2 });
  });

  it('that is given back is of nobody; a release that comes too late gives away nothing', async () => {
    const { url, node, beats } = await databaseOf();
    for (const id of ['a', 'b']) await beats(id, 60);
    const [a, b] = [node('a'), node('b')];
    await a.claim('s');
    const both = [a.release('s'), a.claim('s')];
    await Promise.all(both);
    expect(a.epochOf('s')).toBe(2);
    await a.release('s');
    expect(await b.claim('s')).toMatchObject({ mine: true, epoch: 3 });
    await a.release('s');
    expect((await once<{ owner: string }>(url, 'SELECT owner FROM session'))[0]?.owner).toBe('b');
  });

  it('is not claimed by a node that ends, which still finds whose it is', async () => {
    const { url, node, beats } = await databaseOf();
    for (const id of ['a', 'b']) await beats(id, 60);
    const [a, b] = [node('a'), node('b')];
    await a.claim('s');
    a.stopClaiming();
    expect(await a.claim('s')).toMatchObject({ mine: true, epoch: 1 });
    await a.release('s');
    expect(await a.claim('s')).toEqual({ mine: false, epoch: 1, url: null, newer: null });
    expect((await once<{ owner: string | null }>(url, 'SELECT owner FROM session'))[0]?.owner).toBeNull();
    await b.claim('s');
    expect(await a.claim('s')).toEqual({ mine: false, epoch: 2, url: 'http://b', newer: null });
    expect(await a.claim('none')).toBeNull();
  });

  it('that was forgotten is claimed anew, under an epoch of its own', async () => {
    const { node, beats } = await databaseOf();
    await beats('a', 60);
    const a = node('a');
    await a.claim('s');
    a.forget('s');
    expect([a.isMine('s'), a.owned()]).toEqual([false, []]);
    expect(await a.claim('s')).toMatchObject({ mine: true, epoch: 2 });
  });

  it('that is idle is given back, unless it is in use or was claimed again meanwhile', async () => {
    const { node, beats } = await databaseOf();
    await beats('a', 60);
    const a = node('a');
    await a.claim('s');
    await a.releaseIdle(0, () => false);
    await a.releaseIdle(1, () => true);
    expect(a.epochOf('s')).toBe(1);
    // What is asked first is asked once more when its turn comes.
    const looks: string[] = [];
    await a.releaseIdle(1, (session) => looks.push(session) > 1);
    expect([a.epochOf('s'), looks]).toEqual([1, ['s', 's']]);
    await a.releaseIdle(1, () => false);
    expect(a.owned()).toEqual([]);
  });

  it('that a statement claimed whose answer was lost is found to be ours, under a new epoch', async () => {
    const { url, node, beats } = await databaseOf();
    await beats('a', 60);
    await once(url, `UPDATE session SET owner = 'a', epoch = epoch + 1`);
    expect(await node('a').claim('s')).toMatchObject({ mine: true, epoch: 2 });
  });

  it('that a newer version has written is not claimed', async () => {
    const { url, node, beats } = await databaseOf();
    await beats('a', 60);
    await once(url, 'UPDATE session SET code = code + 1');
    const newer = eventsVersion() + 1;
    const a = node('a');
    expect(await a.claim('s')).toEqual({ mine: false, epoch: 0, url: null, newer });
    // While its owner may come back, nobody else is to be asked.
    await beats('b', 60);
    await once(url, `UPDATE session SET owner = 'b', epoch = 1`);
    expect(await a.claim('s')).toEqual({ mine: false, epoch: 1, url: 'http://b', newer: null });
    await beats('b', 1);
    expect(await a.claim('s')).toEqual({ mine: false, epoch: 1, url: null, newer: null });
    await beats('b', -1);
    expect(await a.claim('s')).toEqual({ mine: false, epoch: 1, url: null, newer });
    a.stopClaiming();
    expect(await a.claim('s')).toMatchObject({ mine: false, newer });
  });
});
