// What keeps one person from filling a session: budgets of an address, the cap, the lock, a new code, removal for good.
import { afterEach, describe, expect, it } from 'vitest';
import { createJoinWatch } from '#server/session/join-watch.ts';
import type { FacilitatorView } from '#session-core/view/view-types.ts';
import { type Answer, call, startTestServer, type TestServer } from '#tests/support/test-server.ts';

let server: TestServer;
let now = Date.now();
afterEach(() => server.close());

async function open(env: Record<string, string> = {}) {
  now = Date.now();
  server = await startTestServer({ TRUST_PROXY: '1', ...env }, { now: () => now });
  const session = await server.create();
  const { json } = await server.ask(`/api/sessions/${session.sessionId}/facilitator`, {
    method: 'POST',
    body: { secret: session.facilitatorSecret },
  });
  const host = await call(server.url, { sessionId: session.sessionId, token: json.token });
  return { ...session, host };
}
const join = (code: string, address: string, more: { displayName?: string; cookie?: string } = {}): Promise<Answer> => {
  const { cookie, ...body } = more;
  return server.ask('/api/join', {
    method: 'POST',
    body: { code, ...body },
    headers: { 'x-forwarded-for': address, origin: server.url.replace('127.0.0.1', 'localhost') },
    ...(cookie === undefined ? {} : { cookie }),
  });
};
const codeOf = ({ status, json }: Answer) => [status, json.error?.code];

