// Socket.IO as the routes describe it, by the plain client: who gets in, what is understood, what is limited, who hears.

import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ViewPatch } from '#session-core/protocol/messages.ts';
import { closeReason } from '#session-core/protocol/messages-for-programs.ts';
import { type Caller, call, startTestServer, type TestServer } from '#tests/support/test-server.ts';

let server: TestServer;
let session: Awaited<ReturnType<TestServer['create']>>;
const open: Caller[] = [];
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
afterEach(() => {
  for (const caller of open.splice(0)) caller.socket.close();
});

async function enter(auth: object = {}, headers: Record<string, string> = { origin: server.url }): Promise<Caller> {
  const caller = await call(server.url, { sessionId: session.sessionId, ...auth }, headers);
  open.push(caller);
  return caller;
}
async function person(displayName: string, auth: object = {}) {
  const { token, participantId } = await server.join(session.joinCode, displayName);
  return { token, participantId, ...(await enter({ token, ...auth })) };
}
async function leader() {
  const { json } = await server.ask(`/api/sessions/${session.sessionId}/facilitator`, {
    method: 'POST',
    body: { secret: session.facilitatorSecret },
  });
  return { ...json, ...(await enter({ token: json.token })) } as Caller & { token: string; participantId: string };
}
const names = (patch: ViewPatch) => patch.set.map(([path]) => path.join('.'));

describe('connecting', () => {
  beforeAll(async () => {
    session = await server.create({ reusableLink: true });
  });

  it('starts with a snapshot of the view and of oneself', async () => {
    const ana = await person('Ana');
    expect(ana.snapshot()).toMatchObject({
      protocol: 3,
      logId: expect.any(String),
      seq: expect.any(Number),
      youSeq: expect.any(Number),
    });
    expect(ana.snapshot().view.participants[ana.participantId]).toMatchObject({ displayName: 'Ana' });
    expect(ana.snapshot().you).toMatchObject({
      participant: ana.participantId,
      displayName: 'Ana',
      facilitator: false,
    });
  });

  it('by cookie from our page, as a viewer without one, and as a viewer in spite of one', async () => {
    const { token } = await server.join(session.joinCode, 'Cookie');
    const cookie = { origin: server.url, cookie: `cp_${session.sessionId}=${token}` };
    expect((await enter({}, cookie)).snapshot().you?.displayName).toBe('Cookie');
    expect((await enter()).snapshot().you).toBeNull();
    expect((await enter({ viewer: true }, cookie)).snapshot().you).toBeNull();
    expect((await enter({}, { ...cookie, cookie: `cp_${session.sessionId}=old` })).snapshot().you).toBeNull();
  });

  it.each([
    [{ sessionId: 'nope' }, 'not_found'],
    [{ token: 'wrong' }, 'forbidden'],
    [{ sessionId: 7 }, 'invalid'],
    [{ extra: true }, 'invalid'],
    [{ lastSeq: -1 }, 'invalid'],
  ])('is refused with %j', async (auth, code) => {
    await expect(enter(auth)).rejects.toMatchObject({ data: { code, message: expect.any(String) } });
  });

  it('with what it holds gets only what is missing', async () => {
    const ana = await person('Held');
    const { logId, seq, youSeq } = ana.snapshot();
    ana.socket.close();
    await person('Later');
    const socket = io(server.url, {
      path: '/socket',
      transports: ['websocket'],
      forceNew: true,
      auth: { sessionId: session.sessionId, token: ana.token, logId, lastSeq: seq, youSeq },
    });
    const first = await new Promise((resolve) => socket.onAny((event, said) => resolve([event, said[0]])));
    socket.close();
    expect(first).toEqual(['patch', seq]);
  });
});

