// The loop with a still clock, a sandbox on a string and a disk in memory: order, acks, flushes, resends, views.
import { afterEach, describe, expect, it } from 'vitest';
import type { LiveSession } from '#server/session/session-api.ts';
import type { ViewPatch } from '#session-core/protocol/messages.ts';
import { settle } from '../../support/fake-clock.ts';
import { createGatedStorage } from '../../support/gated-storage.ts';
import { joinAs, newSession, openSessions, WORKSPACE, watch } from '../../support/registry-kit.ts';

const { open, closeAll } = openSessions();
afterEach(closeAll);

describe('creating', () => {
  it('stores the checkpoint as revision 1 and starts its first run', async () => {
    const { kit, session } = await open();
    expect(session.state().revision).toBe(1);
    expect(await session.files(1)).toEqual({ revision: 1, files: WORKSPACE });
    expect(kit.pool.jobs).toHaveLength(1);
    expect(kit.pool.jobs[0]?.job).toMatchObject({ kind: 'main', files: WORKSPACE, sessionId: session.id });
    expect(kit.pool.jobs[0]?.job.cacheDir).toContain(session.id);
  });

  it('is found by id, join code and as the newest, and is one object to everybody', async () => {
    const { kit, session } = await open();
    expect(await kit.registry.open(session.id)).toBe(session);
    expect(await kit.registry.byJoinCode(newSession.joinCode)).toBe(session);
    expect(await kit.registry.newest()).toBe(session);
    expect(await kit.registry.open('nowhere')).toBeNull();
    const again = await kit.restart();
    const [one, two] = await Promise.all([again.open(session.id), again.byJoinCode(newSession.joinCode)]);
    expect(one).toBe(two);
    expect(one?.state()).toEqual({ ...session.state(), ...runsOf(one) });
  });
});

/** A restart interrupts what ran; everything else is the same. */
const runsOf = (session: LiveSession | null) => {
  const { runs, seq, activity } = session!.state();
  return { runs, seq, activity };
};