describe('a session', () => {
  it('lets an address bring a class at once, then a few a second; others are not affected', async () => {
    const { joinCode } = await open({ JOINS_PER_ADDRESS: '30' });
    for (let n = 0; n < 30; n++) expect((await join(joinCode, '10.0.0.1')).status).toBe(200);
    const more = await join(joinCode, '10.0.0.1');
    expect(codeOf(more)).toEqual([429, 'rate_limited']);
    expect(more.json.error.seconds).toBe(2);
    expect((await join(joinCode, '10.0.0.2')).status).toBe(200);
    now += 2_000;
    expect((await join(joinCode, '10.0.0.1')).status).toBe(200);
  });

  it('counts an IPv6 network as one address', async () => {
    const { joinCode } = await open({ JOINS_PER_ADDRESS: '1' });
    expect((await join(joinCode, '2001:db8:0:1::1')).status).toBe(200);
    expect((await join(joinCode, '2001:db8:0:1::2')).status).toBe(429);
    expect((await join(joinCode, '2001:db8:0:2::1')).status).toBe(200);
  });

  it('is full at its limit, says so, and still takes those who were there', async () => {
    const { joinCode, host } = await open({ PARTICIPANTS_PER_SESSION: '3' });
    const ana = await join(joinCode, '10.0.0.1');
    expect((await join(joinCode, '10.0.0.2')).status).toBe(200);
    const late = await join(joinCode, '10.0.0.3');
    expect(codeOf(late)).toEqual([403, 'session_full']);
    expect(late.json.error.most).toBe(3);
    const cookie = `cp_${ana.json.sessionId}=${ana.json.token}`;
    expect((await join(joinCode, '10.0.0.1', { cookie })).json.participantId).toBe(ana.json.participantId);
    expect(await host.command({ type: 'participant.remove', participant: ana.json.participantId })).toMatchObject({
      ok: true,
    });
    expect((await join(joinCode, '10.0.0.3')).status).toBe(200);
  });

  it('takes right codes from elsewhere while hundreds of wrong ones are in flight, and later those of the guesser', async () => {
    const { joinCode } = await open();
    const wrong = Array.from({ length: 400 }, () => join('222222', '10.0.0.66'));
    await Promise.race(wrong);
    const right = await Promise.all(Array.from({ length: 30 }, (_, n) => join(joinCode, `10.0.1.${n}`)));
    expect(right.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 200));
    expect((await join(joinCode, '10.0.0.66')).status).toBe(200);
    expect(new Set((await Promise.all(wrong)).map(({ status }) => status))).toEqual(new Set([404, 429]));
  });

  it('lets a hall of 200 in behind one address whose queue of guesses is full', async () => {
    const { joinCode } = await open();
    const LETTERS = 'BCDFGHJKMN';
    const guess = (n: number) =>
      join(`22${[...String(n).padStart(4, '0')].map((digit) => LETTERS[Number(digit)]).join('')}`, '10.0.0.1');
    expect((await join(joinCode, '10.0.0.1')).status).toBe(200);
    for (let n = 0; n < 10; n++) expect((await guess(n)).status).toBe(404);
    // Most of them wait for half a minute; the end of the server ends them.
    const refused = new Promise<Answer>((found) => {
      for (let n = 10; n < 1_260; n++)
        guess(n).then((answer) => answer.json.error?.seconds === 2 && found(answer), Object);
    });
    expect(codeOf(await refused)).toEqual([429, 'rate_limited']);
    now += 1_000;
    const hall = await Promise.all(Array.from({ length: 200 }, () => join(joinCode, '10.0.0.1')));
    expect(hall.filter(({ status }) => status === 200)).toHaveLength(200);
  });

  it('bars the cookie of who was removed, and their name in every other browser', async () => {
    const { joinCode, host } = await open();
    const { json } = await join(joinCode, '10.0.0.1', { displayName: 'Troll' });
    await host.command({ type: 'participant.remove', participant: json.participantId });
    const cookie = `cp_${json.sessionId}=${json.token}`;
    expect(codeOf(await join(joinCode, '10.0.0.1', { cookie, displayName: 'Other' }))).toEqual([403, 'removed']);
    expect(codeOf(await join(joinCode, '10.0.0.9', { displayName: 'troll' }))).toEqual([409, 'display_name_taken']);
  });

  it('can be locked, and its code replaced', async () => {
    const { joinCode, host, sessionId } = await open();
    await host.command({ type: 'session.configure', locked: true });
    expect(codeOf(await join(joinCode, '10.0.0.1'))).toEqual([403, 'session_locked']);
    await host.command({ type: 'session.configure', locked: false });
    expect(await host.command({ type: 'joinCode.rotate' })).toMatchObject({ ok: true });
    const fresh = (await server.instance.registry.open(sessionId))?.state().joinCode ?? '';
    expect(fresh).not.toBe(joinCode);
    expect(codeOf(await join(joinCode, '10.0.0.1'))).toEqual([404, 'no_such_code']);
    expect((await join(fresh, '10.0.0.1')).json.sessionId).toBe(sessionId);
  });

  it('says on the host page that many joined from one address, and removes them together', async () => {
    const { joinCode, host } = await open();
    for (let n = 0; n < 24; n++) await join(joinCode, '10.0.0.1');
    now += 3_000;
    await join(joinCode, '10.0.0.1');
    const said = await host.until<object>('patch', (patch) => JSON.stringify(patch).includes('"seconds":3'));
    expect(JSON.stringify(said)).toContain('"count":25');
    expect(JSON.stringify(host.got)).not.toContain('10.0.0.1');
    const session = server.instance.registry.live()[0];
    const joined = Object.entries(session?.state().participants ?? {}).filter(([, { facilitator }]) => !facilitator);
    await host.command({ type: 'participant.removeAll', participants: joined.map(([id]) => id) });
    expect(Object.values(session?.state().participants ?? {}).filter(({ removed }) => !removed)).toHaveLength(1);
    const again = session?.initialMessages(Object.keys(session.state().participants)[0] ?? '');
    const view = again?.kind === 'snapshot' ? (again.snapshot.view as FacilitatorView) : null;
    expect(view?.joinBurst).toBeUndefined();
  });

  it('takes suggestions and votes of one address at a bounded rate, whatever the number of its tokens', async () => {
    const { joinCode, host } = await open();
    const people = [];
    for (let n = 0; n < 60; n++) {
      const { json } = await join(joinCode, '10.0.0.1');
      people.push(
        await call(server.url, { sessionId: json.sessionId, token: json.token }, { 'x-forwarded-for': '10.0.0.1' }),
      );
    }
    const acks = await Promise.all(
      people.flatMap((one, n) =>
        [0, 1, 2, 3, 4, 5].map((m) => one.command({ type: 'suggestion.add', text: `suggestion ${n} ${m}` })),
      ),
    );
    expect(acks.filter(({ ok }) => ok)).toHaveLength(300);
    expect(await host.command({ type: 'suggestion.add', text: 'from elsewhere' })).toMatchObject({ ok: true });
    for (const one of people) one.socket.close();
  });
});

