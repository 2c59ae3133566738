// A class of 200 behind one router, who all do the same in the same second, as they were asked to: nobody is refused.
// Harsher than a class, in which it takes half a minute.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import { type Entry, facilitate, type Live, live, type Member, watchText } from '#tests/bench/live/light-client.ts';
import { type Answer, startTestServer, type TestServer } from '#tests/support/test-server.ts';

const PEOPLE = 200;

let server: TestServer;
let session: Awaited<ReturnType<TestServer['create']>>;
let host: Live;
const members: Member[] = [];
let sockets: Live[] = [];
/** Suggestions that were there before. */
const early: string[] = [];

beforeAll(async () => {
  server = await startTestServer();
  session = await server.create();
  host = await live(server.url, await facilitate(server.url, session.sessionId, session.facilitatorSecret));
  for (const text of ['Scale the inputs', 'More trees', 'Drop the name']) {
    const ack = await host.send({ type: 'suggestion.add', text });
    early.push(ack.ok ? (ack.about ?? '') : '');
  }
});
afterAll(async () => {
  for (const socket of [...sockets, host]) socket.close();
  await server.close();
});

const everybody = <T>(act: (member: Member, i: number) => Promise<T>): Promise<T[]> => Promise.all(members.map(act));
const refusals = (answers: readonly Answer[]) =>
  answers.filter(({ status }) => status >= 400).map(({ status, text }) => `${status} ${text}`);
async function all(commands: (i: number) => readonly ClientCommand[]): Promise<string[]> {
  const acks = await Promise.all(sockets.flatMap((socket, i) => commands(i).map((command) => socket.send(command))));
  return acks.flatMap((ack) => (ack.ok ? [] : [ack.rejection.code]));
}
const connect = async () => {
  sockets = await everybody((member) => live(server.url, member));
};

it('joins at once, also those who mistype the code first', async () => {
  const join = (i: number) =>
    server.ask('/api/join', { method: 'POST', body: { code: session.joinCode, displayName: `Guest ${i}` } });
  const mistyped = Array.from({ length: PEOPLE / 5 }, () =>
    server.ask('/api/join', { method: 'POST', body: { code: 'BBBBBB', displayName: 'Oops' } }),
  );
  const answers = await Promise.all(Array.from({ length: PEOPLE }, (_, i) => join(i)));
  expect(refusals(answers)).toEqual([]);
  await Promise.all(mistyped);
  for (const { json } of answers as { json: Entry }[])
    members.push({ ...json, tab: `tab${members.length}`, address: '127.0.0.1' });
  await connect();
});

it('votes three times, suggests, guesses, answers and presses all buttons', async () => {
  await host.send({ type: 'poll.open', question: 'Which model?', choices: ['forest', 'ridge'] });
  const open = await server.instance.registry.open(session.sessionId);
  const [asked = ''] = Object.keys(open?.view().polls ?? {});
  expect(await all(() => early.map((suggestion) => ({ type: 'suggestion.upvote', suggestion })))).toEqual([]);
  expect(await all((i) => [{ type: 'suggestion.add', text: `Idea ${i} of a class of many` }])).toEqual([]);
  expect(
    await all((i) => [
      { type: 'guess.set', value: 2 + i / 1000 },
      { type: 'poll.answer', poll: asked, choice: i % 2 },
      { type: 'pulse.set', value: 'lost' },
      { type: 'hand.raise' },
    ]),
  ).toEqual([]);
});

it('opens Results, the data and the repository', async () => {
  const open = await server.instance.registry.open(session.sessionId);
  const [run = ''] = Object.keys(open?.view().runs ?? {});
  const of = (path: string) => `/api/sessions/${session.sessionId}${path}`;
  for (const path of ['', '/experiments', `/runs/${run}`]) {
    const answers = await everybody(({ token }) => server.ask(of(path), { token }));
    expect([path, ...refusals(answers)]).toEqual([path]);
  }
  // Megabytes each: the status says whether it was refused.
  const statuses = await everybody(async ({ token }) => {
    const response = await fetch(server.url + of('/repository.zip'), { headers: { authorization: `Bearer ${token}` } });
    await response.body?.cancel();
    return response.status;
  });
  expect(new Set(statuses)).toEqual(new Set([200]));
  const links = await everybody(({ token }) => server.ask(of('/clone-links'), { method: 'POST', token }));
  expect(refusals(links)).toEqual([]);
});

it('comes back at once after the Wi-Fi was gone, with page, text and all', async () => {
  for (const socket of sockets) socket.close();
  await connect();
  const texts = await everybody((member) => watchText(server.url, member));
  for (const text of texts) text.close();
  const answers = await everybody(({ token }) => server.ask(`/api/sessions/${session.sessionId}`, { token }));
  expect(refusals(answers)).toEqual([]);
});
