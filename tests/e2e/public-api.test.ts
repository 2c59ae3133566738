// A third-party client: uses only what "For tools" in the README documents, with the published y-websocket provider and
// socket.io-client. None of the project's code is used, except to start the server.
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { freePort } from '../support/server-process.ts';
import { type StoryProcess, startStoryProcess } from '../support/story-process.ts';
import { CREATE_KEY } from '../support/story-server.ts';

let server: StoryProcess;
const ends: (() => void)[] = [];
beforeAll(async () => {
  server = await startStoryProcess({ port: await freePort(), env: { CREATE_TOKEN: CREATE_KEY } });
});
afterAll(async () => {
  for (const end of ends) end();
  await server.remove();
});

// biome-ignore lint/suspicious/noExplicitAny: a foreign program knows shapes, not types
type Any = any;

async function post(path: string, body: object, token?: string): Promise<Any> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (token) headers['authorization'] = `Bearer ${token}`;
  const response = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(response.ok, `${path} answered ${response.status}`).toBe(true);
  return response.json();
}
const get = async (path: string): Promise<Any> => (await fetch(server.url + path)).json();

/** A client as the README describes it: snapshot, patches by path, acks. */
function connect(sessionId: string, token: string) {
  const socket: Socket = io(server.url, {
    path: '/socket',
    query: { session: sessionId },
    auth: { sessionId, token },
    forceNew: true,
  });
  ends.push(() => socket.close());
  const held: { view: Any; you: Any } = { view: null, you: null };
  const write = (root: Any, path: string[], value: Any): void => {
    const parent = path.slice(0, -1).reduce((at: Any, key: string) => at[key], root);
    if (value === undefined) delete parent[path.at(-1)!];
    else parent[path.at(-1)!] = value;
  };
  const apply = (root: Any, [_from, _seq, ...changes]: Any[]): void => {
    for (const [path, value, name] of changes)
      if (name === undefined) write(root, path, value);
      else for (const key of Object.keys(value)) write(root, [...path, key, name], value[key]);
  };
  socket.on('snapshot', (snapshot: Any) => Object.assign(held, { view: snapshot.view, you: snapshot.you }));
  socket.on('patch', (patch: Any) => apply(held.view, patch));
  socket.on('you', (patch: Any) => apply(held.you, patch));
  let n = 0;
  const command = (type: string, fields: object = {}): Promise<Any> =>
    socket.timeout(10_000).emitWithAck('command', { id: `walk-${token.slice(0, 8)}-${n++}`, type, ...fields });
  return { socket, held, command };
}

