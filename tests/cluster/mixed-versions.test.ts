// While a new version is deployed: a node of the version before leaves what the new one has written alone, sends its visitors to
// a node that reads it, and says so in a line where there is none.
import { afterEach, expect, it } from 'vitest';
import { eventsVersion } from '#session-core/model/event-versions.ts';
import { facilitate, type Person } from '../simulation/participant.ts';
import {
  CREATE_TOKEN,
  NEWER,
  startCluster,
  type TestCluster,
  type TestNode,
  until,
  withoutNodes,
} from '../support/nodes.ts';
import { ask } from '../support/test-server.ts';

let cluster: TestCluster | null = null;
let person: Person | null = null;
afterEach(async () => {
  person?.close();
  await cluster?.close();
  cluster = person = null;
});

const create = async (at: TestNode) => {
  const answer = await fetch(`${at.url}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${CREATE_TOKEN}` },
    body: '{}',
  });
  return (await answer.json()) as { sessionId: string; joinCode: string; facilitatorSecret: string };
};
const codeOf = async (session: string) =>
  (await cluster!.sql<{ code: number }>('SELECT code FROM session WHERE id = $1', [session]))[0]?.code;

it.skipIf(withoutNodes())(
  'a session that a newer node has written goes to newer nodes only, whichever is asked',
  async () => {
    cluster = await startCluster({ flagsOf: (node) => (node === 1 ? NEWER : []) });
    const [first, newer] = [cluster.nodes[0]!, cluster.nodes[1]!];
    // As through a balancer, which does not change what was asked for.
    const host = new URL(cluster.url).host;
    // What a node of the version before has made is read by both, until the newer one writes to it.
    const { sessionId, joinCode, facilitatorSecret } = await create(first);
    const joinsAt = async ({ port }: TestNode) =>
      (await ask(port, '/api/join', { method: 'POST', headers: { host }, body: { code: joinCode } })).status;
    expect([await codeOf(sessionId), (await cluster.ownerOf(sessionId)).node]).toEqual([eventsVersion(), first]);
    expect(await first.end('SIGTERM')).toBe(0);
    expect(await joinsAt(newer)).toBe(200);
    person = await facilitate(newer.url, sessionId, facilitatorSecret);
    expect((await person.send({ type: 'driver.take' })).ok).toBe(true);
    expect([await codeOf(sessionId), (await cluster.ownerOf(sessionId)).node]).toEqual([eventsVersion() + 1, newer]);
    const older = await cluster.restart(first);
    expect(await joinsAt(older)).toBe(200);
    person.close();

    // Its owner ends, and no other node reads it: the visitor is refused for now, and the log says why.
    expect(await newer.end('SIGTERM')).toBe(0);
    expect(await joinsAt(older)).toBe(503);
    expect(older.log()).toContain(
      `"event":"session_of_newer_version","session":"${sessionId}","code":${eventsVersion() + 1}`,
    );
    expect(await cluster.sql('SELECT owner FROM session WHERE id = $1', [sessionId])).toEqual([{ owner: null }]);

    // A newer node is back: the older one sends visitors there, though nobody owned the session.
    const back = await cluster.restart(newer);
    await until('the older node knows it', async () => {
      const { cluster: facts } = (await (await fetch(`${older.url}/healthz`)).json()) as { cluster: { nodes: number } };
      return facts.nodes === 2;
    });
    await until('the older node passes on', async () => (await joinsAt(older)) === 200);
    expect((await cluster.ownerOf(sessionId)).node).toBe(back);
  },
);
