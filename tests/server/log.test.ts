// A session as it is played, with its log at `info`: every event that an operator needs is there with its ids, and no
// display name, text, token, code or secret is.
import { once } from 'node:events';
import * as encoding from 'lib0/encoding';
import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { createLog, factsOf } from '#server/platform/log.ts';
import { redactedLines, redactedMessage } from '#server/platform/redact.ts';
import { StorageUnavailable } from '#server/storage/storage.ts';
import { createGatedStorage } from '../support/gated-storage.ts';
import { createManualPool } from '../support/manual-pool.ts';
import { call, startTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** Everything that participants bring, each findable. */
const WORDS = {
  title: 'Titlewort of a session',
  ana: 'Anneliese Q',
  ben: 'Benvolio Z',
  suggestion: 'Suggestionwort: drop a column',
  typed: 'Typedwort;',
  credit: 'Creditwort Name',
  question: 'Questionwort?',
  unknown: 'Unknownwort',
  thrown: 'Thrownwort',
  code: 'WRTCDE',
} as const;

describe('the log of a session', () => {
  it('has each event with its ids, and nothing of what people wrote', async () => {
    const storage = createGatedStorage();
    const pool = createManualPool();
    server = await startTestServer({}, { storage: storage.storage, pool });
    const made = await server.create({ title: WORDS.title });
    const { sessionId, joinCode, facilitatorSecret } = made;
    const ana = await server.join(joinCode, WORDS.ana);
    const ben = await server.join(joinCode, WORDS.ben);
    const origin = { origin: server.url };
    const enter = (secret: string) =>
      server!.ask(`/api/sessions/${sessionId}/facilitator`, { method: 'POST', body: { secret }, headers: origin });
    expect((await enter(WORDS.unknown.repeat(2))).status).toBe(403);
    const host = (await enter(facilitatorSecret)).json;
    expect((await server.ask('/api/join', { method: 'POST', body: { code: WORDS.code } })).status).toBe(404);
    expect((await server.ask('/api/join', { method: 'POST', body: `{"code": "${WORDS.unknown}` })).status).toBe(400);
    await server.ask(`/api/sessions/${sessionId}/files?${WORDS.unknown}=1`, { token: ana.token });

    const asHost = await call(server.url, { sessionId, token: host.token });
    const asAna = await call(server.url, { sessionId, token: ana.token });
    const added = await asAna.command({ type: 'suggestion.add', text: WORDS.suggestion });
    expect(added.ok).toBe(true);
    await asAna.command({ type: 'participant.credit', name: WORDS.credit });
    await asHost.command({ type: 'poll.open', question: WORDS.question });
    for (const refused of [
      { type: WORDS.unknown },
      { type: 'hand.raise', [WORDS.unknown]: 1 },
      { type: 'suggestion.approve', suggestion: WORDS.unknown },
    ])
      expect(await asAna.command(refused)).toMatchObject({ ok: false });
    await expect(call(server.url, { sessionId, token: WORDS.unknown.repeat(2) })).rejects.toThrow();

    // An edit without the driver role.
    const text = new WebSocket(`${server.url.replace('http', 'ws')}/doc/${sessionId}?v=1`, {
      headers: { authorization: `Bearer ${ben.token}` },
    });
    await once(text, 'open');
    const doc = new Y.Doc();
    doc.getMap('files').set('README.md', new Y.Text(WORDS.typed));
    const frame = encoding.createEncoder();
    for (const part of [0, 2]) encoding.writeVarUint(frame, part);
    encoding.writeVarUint8Array(frame, Y.encodeStateAsUpdate(doc));
    text.send(encoding.toUint8Array(frame));
    const lines = () => server!.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    const named = (event: string) => lines().filter((line) => line['event'] === event);
    await expect.poll(() => named('edit_refused')).toHaveLength(1);
    text.close();

    pool.jobs[0]!.tell({ type: 'started' });
    pool.jobs[0]!.finish({
      status: 'failed',
      error: { stage: WORDS.thrown, kind: 'limit', code: 'memory', facts: { mb: 300 } },
    });
    await expect.poll(() => named('run_ended')).toHaveLength(1);

    storage.fail(new StorageUnavailable('no space', 'full'));
    expect(await asAna.command({ type: 'hand.raise' })).toMatchObject({ ok: false });
    storage.fail(null);
    await expect.poll(() => named('storage_works_again')).toHaveLength(1);

    // Our own bug, whose message quotes what it choked on.
    storage.fail(new SyntaxError(`Unexpected token, "${WORDS.suggestion}" of '${WORDS.ana}' is not valid JSON`));
    await expect(asAna.command({ type: 'hand.raise' })).rejects.toThrow('disconnected');
    storage.fail(null);
    await expect.poll(() => named('session_fault')).toHaveLength(1);

    const remove = await call(server.url, { sessionId, token: host.token });
    expect(await remove.command({ type: 'participant.remove', participant: ben.participantId })).toMatchObject({
      ok: true,
    });
    await expect.poll(() => named('removed')).toHaveLength(1);
    expect((await server.ask(`/api/sessions/${sessionId}`, { method: 'DELETE', token: host.token })).status).toBe(204);
    for (const caller of [asHost, asAna, remove]) caller.socket.close();

    const ids = { session: sessionId, request: expect.stringMatching(/^\w{6}-\w+$/) };
    const expected: Record<string, object> = {
      session_created: { ...ids, course: expect.any(String) },
      joined: { ...ids, participant: ana.participantId, facilitator: false, people: 1 },
      wrong_facilitator_secret: { ...ids, level: 'warn' },
      facilitator_login: { ...ids, participant: host.participantId },
      request_refused: { request: ids.request, code: 'no_such_code', route: 'join' },
      command_refused: { ...ids, participant: ana.participantId, code: 'invalid', type: '' },
      connection_refused: { socket: 'commands', code: 'forbidden' },
      edit_refused: { session: sessionId, participant: ben.participantId, code: 'not-driver' },
      run_ended: {
        session: sessionId,
        run: expect.stringMatching(/^r\d+$/),
        kind: 'main',
        result: 'failed',
        reason: 'memory',
        ms: 5,
      },
      storage_unavailable: { session: sessionId, cause: 'full', level: 'error' },
      session_fault: {
        session: sessionId,
        error: 'SyntaxError',
        message: 'Unexpected token, ... is not valid JSON',
        stack: expect.arrayContaining([expect.stringContaining('tests/server/log.test.ts')]),
      },
      removed: { ...ids, participant: ben.participantId, by: host.participantId },
      session_deleted: { ...ids, participant: host.participantId, cause: 'facilitator' },
    };
    for (const [event, facts] of Object.entries(expected))
      expect(named(event), event).toContainEqual(expect.objectContaining(facts));

    const secrets = [facilitatorSecret, joinCode, ana.token, ben.token, host.token];
    const whole = server.log.join('\n');
    for (const hidden of [...Object.values(WORDS), ...secrets])
      for (const form of [hidden, hidden.split(/[ :]/)[0]!, JSON.stringify(hidden).slice(1, -1)])
        expect(whole.toLowerCase(), hidden).not.toContain(form.toLowerCase());
  });

  it('has one line of a kind of refusal in ten seconds, and then how many were left out', () => {
    let now = 0;
    const lines: string[] = [];
    const log = createLog(
      'info',
      (line) => void lines.push(line),
      () => now,
    );
    for (let i = 0; i < 500; i += 1) log.sampled('command_refused', { session: 's', code: 'rate_limited' });
    log.sampled('command_refused', { session: 't', code: 'rate_limited' });
    now = 10_000;
    log.sampled('command_refused', { session: 's', code: 'rate_limited' });
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[2]!)).toMatchObject({ session: 's', left_out: 499 });
    // Made-up kinds do not fill the memory: the oldest is forgotten.
    for (let i = 0; i < 2_000; i += 1) log.sampled('command_refused', { session: String(i), code: 'x' });
    log.sampled('command_refused', { session: '0', code: 'x' });
    expect(JSON.parse(lines.at(-1)!)).not.toHaveProperty('left_out');
    createLog('warn', (line) => void lines.push(line)).sampled('command_refused', { code: 'x' });
    expect(lines).toHaveLength(3 + 2_001);
  });
});

