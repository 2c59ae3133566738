// The pages' HTTP client: requests made from the contract, answers read by it, and what does not fit is a refusal.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ask } from '#app/_session/http.ts';
import { MOST_CELL } from '#session-core/protocol/http-api/row-body.ts';
import { deleteRoute, joinRoute } from '#session-core/protocol/http-api/session-routes.ts';
import { filesRoute, predictRoute } from '#session-core/protocol/http-api/work-routes.ts';

afterEach(() => vi.unstubAllGlobals());

function answering(status: number, body: unknown) {
  const asked: { url: string; init: RequestInit }[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push({ url, init });
    return new Response(status === 204 ? null : typeof body === 'string' ? body : JSON.stringify(body), { status });
  });
  return asked;
}
const files = { revision: 3, files: { 'dvc.yaml': 'stages:' }, data: [{ path: 'a.csv', rows: 1, sha256: 'f' }] };

describe('a request', () => {
  it('has its parts in path, query and body', async () => {
    const asked = answering(200, files);
    await ask(filesRoute, { params: { id: 'a/b' }, query: { revision: '3' } });
    await ask(filesRoute, { params: { id: 's1' } });
    await ask(joinRoute, { body: { code: 'ABCDEF' } });
    expect(asked.map(({ url, init }) => [init.method, url, init.body])).toEqual([
      ['GET', '/api/sessions/a%2Fb/files?revision=3', undefined],
      ['GET', '/api/sessions/s1/files', undefined],
      ['POST', '/api/join', '{"code":"ABCDEF"}'],
    ]);
  });
});

describe('a body that the server would refuse', () => {
  it.each([
    [{ x: 'x'.repeat(MOST_CELL + 1) }, 'invalid', /`row\.x` may have at most 200 characters/],
    [Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`c${n}`, 1])), 'invalid', /`row`.* at most 200 entries/],
    [{ x: '漢'.repeat(30_000) }, 'too_large', /at most 65536 bytes/],
  ])('is not sent, and the sentence names the limit', async (row, code, sentence) => {
    const asked = answering(200, { prediction: 1, run: 'r1' });
    const answer = await ask(predictRoute, { params: { id: 's1' }, body: { row } });
    expect(answer).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(sentence) } });
    expect(asked).toEqual([]);
  });
});

describe('an answer', () => {
  const read = () => ask(filesRoute, { params: { id: 's1' } });

  it('is read by the schema of its route; what a newer server adds is left out', async () => {
    answering(200, { ...files, later: true });
    expect(await read()).toEqual({ ok: true, value: files });
  });

  it('of 204 is null', async () => {
    answering(204, null);
    expect(await ask(deleteRoute, { params: { id: 's1' } })).toEqual({ ok: true, value: null });
  });

  it.each([null, [], {}, { ...files, revision: '3' }, { ...files, files: { a: 1 } }])(
    'that does not fit is a refusal: %j',
    async (body) => {
      answering(200, body);
      expect(await read()).toMatchObject({ ok: false, error: { status: 200, code: 'unreadable' } });
    },
  );

  it('that refuses keeps code, sentence and seconds', async () => {
    const error = { code: 'a_later_code', message: 'Too fast.', seconds: 4, who: 'you' };
    answering(429, { error });
    expect(await read()).toEqual({
      ok: false,
      error: { status: 429, code: 'a_later_code', message: 'Too fast.', seconds: 4 },
    });
  });

  it('that refuses without saying why gets a sentence', async () => {
    answering(502, { fault: 'a proxy' });
    expect(await read()).toMatchObject({ ok: false, error: { status: 502, code: 'unknown' } });
  });

  it('that is no JSON, or none at all, is "unreached"', async () => {
    answering(502, '<html>');
    expect(await read()).toMatchObject({ ok: false, error: { code: 'unreached' } });
  });
});