describe('commands', () => {
  beforeAll(async () => {
    session = await server.create({ reusableLink: true });
  });

  it('are acked with a seq, after the patch that holds it', async () => {
    const [ana, ben] = [await person('Ana'), await person('Ben')];
    const ack = await ana.command({ type: 'suggestion.add', text: 'More trees' });
    expect(ack).toMatchObject({ ok: true, seq: expect.any(Number), about: expect.stringMatching(/^s/) });
    const about = ack.ok ? ack.about : '';
    const last = ana.got.findLast(({ event }) => event === 'patch')?.said as ViewPatch;
    expect(last.seq).toBeGreaterThanOrEqual(ack.ok ? ack.seq : Number.NaN);
    await ben.until<ViewPatch>('patch', (patch) => names(patch).includes(`suggestions.${about}`));
    const own = () => ana.got.filter(({ event }) => event === 'you').length;
    const before = own();
    const voted = await ben.command({ type: 'suggestion.upvote', suggestion: about });
    expect(voted.ok).toBe(true);
    await ben.until<ViewPatch>('you', (patch) => names(patch).some((name) => name.startsWith('votes')));
    await ana.until<ViewPatch>('patch', (patch) => names(patch).includes(`suggestions.${about}.votes`));
    expect(own()).toBe(before);
  });

  it('sent again are answered with the first ack', async () => {
    const ana = await person('Twice');
    const command = { id: 'the-same-id', type: 'hand.raise' };
    const first = await ana.command(command);
    await ana.command({ type: 'hand.lower' });
    expect(await ana.command(command)).toEqual(first);
  });

  let n = 0;
  it.each([
    ['nothing', null],
    ['a text', 'hand.raise'],
    ['a list', []],
    ['no id', { type: 'hand.raise', id: undefined }],
    ['a short id', { type: 'hand.raise', id: 'short' }],
    ['an unknown type', { type: 'driver.fire' }],
    ['a command of the server itself', { type: 'run.report', run: 'r1', report: {} }],
    ['an unknown field', { type: 'hand.raise', loud: true }],
    ['a wrong type', { type: 'suggestion.add', text: 7 }],
    ['a proto', JSON.parse('{"type":"hand.raise","__proto__":{"x":1},"id":"eightchars"}')],
  ])('that are %s are refused with a sentence, and the socket stays', async (_, said) => {
    const ana = await person(`Says ${n++}`);
    const sent =
      said !== null && typeof said === 'object' && !Array.isArray(said) ? { id: 'eight-characters', ...said } : said;
    const ack = await ana.socket.timeout(5_000).emitWithAck('command', sent);
    expect(ack).toMatchObject({
      ok: false,
      rejection: { code: 'invalid', message: expect.stringMatching(/^Invalid request: /) },
    });
    expect(ana.socket.connected).toBe(true);
  });

  it('of a viewer are refused', async () => {
    const viewer = await enter();
    expect(await viewer.command({ type: 'hand.raise' })).toMatchObject({
      ok: false,
      rejection: { code: 'not_joined' },
    });
  });

  it('need no ack callback, and no other event harms', async () => {
    const ana = await person('Careless');
    ana.socket.emit('command', { id: 'no-callback', type: 'hand.raise' });
    ana.socket.emit('command');
    ana.socket.emit('command', 'x', 'y', 'z');
    ana.socket.emit('resync');
    ana.socket.emit('resync', { seq: 'x' });
    ana.socket.emit('snapshot', {});
    await ana.until<ViewPatch>('patch', (patch) => names(patch).some((name) => name.startsWith('hands')));
    expect(ana.socket.connected).toBe(true);
    expect((await server.ask('/healthz')).status).toBe(200);
  });

  it('above what a packet may hold close their own socket alone', async () => {
    const [ana, ben] = [await person('Heavy'), await person('Light')];
    const gone = new Promise((resolve) => ana.socket.on('disconnect', resolve));
    ana.socket.emit('command', { id: 'eightchars', type: 'suggestion.add', text: 'x'.repeat(200_000) });
    await gone;
    expect(await ben.command({ type: 'hand.raise' })).toMatchObject({ ok: true });
  });
});

describe('limits are per person, said in seconds, and close nothing', () => {
  beforeAll(async () => {
    session = await server.create({ reusableLink: true });
  });

  it('eight suggestions, then one each 10 seconds, over all tabs of a person', async () => {
    const ana = await person('Ana');
    const tab = await enter({ token: ana.token, tab: 'two' });
    const add = (by: Caller, n: number) => by.command({ type: 'suggestion.add', text: `Idea ${n}` });
    for (let n = 0; n < 8; n++) expect((await add(n % 2 ? tab : ana, n)).ok).toBe(true);
    const ack = await add(tab, 8);
    expect(ack).toMatchObject({ ok: false, rejection: { code: 'rate_limited', seconds: expect.any(Number) } });
    expect(ack.ok ? '' : ack.rejection.message).toMatch(/Too fast: try again in (9|10) s/);
    const ben = await person('Ben');
    expect((await add(ben, 9)).ok).toBe(true);
    expect(ana.socket.connected && tab.socket.connected).toBe(true);
  });

  it('five votes a second, a few guesses at once; two presses of Run are no fault', async () => {
    const [ana, boss] = [await person('Voter'), await leader()];
    const added = await ana.command({ type: 'suggestion.add', text: 'Vote me' });
    const suggestion = added.ok ? added.about : '';
    const acks = [];
    for (let n = 0; n < 12; n++)
      acks.push(await ana.command({ type: n % 2 ? 'suggestion.upvote' : 'suggestion.unvote', suggestion }));
    const refused = acks.filter((ack) => !ack.ok && ack.rejection.code === 'rate_limited');
    expect(refused.length).toBeGreaterThan(3);
    for (let n = 0; n < 4; n++) expect((await ana.command({ type: 'guess.set', value: n })).ok).toBe(true);
    expect(await ana.command({ type: 'guess.set', value: 2.4 })).toMatchObject({
      rejection: { code: 'rate_limited', seconds: 1 },
    });
    expect((await boss.command({ type: 'run.request' })).ok).toBe(true);
    const other = await leader();
    for (const by of [boss, other, boss]) expect((await by.command({ type: 'run.request' })).ok).toBe(true);
    const runs = Object.values((await enter({ token: other.token })).snapshot().view.runs);
    // The same code is queued once, however often it is asked for.
    expect(runs.filter(({ status }) => status === 'queued' || status === 'running').length).toBeLessThanOrEqual(2);
  });

  it('eight tabs; the ninth closes the oldest, with the reason', async () => {
    const { token } = await server.join(session.joinCode, 'Tabs');
    const tabs: Caller[] = [];
    for (let n = 0; n < 9; n++) tabs.push(await enter({ token, tab: `t${n}` }));
    expect(await tabs[0]?.until('closed')).toEqual({ code: 4429, reason: closeReason(4429) });
    await expect.poll(() => tabs.map(({ socket }) => socket.connected)).toEqual([false, ...Array(8).fill(true)]);
  });
});