describe('the loop', () => {
  it('stores what queued during an append as one append, in order', async () => {
    const gate = createGatedStorage();
    const { kit, session, host } = await open({ storage: gate.storage });
    gate.hold();
    const before = gate.appends.length;
    const first = host.say({ type: 'suggestion.add', text: 'one' });
    await settle();
    const rest = ['two', 'three', 'four'].map((text) => host.say({ type: 'suggestion.add', text }));
    await settle();
    expect(gate.appends.length).toBe(before);
    gate.release();
    await settle();
    expect(gate.appends.slice(before)).toEqual([1, 3]);
    await kit.clock.advance(60);
    expect((await Promise.all([first, ...rest])).every((ack) => ack.ok)).toBe(true);
    expect(Object.values(session.state().suggestions).map((card) => card.text)).toEqual([
      'one',
      'two',
      'three',
      'four',
    ]);
  });

  it('stores every text that an event of one commit names, however many commands wait with it', async () => {
    const gate = createGatedStorage();
    const { kit, session, host } = await open({ storage: gate.storage });
    const changed = (fromLine: number, removed: string, added: string) => ({
      revision: 1,
      files: [{ path: 'params.yaml', hunks: [{ fromLine, removed: [removed], added: [added] }] }],
    });
    // A preview would have stored the text before.
    const off = host.say({ type: 'session.configure', previews: 'off' });
    await kit.clock.advance(60);
    expect((await off).ok).toBe(true);
    const suggest = (text: string, patch: ReturnType<typeof changed>) =>
      host.say({ type: 'suggestion.add', text, patch });
    const made = Promise.all([
      suggest('more trees', changed(3, 'trees: 100', 'trees: 200')),
      suggest('failures too', changed(2, 'failures: false', 'failures: true')),
    ]);
    await kit.clock.advance(60);
    const ideas = (await made).map((ack) => (ack.ok ? (ack.about ?? '') : ''));
    gate.hold();
    const before = host.say({ type: 'hand.raise' });
    await settle();
    const accepts = ideas.map((suggestion) => host.say({ type: 'suggestion.accept', suggestion }));
    const crowd = Array.from({ length: 600 }, (_, i) => suggest(`idea ${i}`, changed(1, 'age: true', `age: ${i}`)));
    gate.release();
    await expect.poll(() => session.state().suggestions[ideas[1] ?? '']?.status).toBe('accepted');
    await kit.clock.advance(60);
    expect((await Promise.all([before, ...accepts, ...crowd])).filter((ack) => !ack.ok)).toEqual([]);
    const last = session.state().revision;
    const again = await (await kit.restart()).open(session.id);
    const read = async (revision: number) => (await again?.files(revision))?.files['params.yaml'];
    expect(await read(last - 1)).toBe('age: true\nfailures: false\ntrees: 200\n');
    expect(await read(last)).toBe('age: true\nfailures: true\ntrees: 200\n');
  });

  it('acks after the flush that holds the change, refuses at once', async () => {
    const { kit, host, pushed } = await open();
    const order: string[] = [];
    await host.say({ type: 'hand.raise' });
    pushed.length = 0;
    // Within 50 ms of the last flush: this one waits.
    const late = host.say({ type: 'suggestion.add', text: 'later' }).then((ack) => order.push(ack.ok ? 'ack' : 'no'));
    const refused = host
      .say({ type: 'suggestion.withdraw', suggestion: 's999' })
      .then((ack) => order.push(ack.ok ? 'ok' : 'refused'));
    await settle();
    expect(order).toEqual(['refused']);
    expect(pushed.filter(({ kind }) => kind === 'patch')).toHaveLength(0);
    await kit.clock.advance(50);
    await Promise.all([late, refused]);
    expect(order).toEqual(['refused', 'ack']);
    expect(pushed.filter(({ kind }) => kind === 'patch').map(({ to }) => to)).toEqual(['public', 'facilitator']);
  });

  it('stores the votes of a crowd once a tick, the first at once, and acks each of them', async () => {
    const gate = createGatedStorage();
    const { kit, session, host } = await open({ storage: gate.storage });
    const names = ['Ana', 'Ben', 'Cleo', 'Dan'];
    const joining = Promise.all(names.map((name) => joinAs(session, name)));
    await kit.clock.advance(200);
    const guests = await joining;
    const added = host.say({ type: 'suggestion.add', text: 'more trees' });
    await kit.clock.advance(200);
    const ack = await added;
    const suggestion = ack.ok ? (ack.about ?? '') : '';
    const before = gate.appends.length;
    const acked: string[] = [];
    const vote = (n: number) =>
      void guests[n]!.say({ type: 'suggestion.upvote', suggestion }).then(({ ok }) => acked.push(`${n} ${ok}`));
    vote(0);
    await settle();
    expect(gate.appends.slice(before)).toEqual([1]);
    for (const n of [1, 2, 3]) {
      vote(n);
      await kit.clock.advance(10);
    }
    expect(gate.appends.slice(before)).toEqual([1]);
    expect(acked).toEqual(['0 true']);
    await kit.clock.advance(20);
    await kit.clock.advance(50);
    expect(gate.appends.slice(before)).toEqual([1, 3]);
    expect(acked).toEqual(['0 true', '1 true', '2 true', '3 true']);
    expect(session.view().suggestions[suggestion]?.votes).toBe(5);
  });

  it('takes the votes that wait along with a command that does not', async () => {
    const gate = createGatedStorage();
    const { kit, session, host } = await open({ storage: gate.storage });
    const guest = await joinAs(session, 'Ana');
    await kit.clock.advance(200);
    const before = gate.appends.length;
    const pulses = (['fast', 'lost', 'fine'] as const).map((value) => guest.say({ type: 'pulse.set', value }));
    await settle();
    expect(gate.appends.slice(before)).toEqual([1]);
    const raised = host.say({ type: 'hand.raise' });
    await settle();
    expect(gate.appends.slice(before)).toEqual([1, 3]);
    await kit.clock.advance(60);
    expect((await Promise.all([...pulses, raised])).every(({ ok }) => ok)).toBe(true);
  });

  it('flushes at once after a pause', async () => {
    const { kit, host, pushed } = await open();
    await kit.clock.advance(1000);
    const ack = await host.say({ type: 'hand.raise' });
    expect(ack.ok).toBe(true);
    expect(pushed.some(({ kind, to }) => kind === 'patch' && to === 'public')).toBe(true);
  });

  it('holds no flush when the clock is set back', async () => {
    const { kit, host } = await open();
    await host.say({ type: 'hand.raise' });
    kit.clock.set(kit.clock.now() - 3_600_000);
    const ack = host.say({ type: 'hand.lower' });
    await kit.clock.advance(51);
    expect((await ack).ok).toBe(true);
    const events = await (await kit.registry.newest())!.events();
    const times = events.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('answers a resend with the first answer, within a drain and after a restart', async () => {
    const { kit, session, host } = await open();
    const say = () => host.say({ type: 'suggestion.add', text: 'once' }, 'resend-000001');
    const both = Promise.all([say(), say()]);
    await kit.clock.advance(100);
    const [first, second] = await both;
    expect(first).toEqual(second);
    const again = await (await kit.restart()).open(session.id);
    const third = again!.send(
      { type: 'suggestion.add', text: 'once' },
      { participant: host.participant, tab: host.tab, commandId: 'resend-000001' },
    );
    await kit.clock.advance(100);
    expect(await third).toEqual(first);
    expect(Object.keys(again!.state().suggestions)).toHaveLength(1);
  });

  it('gives every watcher the view again, patch by patch, and a resync what it missed', async () => {
    const { kit, session, host } = await open();
    const guest = await joinAs(session, 'Guest');
    await kit.clock.advance(60);
    const everyone = watch(session, null);
    const hosts = watch(session, host.participant);
    const guests = watch(session, guest.participant);
    const missed: ViewPatch[] = [];
    session.setTransport({
      publish: (audience, patch) => {
        if (audience === 'facilitator') return hosts.patch(patch);
        missed.push(patch);
        guests.patch(patch);
      },
      isHeard: () => true,
      publishTo: (participant, patch) => (participant === host.participant ? hosts : guests).own(patch),
      progress: () => {},
      promoted: () => {},
      disconnect: () => {},
    });
    for (let i = 0; i < 30; i += 1) {
      const added = await Promise.all([
        guest.say({ type: 'suggestion.add', text: i % 5 ? `idea ${i}` : `darn ${i}` }),
        kit.clock.advance(60),
      ]);
      const about = added[0].ok ? (added[0].about ?? '') : '';
      void host.say({ type: i % 3 ? 'suggestion.upvote' : 'suggestion.approve', suggestion: about });
      if (i % 4 === 0) session.disconnected(guest.connection);
      if (i % 4 === 2) session.connected(guest.connection);
      void host.say({ type: i % 2 ? 'hand.raise' : 'hand.lower' });
      await kit.clock.advance(i % 3 ? 20 : 70);
    }
    session.connected(guest.connection);
    await kit.clock.advance(100);
    expect([everyone.seen.holes, hosts.seen.holes, guests.seen.holes]).toEqual([0, 0, 0]);
    expect(guests.seen.view).toEqual(session.view());
    expect(guests.seen.view).toEqual(fresh(session, null).view);
    expect(hosts.seen.view).toEqual(fresh(session, host.participant).view);
    expect(hosts.seen.you).toEqual(fresh(session, host.participant).you);
    // The one that got nothing at all catches up from where it stood.
    const word = session.initialMessages(null, { logId: session.logId, seq: everyone.seen.seq });
    expect(word.kind).toBe('patches');
    if (word.kind === 'patches') for (const patch of word.patches) everyone.patch(patch);
    expect(everyone.seen.view).toEqual(session.view());
    expect(missed.length).toBeGreaterThan(20);
    expect(JSON.stringify(guests.seen.view)).not.toContain('darn 10');
  });
});

function fresh(session: LiveSession, participant: string | null) {
  const word = session.initialMessages(participant);
  if (word.kind !== 'snapshot') throw new Error('no snapshot');
  return word.snapshot;
}
