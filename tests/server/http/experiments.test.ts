// The routes of runs beside each other: by number or id, an empty answer to who has it already, private previews for their
// author alone.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';

let server: TestServer;
let session: Awaited<ReturnType<TestServer['create']>>;
beforeAll(async () => {
  server = await startTestServer();
  session = await server.create();
});
afterAll(() => server.close());

const at = (path: string) => `/api/sessions/${session.sessionId}${path}`;
const listed = async (): Promise<{ id: string; status: string }[]> => (await server.ask(at('/runs'))).json.runs;

it('names a run by its id or by its number, and says which one is not there', async () => {
  await expect.poll(async () => (await listed()).map(({ status }) => status)).toEqual(['succeeded']);
  const [run] = await listed();
  const byNumber = await server.ask(at('/compare/1/1'));
  expect(byNumber.json).toMatchObject({ before: run?.id, after: run?.id, params: [], code: [], errors: null });
  expect((await server.ask(at(`/compare/${run?.id}/1`))).json).toEqual(byNumber.json);
  const missing = await server.ask(at('/compare/1/7'));
  expect([missing.status, missing.json.error]).toMatchObject([404, { code: 'not_found', what: 'run', id: '7' }]);
  expect((await server.ask(at('/compare/constructor/1'))).status).toBe(404);
});

it.each(['/compare/1/1', '/experiments'])('%s is sent once', async (path) => {
  const first = await server.ask(at(path));
  const { etag = '' } = first.headers;
  expect([first.status, etag]).toEqual([200, expect.stringMatching(/^"[\w-]{22}"$/)]);
  const again = await server.ask(at(path), { headers: { 'if-none-match': `"other", W/${etag}` } });
  expect([again.status, again.text, again.headers.etag]).toEqual([304, '', etag]);
  expect((await server.ask(at(path), { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
});

it('compares a private preview for its author alone', async () => {
  const author = await server.join(session.joinCode, 'Ana');
  const other = await server.join(session.joinCode, 'Ben');
  const live = (await server.instance.registry.open(session.sessionId))!;
  const [line = ''] = ((await live.files())?.files['params.yaml'] ?? '').split('\n');
  const patch = {
    revision: live.state().revision,
    files: [{ path: 'params.yaml', hunks: [{ fromLine: 1, removed: [line], added: [`${line} # mine`] }] }],
  };
  const ack = await live.send(
    { type: 'preview.request', patch },
    { participant: author.participantId, tab: 'tab-ana-1', commandId: 'command-ana-0001' },
  );
  expect(ack.ok).toBe(true);
  const run = ack.ok ? ack.about : '';
  await expect.poll(() => live.state().runs[run ?? '']?.status).toBe('succeeded');
  const seen = await server.ask(at(`/compare/1/${run}`), { token: author.token });
  expect(seen.json.code).toMatchObject([{ path: 'params.yaml' }]);
  expect((await server.ask(at(`/compare/1/${run}`), { token: other.token })).status).toBe(404);
  expect((await server.ask(at(`/compare/1/${run}`))).status).toBe(404);
});
