// The HTTP routes to what a session has, and to what its facilitators may export and delete.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, startTestServer, type TestServer } from '#tests/support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const post = (path: string, body: unknown, token?: string) =>
  server.ask(path, { method: 'POST', body, ...(token === undefined ? {} : { token }) });
async function lead(session: { sessionId: string; facilitatorSecret: string }) {
  const { json } = await post(`/api/sessions/${session.sessionId}/facilitator`, { secret: session.facilitatorSecret });
  return json as { participantId: string; token: string };
}

describe('what a session shows', () => {
  it('GET /api/sessions/:id says nothing private', async () => {
    const { sessionId, joinCode, facilitatorSecret } = await server.create({ title: 'Open' });
    await server.join(joinCode, 'Ana');
    const { status, json, text } = await server.ask(`/api/sessions/${sessionId}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({ sessionId, title: 'Open', status: 'open', participants: 1, suggestions: 0 });
    for (const hidden of [joinCode, facilitatorSecret, 'Ana']) expect(text).not.toContain(hidden);
  });

  it('is read without bringing a session into the memory, as long as nobody shows who they are', async () => {
    const { sessionId, joinCode } = await server.create({ title: 'Resting' });
    const { token } = await server.join(joinCode, 'Ana');
    const { registry } = server.instance;
    await registry.rest(sessionId);
    const isLive = () => registry.live().some(({ id }) => id === sessionId);
    for (const [path, status] of Object.entries({ '': 200, '/files': 200, '/runs': 200, '/activity': 200, '/me': 401 }))
      expect([path, (await server.ask(`/api/sessions/${sessionId}${path}`)).status]).toEqual([path, status]);
    expect((await server.ask(`/api/sessions/${sessionId}`)).json).toMatchObject({ title: 'Resting', participants: 1 });
    expect(isLive()).toBe(false);
    expect((await server.ask(`/api/sessions/${sessionId}/me`, { token })).json.displayName).toBe('Ana');
    expect(isLive()).toBe(true);
  });

  it('answers 404 for a session that is not there, on every route of a session', async () => {
    for (const path of ['', '/files', '/runs', '/runs/r1', '/me', '/activity', '/export/votes.csv', '/guest-types']) {
      const { status, json } = await server.ask(`/api/sessions/nope${path}`);
      expect([path, status, json.error.code]).toEqual([path, 404, 'not_found']);
    }
  });

  it('GET files: the texts of a revision', async () => {
    const { sessionId } = await server.create();
    const { json } = await server.ask(`/api/sessions/${sessionId}/files`);
    expect(json).toMatchObject({
      revision: expect.any(Number),
      files: { 'dvc.yaml': expect.stringContaining('stages:') },
    });
    expect(json.data).toEqual([
      {
        path: expect.stringMatching(/^data\/raw\//),
        rows: expect.any(Number),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
    const first = await server.ask(`/api/sessions/${sessionId}/files?revision=1`);
    expect(first.json.revision).toBe(1);
    expect((await server.ask(`/api/sessions/${sessionId}/files?revision=99`)).status).toBe(404);
    expect((await server.ask(`/api/sessions/${sessionId}/files?revision=1e3`)).status).toBe(400);
  });

  it('GET runs and one run whole, without the hold-out score where it is hidden', async () => {
    const { sessionId } = await server.create({ holdout: 'hidden' });
    const rows = async (): Promise<{ id: string; status: string }[]> =>
      (await server.ask(`/api/sessions/${sessionId}/runs`)).json.runs;
    await expect.poll(async () => (await rows())[0]?.status, { timeout: 5_000 }).toBe('succeeded');
    const id = (await rows())[0]?.id;
    const { json, text } = await server.ask(`/api/sessions/${sessionId}/runs/${id}`);
    expect(json).toMatchObject({
      id: id,
      kind: 'main',
      metrics: { 'cv.rmse': 2.5 },
      log: [],
      plots: [],
      revision: 1,
    });
    expect(text).not.toContain('holdout');
    expect((await server.ask(`/api/sessions/${sessionId}/runs/r999`)).status).toBe(404);
    const errors = await server.ask(`/api/sessions/${sessionId}/runs/${id}/errors`);
    expect([errors.status, errors.json]).toEqual([200, { errors: null, classes: null }]);
    expect((await server.ask(`/api/sessions/${sessionId}/runs/r999/errors`)).status).toBe(404);
  });

  it('POST predict: for those who joined', async () => {
    const { sessionId, joinCode } = await server.create();
    const path = `/api/sessions/${sessionId}/predict`;
    await expect
      .poll(async () => (await server.ask(`/api/sessions/${sessionId}/runs`)).json.runs[0]?.status)
      .toBe('succeeded');
    expect((await post(path, { row: { age: 17 } })).status).toBe(401);
    const { token } = await server.join(joinCode);
    const { status, json } = await post(path, { row: { age: 17, school: 'GP' } }, token);
    expect([status, json]).toEqual([200, { prediction: 11.5, run: expect.any(String) }]);
    expect((await post(path, { row: { age: null } }, token)).status).toBe(400);
    const leak = await post(path, { row: { age: 17, G1: 12 } }, token);
    expect([leak.status, leak.json.error.code, leak.json.error.message]).toEqual([
      400,
      'invalid',
      expect.stringContaining('`row.G1` may not be given'),
    ]);
  });

  it('GET me: who the cookie says you are', async () => {
    const { sessionId, joinCode } = await server.create();
    const { token, participantId } = await server.join(joinCode, 'Ana');
    const path = `/api/sessions/${sessionId}/me`;
    const me = { sessionId, participantId, displayName: 'Ana', facilitator: false };
    expect((await server.ask(path, { cookie: `cp_${sessionId}=${token}` })).json).toEqual(me);
    expect((await server.ask(path, { token })).json).toEqual(me);
    for (const asking of [
      {},
      { token: 'wrong' },
      { cookie: `cp_${sessionId}=wrong` },
      { cookie: `cp_other=${token}` },
    ]) {
      const { status, json } = await server.ask(path, asking);
      expect([status, json.error.code]).toEqual([401, 'not_joined']);
    }
    expect((await server.ask(`${path}?token=${token}`)).status).toBe(401);
  });

  it('GET display-name, checkpoints, guest-types, activity', async () => {
    const { sessionId } = await server.create();
    expect((await server.ask('/api/display-name')).json.displayName).toMatch(/^\w+ \w+$/);
    const [{ checkpoints, tasks }] = (await server.ask('/api/courses')).json.courses;
    expect(tasks.map(({ id, checkpoint }: Record<string, string>) => [id, checkpoint])).toEqual([
      ['grades', '1-start'],
      ['second-question', '6-second-question'],
      ['pass', '8-pass'],
    ]);
    expect(checkpoints.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['1-start', '3-forest']),
    );
    expect((await server.ask(`/api/sessions/${sessionId}/activity`)).json.activity).toBeInstanceOf(Array);
    const { files } = (await server.ask(`/api/sessions/${sessionId}/guest-types`)).json;
    expect(Object.keys(files).join()).toContain('workshop');
  });
});

describe('a facilitator link whose answer was lost', () => {
  it('lets the same attempt in again, as the same person, and no other', async () => {
    const { sessionId, facilitatorSecret: secret } = await server.create();
    const path = `/api/sessions/${sessionId}/facilitator`;
    const attempt = 'a-random-word-of-the-page';
    const { json: first } = await post(path, { secret, attempt });
    const { json: again } = await post(path, { secret, attempt });
    expect(again).toEqual(first);
    for (const other of [{ secret }, { secret, attempt: `${attempt}2` }, { secret: `${secret}2`, attempt }])
      expect((await post(path, other)).json.error.code).toBe('wrong_secret');
    // Who opens an old link with their own cookie is in anyway.
    expect((await post(path, { secret }, first.token)).json.participantId).toBe(first.participantId);
  });

  it('makes nobody a facilitator again who was removed', async () => {
    const made = await server.create();
    const host = await lead(made);
    const { json } = await post(`/api/sessions/${made.sessionId}/facilitator-links`, {}, host.token);
    const path = `/api/sessions/${made.sessionId}/facilitator`;
    const body = { secret: json.secret, attempt: 'a-random-word-of-the-page' };
    const second = (await post(path, body)).json;
    const caller = await call(server.url, { sessionId: made.sessionId, token: host.token });
    await caller.command({ type: 'participant.remove', participant: second.participantId });
    expect((await post(path, body)).json.error.code).toBe('wrong_secret');
    expect((await post(path, body, second.token)).json.error.code).toBe('wrong_secret');
    caller.socket.close();
  });
});

describe('what a facilitator may', () => {
  it('DELETE: everything of it is gone; nobody else may', async () => {
    const session = await server.create();
    const path = `/api/sessions/${session.sessionId}`;
    const { token } = await server.join(session.joinCode);
    const leader = await lead(session);
    expect((await server.ask(path, { method: 'DELETE' })).status).toBe(401);
    expect((await server.ask(path, { method: 'DELETE', token })).status).toBe(403);
    const gone = await server.ask(path, { method: 'DELETE', token: leader.token });
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect((await server.ask(path)).status).toBe(404);
  });

  it('export suggestions, votes and runs; votes name nobody', async () => {
    const session = await server.create();
    const leader = await lead(session);
    const ana = await server.join(session.joinCode, 'Ana');
    const ben = await server.join(session.joinCode, 'Ben');
    const [a, b] = [
      await call(server.url, { sessionId: session.sessionId, token: ana.token }),
      await call(server.url, { sessionId: session.sessionId, token: ben.token }),
    ];
    const added = await a.command({ type: 'suggestion.add', text: '=more "trees", please' });
    const suggestion = added.ok ? added.about : undefined;
    await b.command({ type: 'suggestion.upvote', suggestion });
    await b.command({ type: 'suggestion.unvote', suggestion });
    await a.command({ type: 'participant.credit', name: 'Ana Costa' });
    for (const one of [a, b]) one.socket.close();
    const take = (file: string, token?: string) =>
      server.ask(`/api/sessions/${session.sessionId}/export/${file}`, token === undefined ? {} : { token });
    expect((await take('votes.csv', ana.token)).status).toBe(403);
    expect((await take('votes.csv')).status).toBe(401);
    expect((await take('people.csv', leader.token)).status).toBe(404);
    expect((await take('votes.xml', leader.token)).status).toBe(404);

    const csv = await take('suggestions.csv', leader.token);
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.headers['content-disposition']).toContain('attachment; filename="suggestions-');
    expect(csv.text.startsWith('\uFEFFid,at,author,text,')).toBe(true);
    expect(csv.text).toContain(`,Ana,"'=more ""trees"", please",open,`);
    expect(csv.text.trimEnd().endsWith(',Ana Costa')).toBe(true);
    const acts = (await take('activity.json', leader.token)).json as {
      by: string | null;
      what: string;
      sentence: string;
    }[];
    expect(acts[0]).toMatchObject({ seq: 1, by: null, what: 'session_created', sentence: 'the session was opened' });
    expect(acts.some(({ by, what }) => by === 'Ana' && what === 'suggestion_added')).toBe(true);
    const votes = (await take('votes.json', leader.token)).json;
    expect(votes.map((row: { change: number; votes: number }) => [row.change, row.votes])).toEqual([
      [1, 1],
      [1, 2],
      [-1, 1],
    ]);
    expect(JSON.stringify(votes)).not.toMatch(new RegExp(`Ana|Ben|"${ana.participantId}"|"${ben.participantId}"`));
    const runs = await take('runs.csv', leader.token);
    expect(runs.text).toContain('cv.rmse');
  });
});
