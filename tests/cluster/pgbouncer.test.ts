// Nodes that reach Postgres through pgbouncer in session mode, as docs/operations.md allows: prepared statements, locks,
// announcements of tickets and the claims of another node's sessions work as without it.
import { afterEach, expect, it } from 'vitest';
import { type ClusterCrowd, startCrowd } from '../support/cluster-crowd.ts';
import { startCluster, type TestCluster, until, withoutNodes } from '../support/nodes.ts';
import { type Pgbouncer, startPgbouncer, withoutPgbouncer } from '../support/pgbouncer.ts';
import { once } from '../support/postgres.ts';

let cluster: TestCluster | null = null;
let crowd: ClusterCrowd | null = null;
let bouncer: Promise<Pgbouncer> | null = null;
afterEach(async () => {
  crowd?.close();
  await cluster?.close();
  await (await bouncer)?.close();
  cluster = crowd = bouncer = null;
});

it.skipIf([withoutNodes(), withoutPgbouncer()].some(Boolean))(
  'behind pgbouncer in session mode the owner is killed, and nothing acknowledged is lost',
  async () => {
    cluster = await startCluster({
      databaseOf: async (_, url) => {
        const direct = new URL(url);
        // It takes no `options` of a connection.
        const [, schema] = direct.searchParams.get('options')!.split('search_path=');
        // Once for both nodes, which are started at the same time.
        bouncer ??= once(url, `ALTER DATABASE postgres SET search_path TO ${schema}`).then(() =>
          startPgbouncer(Number(direct.port)),
        );
        return `postgres://crowd@127.0.0.1:${(await bouncer).port}/postgres`;
      },
    });
    crowd = await startCrowd(cluster, { people: 10, watchers: 2, everyMs: 1_000 });
    const before = await cluster.ownerOf(crowd.sessionId);
    const through = await cluster.sql<{ n: number }>(
      `SELECT count(DISTINCT client_port)::int AS n FROM pg_stat_activity WHERE application_name LIKE 'crowd-programming%'`,
    );
    expect(through[0]!.n).toBeGreaterThan(4);
    crowd.forget();
    await before.node.end('SIGKILL');
    await until('another node owns it', async () => (await cluster!.ownerOf(crowd!.sessionId)).epoch > before.epoch);
    await until('everybody is back', () => crowd!.isBack(), 60_000);
    await crowd.finish();
  },
);