describe('audiences', () => {
  beforeAll(async () => {
    session = await server.create({ approveFirst: true, reusableLink: true });
  });

  it('a pending suggestion reaches its author and the facilitators, nobody else', async () => {
    const [ana, ben, boss, viewer] = [await person('Ana'), await person('Ben'), await leader(), await enter()];
    const ack = await ana.command({ type: 'suggestion.add', text: 'A secret thought' });
    const about = ack.ok ? (ack.about ?? '') : '';
    await boss.until<ViewPatch>('patch', (patch) => names(patch).includes(`suggestions.${about}`));
    await ana.until<ViewPatch>('you', (patch) => JSON.stringify(patch).includes('A secret thought'));
    await ben.command({ type: 'hand.raise' });
    await viewer.until<ViewPatch>('patch', (patch) => names(patch).some((name) => name.startsWith('hands')));
    for (const other of [ben, viewer]) expect(JSON.stringify(other.got)).not.toContain('A secret thought');
    expect((await boss.command({ type: 'suggestion.approve', suggestion: about })).ok).toBe(true);
    await viewer.until<ViewPatch>('patch', (patch) => JSON.stringify(patch).includes('A secret thought'));
  });

  it('a participant who shows the secret is moved to the facilitators at once', async () => {
    const ana = await person('Rising');
    const before = ana.got.filter(({ event }) => event === 'snapshot').length;
    await server.ask(`/api/sessions/${session.sessionId}/facilitator`, {
      method: 'POST',
      body: { secret: session.facilitatorSecret },
      token: ana.token,
    });
    await expect.poll(() => ana.got.filter(({ event }) => event === 'snapshot').length).toBe(before + 1);
    expect(ana.snapshot().you?.facilitator).toBe(true);
    expect(ana.snapshot().view).toHaveProperty('pulses');
  });

  it('who is removed is closed on every tab, and does not come back', async () => {
    const [ana, boss] = [await person('Rude'), await leader()];
    const second = await enter({ token: ana.token, tab: 'b' });
    expect((await boss.command({ type: 'participant.remove', participant: ana.participantId })).ok).toBe(true);
    for (const tab of [ana, second]) {
      expect(await tab.until('closed')).toEqual({ code: 4403, reason: closeReason(4403) });
      await expect.poll(() => tab.socket.connected).toBe(false);
    }
    await expect(enter({ token: ana.token })).rejects.toMatchObject({ data: { code: 'removed' } });
    expect((await server.ask(`/api/sessions/${session.sessionId}/me`, { token: ana.token })).status).toBe(401);
  });

  it('resync brings the missing patches or a snapshot, and is never left unanswered', async () => {
    const ana = await person('Hole');
    const { seq, youSeq } = ana.snapshot();
    await ana.command({ type: 'hand.raise' });
    const count = () => ana.got.filter(({ event }) => event === 'patch' || event === 'snapshot').length;
    const before = count();
    ana.socket.emit('resync', { seq, youSeq });
    await expect.poll(count).toBeGreaterThan(before);
    const snapshots = () => ana.got.filter(({ event }) => event === 'snapshot').length;
    const had = snapshots();
    ana.socket.emit('resync', { seq: 0 });
    await expect.poll(snapshots).toBeGreaterThan(had);
  });
});

describe('the log', () => {
  it('holds no secret, token, name or text', async () => {
    const words = [session.facilitatorSecret, session.joinCode, 'A secret thought', 'Rude', 'Rising'];
    for (const word of words) expect(server.log.join('')).not.toContain(word);
  });
});
