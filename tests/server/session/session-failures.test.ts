// What goes wrong around a session: the disk says no, our own code throws, the driver's connection is lost.
import { afterEach, describe, expect, it } from 'vitest';
import type { Registry } from '#server/session/session-api.ts';
import { StorageUnavailable } from '#server/storage/storage.ts';
import { settle } from '../../support/fake-clock.ts';
import { createGatedStorage } from '../../support/gated-storage.ts';
import { joinAs, type Kit, openSessions, WORKSPACE } from '../../support/registry-kit.ts';

const { open, closeAll } = openSessions();
afterEach(closeAll);

describe('when the disk says no', () => {
  it('refuses everything of that drain, changes nothing, and works again after', async () => {
    const gate = createGatedStorage();
    const { kit, session, host } = await open({ storage: gate.storage });
    const before = session.state();
    gate.fail(new StorageUnavailable('full'));
    const acks = await Promise.all([
      host.say({ type: 'hand.raise' }),
      host.say({ type: 'suggestion.add', text: 'lost' }),
    ]);
    expect(acks.map((ack) => (ack.ok ? 'ok' : ack.rejection.code))).toEqual([
      'storage_unavailable',
      'storage_unavailable',
    ]);
    expect(session.state()).toBe(before);
    gate.fail(null);
    const ack = host.say({ type: 'hand.raise' });
    await kit.clock.advance(100);
    expect((await ack).ok).toBe(true);
  });

  it('refuses a patch it could not store, and the text is as before', async () => {
    const gate = createGatedStorage();
    const { kit, session, host } = await open({ storage: gate.storage });
    await say(kit, host, { type: 'driver.take' });
    const added = await say(kit, host, { type: 'suggestion.add', text: 'more trees', patch: PATCH });
    gate.fail(new StorageUnavailable('full'));
    const ack = await host.say({ type: 'suggestion.accept', suggestion: added.ok ? added.about! : '' });
    expect(ack).toMatchObject({ ok: false, rejection: { code: 'storage_unavailable' } });
    gate.fail(null);
    await kit.clock.advance(2000);
    expect((await session.files())?.files).toEqual(WORKSPACE);
    await say(kit, host, { type: 'suggestion.accept', suggestion: added.ok ? added.about! : '' });
    await kit.clock.advance(2000);
    expect((await session.files())?.files['params.yaml']).toContain('trees: 200');
  });
});

const PATCH = {
  revision: 1,
  files: [{ path: 'params.yaml', hunks: [{ fromLine: 3, removed: ['trees: 100'], added: ['trees: 200'] }] }],
};
async function say(kit: Kit, person: Awaited<ReturnType<typeof joinAs>>, command: Parameters<typeof person.say>[0]) {
  const ack = person.say(command);
  await kit.clock.advance(60);
  return ack;
}

describe('a fault of our own', () => {
  it('closes the sockets with 4500, says one line and goes on from the log', async () => {
    const { kit, session, host, pushed } = await open({
      wordFilter: (text) => {
        if (text === 'boom') throw new Error('a bug that holds "secret text"');
        return false;
      },
    });
    await say(kit, host, { type: 'suggestion.add', text: 'kept' });
    const logId = session.logId;
    const ack = await host.say({ type: 'suggestion.add', text: 'boom' });
    expect(ack).toMatchObject({ ok: false, rejection: { code: 'busy' } });
    await kit.clock.advance(100);
    expect(pushed.filter(({ kind }) => kind === 'disconnect')).toEqual([{ kind: 'disconnect', to: 'all', what: 4500 }]);
    expect(kit.lines).toHaveLength(1);
    expect(kit.lines[0]).not.toContain('secret');
    expect(session.logId).not.toBe(logId);
    expect(Object.values(session.state().suggestions).map(({ text }) => text)).toEqual(['kept']);
    const after = await say(kit, host, { type: 'suggestion.add', text: 'after' });
    expect(after.ok).toBe(true);
  });

  it('is not brought down again by the same command sent again', async () => {
    const { kit, host, pushed } = await open({
      wordFilter: (text) => {
        if (text === 'boom') throw new Error('a bug');
        return false;
      },
    });
    for (let i = 0; i < 3; i += 1) {
      const ack = await host.say({ type: 'suggestion.add', text: 'boom' }, 'poison-0001');
      expect(ack).toMatchObject({ ok: false, rejection: { code: 'busy' } });
      await kit.clock.advance(100);
    }
    expect(pushed.filter(({ kind }) => kind === 'disconnect')).toHaveLength(1);
  });

  it('answers what was stored before it, although nobody can be shown it', async () => {
    let breaks = false;
    const { kit, session, host } = await open({
      wordFilter: () => {
        if (breaks) throw new Error('a bug');
        return false;
      },
    });
    await say(kit, host, { type: 'hand.raise' });
    const stored = host.say({ type: 'hand.lower' });
    await settle();
    breaks = true;
    await host.say({ type: 'suggestion.add', text: 'boom' });
    expect((await stored).ok).toBe(true);
    await kit.clock.advance(100);
    expect(session.state().hands).toEqual({});
  });
});

describe('the driver role', () => {
  it('is lost 10 s after the last connection of its tab, by either socket, and not before', async () => {
    const { kit, session, host } = await open();
    await say(kit, host, { type: 'driver.take' });
    session.disconnected(host.connection);
    await kit.clock.advance(9_000);
    session.connected({ ...host.connection, id: 'other-tab', tab: 'another' });
    await kit.clock.advance(500);
    expect(session.state().driver?.participant).toBe(host.participant);
    session.connected(host.connection);
    await kit.clock.advance(60_000);
    expect(session.state().driver?.participant).toBe(host.participant);
    session.disconnected(host.connection);
    await kit.clock.advance(10_100);
    expect(session.state().driver).toBeNull();
  });

  it('is offered for 60 s, after a restart too', async () => {
    const { kit, session, host } = await open();
    const joining = joinAs(session, 'Guest');
    await kit.clock.advance(60);
    const guest = await joining;
    await say(kit, host, { type: 'driver.offer', to: guest.participant });
    await kit.clock.advance(59_000);
    expect(session.state().offer?.to).toBe(guest.participant);
    await kit.clock.advance(1_100);
    expect(session.state().offer).toBeNull();
    await say(kit, host, { type: 'driver.offer', to: guest.participant });
    await say(kit, guest, { type: 'driver.accept' });
    await kit.clock.advance(61_000);
    expect(session.state().driver?.participant).toBe(guest.participant);
    await say(kit, host, { type: 'driver.offer', to: host.participant });
    const again = (await (await kit.restart()).open(session.id))!;
    expect(again.state().offer?.to).toBe(host.participant);
    await kit.clock.advance(60_100);
    expect(again.state().offer).toBeNull();
  });

  it('has its lease begin anew at a restart', async () => {
    const { kit, session, host } = await open();
    await say(kit, host, { type: 'driver.take' });
    const registry: Registry = await kit.restart();
    const again = (await registry.open(session.id))!;
    await kit.clock.advance(9_900);
    expect(again.state().driver?.participant).toBe(host.participant);
    await kit.clock.advance(300);
    expect(again.state().driver).toBeNull();
  });
});
