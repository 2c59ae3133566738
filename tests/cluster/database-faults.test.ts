// Connections to the database are cut at random moments, and the database itself is stopped as by a crash, while twenty
// sessions append events and text: what was acknowledged is stored, once each, and what was refused is not.
import { afterEach, expect, it } from 'vitest';
import { createPostgresStorage } from '#server/storage/postgres.ts';
import { openPostgres } from '#server/storage/postgres-open.ts';
import { StorageUnavailable } from '#server/storage/storage.ts';
import { FULL, pause } from '../support/nodes.ts';
import { once, startPostgres, type TestPostgres, withoutPostgres } from '../support/postgres.ts';
import { append, event, row } from '../support/stored-rows.ts';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

const [CUTS, STOPS] = FULL ? [75, 3] : [15, 1];
const SESSIONS = 20;

let database: TestPostgres | null = null;
let proxy: TcpProxy | null = null;
afterEach(async () => {
  await proxy?.close();
  await database?.close();
  database = proxy = null;
});

it.skipIf(withoutPostgres())(
  `${CUTS} cuts of all connections and ${STOPS} crashes of the database: stored is what was acknowledged`,
  async () => {
    database = await startPostgres();
    const direct = await database.database();
    proxy = await openTcpProxy(database.port);
    const through = new URL(direct);
    through.port = new URL(proxy.url).port;
    const postgres = await openPostgres(through.href);
    const storage = createPostgresStorage({ postgres, epochOf: () => 0 });
    const sessions = Array.from({ length: SESSIONS }, (_, i) => `s${i}`);
    for (const id of sessions) await storage.create(row(id), append(id, 0, [event(1)]));

    let going = true;
    let [acknowledged, refused] = [0, 0];
    const unknown: unknown[] = [];
    const heads = new Map<string, { events: number; updates: number }>();
    const work = sessions.map(async (id, k) => {
      let [events, updates] = [1, 0];
      for (let n = 0; going; n += 1) {
        const isText = (n + k) % 3 === 0;
        try {
          if (isText) await storage.append(append(id, events, [], { docUpdates: [Uint8Array.of(n % 250)] }));
          else await storage.append(append(id, events, [event(events + 1)]));
          acknowledged += 1;
          if (isText) updates += 1;
          else events += 1;
        } catch (error) {
          if (error instanceof StorageUnavailable) refused += 1;
          else unknown.push(error);
          await pause(50);
        }
      }
      heads.set(id, { events, updates });
    });
    for (let cut = 1; cut <= CUTS; cut += 1) {
      await pause(50 + Math.random() * 250);
      proxy.reset();
      if (cut % Math.ceil(CUTS / STOPS) !== 0) continue;
      await database.stop('immediate');
      await database.start();
    }
    await pause(300);
    going = false;
    await Promise.all(work);
    await storage.close();

    expect(unknown).toEqual([]);
    const stored = await once<{ id: string; head: number; events: number; updates: number }>(
      direct,
      `SELECT id, head, (SELECT count(*)::int FROM event WHERE session_id = id) AS events,
         (SELECT count(*)::int FROM doc WHERE session_id = id) AS updates FROM session`,
    );
    expect(stored).toHaveLength(SESSIONS);
    for (const { id, head, ...counts } of stored) {
      expect([id, counts]).toEqual([id, heads.get(id)]);
      expect(head).toBe(counts.events);
    }
    expect(acknowledged).toBeGreaterThan(SESSIONS);
    console.log(`${CUTS} cuts, ${STOPS} crashes: ${acknowledged} acknowledged, ${refused} refused, none unknown`);
  },
);
