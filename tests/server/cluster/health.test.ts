// What a node of several says of itself: its name holds its address, which only this machine need know.
import { expect, it } from 'vitest';
import { health } from '#server/http/handlers/server-handlers.ts';

const FACTS = { nodes: 2, owned: 1, forwarded: 0, held: 0, ownerChanges: 1, heartbeatMs: 5 };

it.each([
  [true, { node: '10.0.0.7:3000-ab', ...FACTS }],
  [false, FACTS],
])('its name where asked from its own machine: %s', async (isThisMachine, cluster) => {
  const app = {
    cluster: () => ({ node: '10.0.0.7:3000-ab', isLost: false, ...FACTS }),
    registry: { live: () => [] },
    origins: { isThisMachine: () => isThisMachine },
    sockets: () => 0,
    loopLagMs: () => 0,
    version: '1',
  };
  const reply = await health({ app, request: {} } as unknown as Parameters<typeof health>[0]);
  expect(reply).toMatchObject({ status: 200 });
  expect((reply as { json: { cluster: unknown } }).json.cluster).toEqual(cluster);
});