describe('an address with many tokens', () => {
  const crowd = async (joinCode: string, count: number) => {
    const people = [];
    for (let n = 0; n < count; n++) people.push((await join(joinCode, '10.0.0.1')).json);
    return people;
  };
  const callFrom = ({ sessionId, token }: { sessionId: string; token: string }) =>
    call(server.url, { sessionId, token }, { 'x-forwarded-for': '10.0.0.1' });

  it.each<[what: string, tokens: number, each: number, command: object, most: number]>([
    ['any command', 51, 60, { type: 'hand.lower' }, 3_000],
    ['previews', 51, 6, { type: 'preview.request', suggestion: 's1' }, 300],
    ['guesses and answers', 160, 4, { type: 'guess.set', value: 1 }, 600],
    ['the pace and raised hands', 201, 6, { type: 'pulse.set', value: 'lost' }, 1_200],
  ])('sends %s at a bounded rate', async (_what, tokens, each, command, most) => {
    const { joinCode, host } = await open();
    const people = await Promise.all((await crowd(joinCode, tokens)).map(callFrom));
    const acks = await Promise.all(people.flatMap((one) => Array.from({ length: each }, () => one.command(command))));
    const slowed = (ack: (typeof acks)[number]) => !ack.ok && ack.rejection.code === 'rate_limited';
    expect(acks.filter((ack) => !slowed(ack))).toHaveLength(most);
    expect(slowed(await host.command(command))).toBe(false);
    for (const one of people) one.socket.close();
  });

  it('asks for what costs a child process at a bounded rate', async () => {
    const { joinCode, sessionId } = await open();
    const [first, ...others] = await crowd(joinCode, 40);
    const ask = (token: string, address = '10.0.0.1') =>
      server.ask(`/api/sessions/${sessionId}/expressions`, {
        method: 'POST',
        body: {},
        token,
        headers: { 'x-forwarded-for': address },
      });
    const answers = [];
    for (const { token } of others) for (let n = 0; n < 8; n++) answers.push((await ask(token)).status);
    expect(answers.filter((status) => status === 429)).toHaveLength(39 * 8 - 300);
    expect((await ask(first.token)).status).toBe(429);
    expect((await ask(first.token, '10.0.0.2')).status).not.toBe(429);
  });
});

describe('the watch on joins', () => {
  it('reports a burst of one address, not a class that trickles in', () => {
    let at = 0;
    const watch = createJoinWatch(() => at);
    for (let n = 0; n < 200; n++) {
      at += 500;
      expect(watch.joined('slow', `p${n}`)).toBeNull();
    }
    const reports = Array.from({ length: 45 }, (_, n) => {
      at += 100;
      return watch.joined('fast', `q${n}`);
    }).filter((report) => report !== null);
    expect(reports.map(({ count }) => count)).toEqual(Array.from({ length: 21 }, (_, n) => 25 + n));
    expect(reports[0]).toMatchObject({ seconds: 2, participants: expect.arrayContaining(['q0', 'q24']) });
  });

  it('forgets addresses after some seconds', () => {
    let at = 0;
    const watch = createJoinWatch(() => at);
    for (let n = 0; n < 1_000; n++) watch.joined(`address ${n}`, 'p1');
    at += 11_000;
    watch.joined('another', 'p1');
    expect(watch.size()).toBe(1);
  });
});