describe('an exception in the log', () => {
  it.each([
    [`Unexpected token 'A', "Anna said "hi"..." is not valid JSON`, 'Unexpected token ... is not valid JSON'],
    ['Invalid regular expression: /Anna(/: Unterminated group', 'Invalid regular expression: ... Unterminated group'],
    ["ENOENT: no such file or directory, open '/home/anna/x'", 'ENOENT: no such file or directory, open ...'],
    ['first line\nAnna in the second', 'first line'],
    ['bad token AAAAAAAAAAAAAAAAAAAAAAAA.', 'bad token ....'],
    ['who is Ännä', 'who is ...nn...'],
    ["can't read", "can't read"],
  ])('%s', (message, logged) => {
    expect(redactedMessage(message)).toBe(logged);
  });

  it('has the frames of our files by their paths in the project', () => {
    const facts = factsOf(new TypeError('x'));
    expect(facts).toMatchObject({ error: 'TypeError', message: 'x' });
    expect((facts['stack'] as string[])[0]).toMatch(/^tests\/server\/log\.test\.ts:\d+:\d+$/);
    const quoting = new Error('bad line:\n    at Anna Muster (x.ts:1:2)\n    at server/secret text');
    expect(JSON.stringify(factsOf(quoting))).not.toMatch(/Anna|secret text/);
    expect(factsOf(quoting)['stack']).not.toEqual([]);
    expect(redactedLines(`E: 'Anna'\n    at f (file:///x/y.ts:1:2)\nAnna`)).toBe('E: ... | f (/x/y.ts:1:2)');
    expect(factsOf('Anna')).toEqual({ error: 'string' });
  });
});
