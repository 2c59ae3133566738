// The people of a session by page: who they are, who is there, whom a search finds; the view counts all of them.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { LIMITS } from '#session-core/model/limits.ts';
import { type Caller, call, startTestServer, type TestServer } from '#tests/support/test-server.ts';

let server: TestServer;
let session: Awaited<ReturnType<TestServer['create']>>;
const open: Caller[] = [];
const MANY = LIMITS.peopleShown + 30;
const ids: string[] = [];
beforeAll(async () => {
  server = await startTestServer();
  session = await server.create();
  for (let i = 0; i < MANY; i += 1) {
    const { participantId, token } = await server.join(session.joinCode, `Guest ${i}`);
    ids.push(participantId);
    if (i === MANY - 1) open.push(await call(server.url, { sessionId: session.sessionId, token }));
  }
  // Who is connected is shown with the next flush.
  await vi.waitFor(async () => expect((await people('?online=true')).total).toBe(1));
});
afterAll(async () => {
  for (const caller of open) caller.socket.close();
  await server.close();
});
const people = async (query = '') => (await server.ask(`/api/sessions/${session.sessionId}/people${query}`)).json;

it('come who joined last first, by page', async () => {
  const first = await people();
  expect(first.total).toBe(MANY);
  expect(first.people).toHaveLength(200);
  expect(first.people[0]).toEqual({
    id: ids.at(-1),
    displayName: `Guest ${MANY - 1}`,
    online: true,
    facilitator: false,
  });
  const second = await people('?from=200&most=2000');
  expect([...first.people, ...second.people].map(({ id }) => id)).toEqual(ids.toReversed());
});

it('are found by name, and by being there', async () => {
  expect((await people('?search=GUEST%2022')).people.map((one: { id: string }) => one.id)).toEqual([
    ...ids.slice(220, 230).toReversed(),
    ids[22],
  ]);
  expect((await people('?online=true')).people.map((one: { id: string }) => one.id)).toEqual([ids.at(-1)]);
  expect((await people('?online=false')).total).toBe(MANY - 1);
  for (const wrong of ['?most=0', '?most=2001', '?from=-1', '?online=maybe'])
    expect((await server.ask(`/api/sessions/${session.sessionId}/people${wrong}`)).status, wrong).toBe(400);
});

it('are not all in a snapshot, but counted, and named where they do something', async () => {
  const { token } = await server.join(session.joinCode, 'One more');
  const viewer = await call(server.url, { sessionId: session.sessionId, token, viewer: true });
  open.push(viewer);
  const { view } = viewer.snapshot();
  expect(Object.keys(view.participants)).toEqual(ids.slice(0, LIMITS.peopleShown));
  expect(view.people).toEqual({ all: MANY + 1, guests: MANY + 1, online: 1 });
  const last = open[0]!;
  await last.command({ type: 'hand.raise' });
  const raised = (await server.instance.registry.open(session.sessionId))!.view();
  expect(raised.hands).toEqual([ids.at(-1)]);
  expect(raised.participants[ids.at(-1)!]?.displayName).toBe(`Guest ${MANY - 1}`);
  await last.command({ type: 'hand.lower' });
  // Who goes on being in the activity list is named in it.
  const { activity, participants } = (await server.instance.registry.open(session.sessionId))!.view();
  for (const { by } of activity) if (by !== null) expect(participants[by]).toBeDefined();
  const about = await server.ask(`/api/sessions/${session.sessionId}`);
  expect(about.json.participants).toBe(MANY + 1);
});
