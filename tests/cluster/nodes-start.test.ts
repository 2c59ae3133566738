// Nodes that come and go: two at once on an empty database, one with other tables, and a restart of all, one after another.
import { afterEach, expect, it } from 'vitest';
import { type ClusterCrowd, startCrowd } from '../support/cluster-crowd.ts';
import { FULL, startCluster, startNode, type TestCluster, until, withoutNodes } from '../support/nodes.ts';
import { freePort } from '../support/server-process.ts';

let cluster: TestCluster | null = null;
let crowd: ClusterCrowd | null = null;
afterEach(async () => {
  crowd?.close();
  await cluster?.close();
  cluster = crowd = null;
});

it.skipIf(!FULL || withoutNodes())(
  'three start at once on an empty database, and restart one after another under a session',
  async () => {
    cluster = await startCluster({ nodes: 3 });
    crowd = await startCrowd(cluster, { people: 60, watchers: 6 });
    for (const node of [...cluster.nodes]) {
      expect(await node.end('SIGTERM')).toBe(0);
      // Who was at another node was not cut: what counts is that commands are acknowledged.
      crowd.forget();
      await cluster.restart(node);
      await until('everybody is acknowledged', () => crowd!.people.every(({ ackedAt }) => ackedAt > 0), 60_000);
    }
    expect(crowd.refusals().filter((code) => code !== 'busy' && code !== 'rate_limited')).toEqual([]);
    await crowd.finish();
  },
);

it.skipIf(withoutNodes())('one with other tables than the others does not start, and says why', async () => {
  cluster = await startCluster({ nodes: 1 });
  const { databaseUrl, url } = cluster;
  const started = startNode({
    port: await freePort(),
    databaseUrl,
    publicUrl: url,
    courses: 1,
  });
  await expect(started).rejects.toThrow(/has other tables than this one/);
  await until('it is not one of the nodes', async () => (await cluster!.sql('SELECT 1 FROM node')).length === 1);
});
