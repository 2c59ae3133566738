// What nodes say of themselves to a balancer and to Prometheus: owned, passed on, held, changes of owner, age of the heartbeat.
import { request } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { facilitate } from '../simulation/participant.ts';
import { startCluster, type TestCluster, type TestNode, until, withoutNodes } from '../support/nodes.ts';
import { ask } from '../support/test-server.ts';

let cluster: TestCluster | null = null;
afterEach(async () => {
  await cluster?.close();
  cluster = null;
});

interface Facts {
  readonly node: string;
  readonly nodes: number;
  readonly owned: number;
  readonly forwarded: number;
  readonly held: number;
  readonly ownerChanges: number;
  readonly heartbeatMs: number;
}
const factsOf = async ({ url }: TestNode): Promise<Facts> =>
  ((await (await fetch(`${url}/healthz`)).json()) as { cluster: Facts }).cluster;
async function metricsOf({ url }: TestNode): Promise<Record<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Object.fromEntries(
    [...text.matchAll(/^(crowd_cluster_\w+) (\S+)$/gm)].map(([, name, n]) => [name, Number(n)]),
  );
}
/** Asks without waiting for the answer. */
function visit(url: string): () => void {
  const asked = request(url, { agent: false });
  asked.on('error', () => undefined); // it is given up below
  asked.end();
  return () => void asked.destroy();
}

it.skipIf(withoutNodes())(
  'behind HAProxy nothing of a session that was made there is passed on, but joins by code',
  async () => {
    cluster = await startCluster();
    const passedOn = async () =>
      (await Promise.all(cluster!.nodes.map(factsOf))).reduce((sum, one) => sum + one.forwarded, 0);
    const owners = new Set<TestNode>();
    for (let n = 0; n < 8; n += 1) {
      const made = await cluster.create();
      owners.add((await cluster.ownerOf(made.sessionId)).node);
      const before = await passedOn();
      const person = await facilitate(cluster.url, made.sessionId, made.facilitatorSecret);
      expect((await person.send({ type: 'driver.take' })).ok).toBe(true);
      expect((await fetch(`${cluster.url}/api/sessions/${made.sessionId}/files`)).status).toBe(200);
      person.close();
      expect(await passedOn()).toBe(before);
    }
    expect(owners.size).toBe(2);
  },
);

it.skipIf(withoutNodes())('says what a node owns, passes on and holds, in /healthz and /metrics alike', async () => {
  cluster = await startCluster();
  const { sessionId } = await cluster.create();
  const { node: owner } = await cluster.ownerOf(sessionId);
  const other = cluster.nodes.find((one) => one !== owner)!;
  await until('both know each other', async () =>
    (await Promise.all([owner, other].map(factsOf))).every(({ nodes }) => nodes === 2),
  );
  const before = await factsOf(other);
  const { host } = new URL(cluster.url);
  for (let n = 0; n < 3; n += 1)
    expect((await ask(other.port, `/api/sessions/${sessionId}`, { headers: { host } })).status).toBe(200);

  const [ofOwner, ofOther] = [await factsOf(owner), await factsOf(other)];
  expect(ofOwner).toMatchObject({ owned: 1, held: 0, ownerChanges: 1 });
  expect(ofOther).toMatchObject({ owned: 0, held: 0, ownerChanges: 0, forwarded: before.forwarded + 3 });
  for (const [node, facts] of [
    [owner, ofOwner],
    [other, ofOther],
  ] as const) {
    expect(facts.node).toMatch(new RegExp(`^127\\.0\\.0\\.1:${node.port}-[0-9a-f]{8}$`));
    // One each 750 ms; the clock of a loaded machine proves no more than that they go on.
    expect(facts.heartbeatMs).toBeLessThan(10_000);
    const metrics = await metricsOf(node);
    expect(metrics).toMatchObject({
      crowd_cluster_nodes: 2,
      crowd_cluster_owned: facts.owned,
      crowd_cluster_held: 0,
      crowd_cluster_owner_changes_total: facts.ownerChanges,
      crowd_cluster_forwarded_total: facts.forwarded,
    });
    expect(metrics['crowd_cluster_heartbeat_age_seconds']).toBeLessThan(10);
  }
  // Whoever comes through the balancer does not hear the address of a node.
  const seen = (await (await fetch(`${cluster.url}/healthz`)).json()) as { cluster: Facts };
  expect(seen.cluster).not.toHaveProperty('node');

  // The owner is dead: whoever asks for its session waits, and is counted.
  await owner.end('SIGKILL');
  const leave = Array.from({ length: 5 }, () => visit(`${other.url}/api/sessions/${sessionId}`));
  await until(
    'they are held',
    async () => (await factsOf(other)).held === 5 && (await metricsOf(other))['crowd_cluster_held'] === 5,
  );
  await until('the session is claimed, and nobody waits', async () => {
    const { owned, held } = await factsOf(other);
    return owned === 1 && held === 0;
  });
  expect(await factsOf(other)).toMatchObject({ ownerChanges: 1 });
  for (const end of leave) end();
});