function openText(sessionId: string, token: string) {
  class Authorized extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { headers: { Authorization: `Bearer ${token}` } });
    }
  }
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${server.url.replace('http', 'ws')}/doc`, sessionId, doc, {
    WebSocketPolyfill: Authorized as Any,
    disableBc: true,
  });
  ends.push(() => provider.destroy());
  const text = (path: string): string => doc.getMap<Y.Text>('files').get(path)?.toString() ?? '';
  return { doc, provider, text };
}

it('create, join x2, suggest, vote, hand over driving, type, run, read the metric, ask the model', async () => {
  const { sessionId, joinCode, facilitatorSecret } = await post('/api/sessions', { title: 'A walk' }, CREATE_KEY);
  const facilitator = await post(`/api/sessions/${sessionId}/facilitator`, { secret: facilitatorSecret });
  const ana = await post('/api/join', { code: joinCode, displayName: 'Ana' });
  const ben = await post('/api/join', { code: joinCode, displayName: 'Ben' });
  const [host, a, b] = [facilitator, ana, ben].map(({ token }) => connect(sessionId, token)) as [Any, Any, Any];
  await expect.poll(() => [host, a, b].every(({ held }) => held.view !== null)).toBe(true);

  const added = await a.command('suggestion.add', { text: 'Use how often they failed before' });
  expect(added.ok).toBe(true);
  await expect.poll(() => Object.keys(b.held.view.suggestions)).toHaveLength(1);
  const [suggestion] = Object.keys(b.held.view.suggestions);
  expect((await b.command('suggestion.upvote', { suggestion })).ok).toBe(true);
  await expect.poll(() => host.held.view.suggestions[suggestion as string].votes).toBe(2);
  expect(b.held.you.votes).toContain(suggestion);

  expect((await host.command('driver.take')).ok).toBe(true);
  expect((await host.command('driver.offer', { to: ana.participantId })).ok).toBe(true);
  await expect.poll(() => Boolean(a.held.you.offer)).toBe(true);
  expect((await a.command('driver.accept')).ok).toBe(true);
  await expect.poll(() => b.held.view.driver?.participant).toBe(ana.participantId);

  const [driver, watcher] = [openText(sessionId, ana.token), openText(sessionId, ben.token)];
  await expect.poll(() => driver.text('params.yaml')).toContain('failures: false');
  const params = driver.doc.getMap<Y.Text>('files').get('params.yaml') as Y.Text;
  const at = params.toString().indexOf('failures: false');
  driver.doc.transact(() => {
    params.delete(at + 'failures: '.length, 'false'.length);
    params.insert(at + 'failures: '.length, 'true');
  });
  await expect.poll(() => watcher.text('params.yaml')).toContain('failures: true');

  const asked = await a.command('run.request');
  expect(asked.ok).toBe(true);
  const runs = (): Any[] => Object.values(b.held.view.runs);
  await expect.poll(() => runs().filter((run) => run.status === 'succeeded').length, { timeout: 60_000 }).toBe(2);
  const [before, after] = runs()
    .sort((x, y) => x.requestedAt - y.requestedAt)
    .map((run) => run.metrics['cv.rmse']);
  expect(after).toBeLessThan(before);

  const rows = (await get(`/api/sessions/${sessionId}/runs`)).runs;
  expect(rows.at(-1).metrics['cv.rmse']).toBe(after);
  const whole = await get(`/api/sessions/${sessionId}/runs/${rows.at(-1).id}`);
  expect(whole.stages.map((stage: Any) => stage.name)).toEqual(['prepare', 'train', 'evaluate', 'test']);
  const files = await get(`/api/sessions/${sessionId}/files?revision=${whole.revision}`);
  expect(files.files['params.yaml']).toContain('failures: true');

  // Ben does not drive, so what he types reaches nobody.
  watcher.doc.getMap<Y.Text>('files').get('params.yaml')?.insert(0, '# Ben was here\n');
  await b.command('hand.raise');
  expect((await get(`/api/sessions/${sessionId}/files`)).files['params.yaml']).not.toContain('Ben was here');
  expect(driver.text('params.yaml')).not.toContain('Ben was here');

  // Nor does it keep him from typing once he drives.
  await expect.poll(() => watcher.text('params.yaml')).not.toContain('Ben was here');
  expect((await a.command('driver.offer', { to: ben.participantId })).ok).toBe(true);
  expect((await b.command('driver.accept')).ok).toBe(true);
  await expect.poll(() => b.held.view.driver?.participant).toBe(ben.participantId);
  watcher.doc.getMap<Y.Text>('files').get('params.yaml')?.insert(0, '# Ben drives\n');
  await expect.poll(() => driver.text('params.yaml')).toMatch(/^# Ben drives\n(?!# Ben was)/);

  // The model predicts a new student, and a refusal says which column is missing.
  const ask = async (row: object): Promise<Any> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${ben.token}` };
    const path = `${server.url}/api/sessions/${sessionId}/predict`;
    return (await fetch(path, { method: 'POST', headers, body: JSON.stringify({ row }) })).json();
  };
  const answer = await ask({ age: 17, studytime: 2, failures: 0, absences: 2 });
  expect(answer).toEqual({ prediction: expect.any(Number), run: rows.at(-1).id });
  const refused = await ask({ age: 17, studytime: 2, absences: 2 });
  expect(refused.error).toMatchObject({ code: 'predict_refused', message: expect.stringContaining('failures') });
  expect(refused.error.message).not.toContain('\n');
});
