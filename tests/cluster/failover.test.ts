// The server of Postgres is lost for good and its synchronous standby takes its place, as docs/operations.md says: nothing
// acknowledged is missing there.
import { afterEach, expect, it } from 'vitest';
import { type ClusterCrowd, startCrowd } from '../support/cluster-crowd.ts';
import { pause, startCluster, type TestCluster, until, withoutNodes } from '../support/nodes.ts';
import { once, type TestPostgres } from '../support/postgres.ts';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

let cluster: TestCluster | null = null;
let crowd: ClusterCrowd | null = null;
let proxy: Promise<TcpProxy> | null = null;
let standby: TestPostgres | null = null;
afterEach(async () => {
  crowd?.close();
  await standby?.close();
  await cluster?.close();
  await (await proxy)?.close();
  cluster = crowd = proxy = standby = null;
});

it.skipIf(withoutNodes())(
  'a synchronous standby has all that was acknowledged, and the nodes go on with it',
  async () => {
    let address = '';
    cluster = await startCluster({
      databaseOf: async (_, url) => {
        proxy ??= openTcpProxy(Number(new URL(url).port));
        const through = new URL(url);
        through.port = new URL((await proxy).url).port;
        address = through.href;
        return address;
      },
    });
    standby = await cluster.postgres.standby();
    crowd = await startCrowd(
      { ...cluster, sql: (text, values) => once(address, text, values) },
      { people: 10, watchers: 2, everyMs: 500 },
    );
    await pause(1_000);
    // What is under way at this moment is acknowledged by the new server, or not at all.
    await cluster.postgres.stop('immediate');
    await standby.promote();
    (await proxy)!.to(standby.port);
    crowd.forget();
    await until('commands are acknowledged again', () => crowd!.people.every(({ ackedAt }) => ackedAt > 0), 60_000);
    const [server] = await once<{ behind: boolean; port: number }>(
      address,
      `SELECT pg_is_in_recovery() AS behind, current_setting('port')::int AS port`,
    );
    expect(server).toEqual({ behind: false, port: standby.port });
    await crowd.finish();
  },
);
