// Sessions as the registry keeps them: caches that change nothing, rows that are compacted, rights that change, old age.
import { afterEach, describe, expect, it } from 'vitest';
import type { LiveSession } from '#server/session/session-api.ts';
import { createMemoryStorage } from '#server/storage/memory.ts';
import type { Storage } from '#server/storage/storage.ts';
import { CLOSE } from '#session-core/protocol/close-codes.ts';
import { settle } from '../../support/fake-clock.ts';
import { joinAs, type Kit, openSessions, type Person } from '../../support/registry-kit.ts';
import { createSimText } from '../../support/sim-text.ts';

const { open, closeAll } = openSessions();
afterEach(closeAll);

async function say(kit: Kit, person: Person, command: Parameters<Person['say']>[0]) {
  const ack = person.say(command);
  await kit.clock.advance(60);
  return ack;
}
const snapshot = (session: LiveSession, participant: string | null) => {
  const word = session.initialMessages(participant);
  if (word.kind !== 'snapshot') throw new Error('no snapshot');
  return word.snapshot;
};

describe('the cached state', () => {
  it('is only a cache: with it, without it and with a broken one the log gives the same', async () => {
    const inner = createMemoryStorage();
    let cached = 0;
    let cache: 'kept' | 'gone' | 'broken' = 'kept';
    const storage: Storage = {
      ...inner,
      putCache: (...args) => {
        cached += 1;
        return inner.putCache(...args);
      },
      async getCache(session, version) {
        const found = await inner.getCache(session, version);
        return cache === 'kept' ? found : cache === 'gone' ? null : inner.getCache(session, 'another version');
      },
    };
    const { kit, session, host } = await open({ storage });
    for (let i = 0; i < 520; i += 1) {
      void host.say({ type: i % 2 ? 'hand.lower' : 'hand.raise' });
      if (i % 20 === 0) await kit.clock.advance(60);
    }
    await kit.clock.advance(100);
    expect(cached).toBe(1);
    kit.pool.jobs[0]?.finish();
    await kit.clock.advance(60);
    const before = session.state();
    for (const next of ['kept', 'gone', 'broken'] as const) {
      cache = next;
      const again = (await (await kit.restart()).open(session.id))!;
      expect(again.state()).toEqual(before);
    }
  });
});

describe('rows of the document', () => {
  it('become one when typing pauses, and the text is the same after a restart', async () => {
    const { kit, session, host } = await open();
    await say(kit, host, { type: 'driver.take' });
    const text = createSimText(
      { clock: kit.clock, lag: () => 1 },
      { participant: host.participant, tab: host.tab, own: true },
    );
    text.connect(session);
    await kit.clock.advance(100);
    expect(text.drives()).toBe(true);
    for (let i = 0; i < 520; i += 1) {
      text.files().get('params.yaml')!.insert(i, 'x');
      await kit.clock.advance(40);
    }
    expect((await kit.storage.docLoad(session.id)).updates.length).toBeGreaterThan(500);
    await kit.clock.advance(3_100);
    expect((await kit.storage.docLoad(session.id)).updates).toHaveLength(1);
    text.files().get('params.yaml')!.insert(0, 'y');
    await kit.clock.advance(100);
    const reading = session.files();
    await kit.clock.advance(100);
    const { files } = (await reading)!;
    expect(files['params.yaml']).toMatch(/^yx{520}/);
    const again = (await (await kit.restart()).open(session.id))!;
    const rereading = again.files();
    await kit.clock.advance(100);
    expect((await rereading)?.files).toEqual(files);
    text.cut();
  });
});

describe('who sees what', () => {
  it('moves a promoted participant to the facilitators, and never fits one audience’s patches on another’s view', async () => {
    const { kit, session, pushed } = await open();
    const joining = joinAs(session, 'Guest');
    await kit.clock.advance(60);
    const guest = await joining;
    const held = snapshot(session, guest.participant);
    expect('pulses' in held.view).toBe(false);
    const promoting = session.promote(guest.participant, 'l1');
    await kit.clock.advance(60);
    expect((await promoting).ok).toBe(true);
    expect(pushed.filter(({ kind }) => kind === 'promoted').map(({ to }) => to)).toEqual([guest.participant]);
    for (const seq of [held.seq, session.state().seq]) {
      const word = session.initialMessages(guest.participant, { logId: session.logId, seq, youSeq: held.youSeq });
      expect(word.kind).toBe('snapshot');
      expect(word.kind === 'snapshot' && 'pulses' in word.snapshot.view).toBe(true);
    }
  });

  it('shows a pending idea to its author and the facilitators only, and a removed person the entry', async () => {
    const { kit, session, host, pushed } = await open();
    const people: Person[] = [];
    for (const displayName of ['Ann', 'Bob']) {
      const joining = joinAs(session, displayName);
      await kit.clock.advance(60);
      people.push(await joining);
    }
    const [ann, bob] = people as [Person, Person];
    await say(kit, ann, { type: 'suggestion.add', text: 'darn it' });
    const held = (who: string | null) => JSON.stringify(snapshot(session, who)).includes('darn it');
    expect([held(null), held(bob.participant), held(ann.participant), held(host.participant)]).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(JSON.stringify(pushed.filter(({ to }) => to === 'public'))).not.toContain('darn it');
    await say(kit, host, { type: 'participant.remove', participant: bob.participant });
    expect(pushed.filter(({ kind }) => kind === 'disconnect')).toEqual([
      { kind: 'disconnect', to: bob.participant, what: CLOSE.forbidden },
    ]);
    expect(await say(kit, bob, { type: 'hand.raise' })).toMatchObject({ ok: false, rejection: { code: 'removed' } });
  });

  it('brings somebody’s own part up to date who was away while it changed', async () => {
    const { kit, session, host } = await open();
    const joining = joinAs(session, 'Ann');
    await kit.clock.advance(60);
    const ann = await joining;
    const before = snapshot(session, ann.participant);
    session.disconnected(ann.connection);
    // Only the text socket of another tab is there: nobody reads Ann's own part.
    const text = createSimText(
      { clock: kit.clock, lag: () => 1 },
      { participant: ann.participant, tab: 'x', own: true },
    );
    await say(kit, host, { type: 'driver.offer', to: host.participant });
    const added = await say(kit, ann, { type: 'suggestion.add', text: 'from afar' });
    text.connect(session);
    await kit.clock.advance(60);
    const word = session.initialMessages(ann.participant, {
      logId: session.logId,
      seq: before.seq,
      youSeq: before.youSeq,
    });
    expect(word.kind).toBe('patches');
    expect(JSON.stringify(word)).toContain(added.ok ? added.about : '?');
    expect(snapshot(session, ann.participant).you?.votes).toEqual([added.ok ? added.about : '?']);
    text.cut();
  });
});

describe('the end', () => {
  it('ends for everybody: text sockets are closed for good, commands refused, the results stay', async () => {
    const { kit, session, host } = await open();
    const text = createSimText({ clock: kit.clock, lag: () => 1 }, { participant: null, tab: '', own: true });
    text.connect(session);
    await kit.clock.advance(100);
    await say(kit, host, { type: 'session.end' });
    await kit.clock.advance(10);
    expect(text.connected()).toBe(false);
    expect(await say(kit, host, { type: 'hand.raise' })).toMatchObject({
      ok: false,
      rejection: { code: 'session_ended' },
    });
    expect(session.view().status).toBe('ended');
    expect(await kit.registry.newest()).toBeNull();
    const again = await kit.restart();
    expect(await again.newest()).toBeNull();
    expect((await again.open(session.id))?.view().status).toBe('ended');
    await settle();
  });
});
