// Sessions of which another node may be the owner.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { GRACE_MS, HOUR_MS, KEPT_MS } from '#server/session/expiry.ts';
import { Elsewhere, type Ownership, storageUnderEpoch } from '#server/session/ownership.ts';
import { createMemoryStorage } from '#server/storage/memory.ts';
import { NotOwner } from '#server/storage/storage.ts';
import { CLOSE } from '#session-core/protocol/close-codes.ts';
import { createGatedStorage } from '../../support/gated-storage.ts';
import { createKit, joinAs, type Kit, type KitOptions, newSession, recordOutlet } from '../../support/registry-kit.ts';

const kits: Kit[] = [];
afterEach(async () => {
  for (const kit of kits.splice(0)) await kit.close();
});

/** Who owns which session: one list that all nodes ask, as the database is. */
function owners() {
  const owner = new Map<string, string>();
  const log: string[] = [];
  let last = 0;
  const held = new Map<string, number>();
  const as = (node: string): Ownership => {
    const key = (session: string) => `${node} ${session}`;
    return {
      async claim(session) {
        if (!owner.has(session)) owner.set(session, node);
        const mine = owner.get(session) === node;
        if (!mine) held.delete(key(session));
        else if (!held.has(key(session))) {
          last += 1;
          held.set(key(session), last);
        }
        return { mine, url: mine ? null : `http://${owner.get(session)}` };
      },
      async release(session) {
        log.push(`${node} releases`);
        held.delete(key(session));
        if (owner.get(session) === node) owner.delete(session);
      },
      forget: (session) => void held.delete(key(session)),
      epochOf: (session) => held.get(key(session)) ?? null,
    };
  };
  return { owner, log, as };
}
function kitOf(options: KitOptions): Kit {
  const kit = createKit(options);
  kits.push(kit);
  return kit;
}
/** A session of node a, in which the host is connected, and what its sockets got. */
async function open() {
  const nodes = owners();
  const gate = createGatedStorage();
  const kit = kitOf({ storage: gate.storage, ownership: nodes.as('a') });
  const { pushed, transport } = recordOutlet();
  kit.registry.onOpen((opened) => opened.setTransport(transport));
  const session = await kit.registry.create(newSession);
  const host = await joinAs(session, 'Host', true);
  await kit.clock.advance(100);
  pushed.length = 0;
  return { nodes, gate, kit, session, host, pushed };
}
const rename = (displayName: string) => ({ type: 'participant.rename', displayName }) as const;

describe('a session', () => {
  it('is its creator’s, and elsewhere for every other node, by id and by code', async () => {
    const { nodes, gate, session } = await open();
    expect(nodes.owner.get(session.id)).toBe('a');
    const other = kitOf({ storage: gate.storage, ownership: nodes.as('b') });
    await expect(other.registry.open(session.id)).rejects.toMatchObject({ name: 'Elsewhere', url: 'http://a' });
    await expect(other.registry.byJoinCode(newSession.joinCode)).rejects.toBeInstanceOf(Elsewhere);
    await expect(other.registry.remove(session.id)).rejects.toBeInstanceOf(Elsewhere);
    expect([other.registry.live(), await other.registry.open('nobody')]).toEqual([[], null]);
  });

  it('goes on at another node once the registry is closed, which stores everything before it releases', async () => {
    const { nodes, gate, kit, session, host } = await open();
    const saying = host.say(rename('Otter'));
    await kit.registry.close();
    expect(await saying).toMatchObject({ ok: true });
    expect(nodes.log).toEqual(['a releases']);
    const other = kitOf({ storage: gate.storage, ownership: nodes.as('b') });
    const there = await other.registry.open(session.id);
    expect(there?.state().participants[host.participant]?.displayName).toBe('Otter');
  });

  it('is not taken back by a node that ends: whoever asks for it there is asked to try again', async () => {
    const { nodes, kit, session } = await open();
    await kit.registry.close();
    await expect(kit.registry.open(session.id)).rejects.toMatchObject({ name: 'Elsewhere', url: null });
    await expect(kit.registry.byJoinCode(newSession.joinCode)).rejects.toBeInstanceOf(Elsewhere);
    await expect(kit.registry.create({ ...newSession, joinCode: 'BCDFGK' })).rejects.toBeInstanceOf(Elsewhere);
    expect([nodes.owner.size, kit.registry.live()]).toEqual([0, []]);
  });

  it('that nobody uses any more is released', async () => {
    const { nodes, kit, session, host } = await open();
    kit.pool.jobs[0]?.finish();
    session.disconnected(host.connection);
    await kit.clock.advance(11 * 60_000);
    expect(kit.registry.live()).toEqual([]);
    expect(nodes.log).toEqual(['a releases']);
  });
});

describe('an owner that lost its session', () => {
  it('hears of it at its next append: it acknowledges nothing and closes everybody’s connection', async () => {
    const { nodes, gate, kit, session, host, pushed } = await open();
    nodes.owner.set(session.id, 'b');
    gate.fail(new NotOwner(session.id));
    expect(await host.say(rename('Otter'))).toMatchObject({ ok: false, rejection: { code: 'busy' } });
    await expect.poll(() => kit.registry.live()).toEqual([]);
    expect(pushed.filter(({ kind }) => kind === 'disconnect').at(-1)).toMatchObject({ to: 'all', what: CLOSE.restart });
    expect(pushed.some(({ kind }) => kind === 'patch')).toBe(false);
    gate.fail(null);
    await expect(kit.registry.open(session.id)).rejects.toMatchObject({ url: 'http://b' });
  });

  it('and owns it again loads it anew and goes on', async () => {
    const { gate, kit, session, host } = await open();
    gate.fail(new NotOwner(session.id));
    expect(await host.say(rename('Otter'))).toMatchObject({ ok: false });
    gate.fail(null);
    const saying = host.say(rename('Badger'));
    await kit.clock.advance(1_000);
    await saying;
    const again = host.say(rename('Badger'));
    await kit.clock.advance(1_000);
    expect(await again).toMatchObject({ ok: true });
    expect(kit.registry.live()).toEqual([session]);
  });

  it('which is noticed by its heartbeat closes it at once, and stores nothing', async () => {
    const { gate, kit, session, pushed } = await open();
    const appends = gate.appends.length;
    await kit.registry.lose(session.id);
    expect(kit.registry.live()).toEqual([]);
    const ends = pushed.filter(({ kind }) => kind === 'disconnect').map(({ to, what }) => [to, what]);
    expect(new Set(ends.map(String))).toEqual(new Set([String(['all', CLOSE.restart])]));
    expect(gate.appends).toHaveLength(appends);
  });

  it('lets everybody go at once, also while a write is under way', async () => {
    const { nodes, gate, kit, session, host, pushed } = await open();
    gate.hold();
    const saying = host.say(rename('Otter'));
    await expect.poll(() => gate.waiting()).toBe(1);
    const losing = kit.registry.lose(session.id);
    await expect.poll(() => pushed.map(({ kind }) => kind)).toContain('disconnect');
    expect([gate.waiting(), nodes.as('a').epochOf(session.id)]).toEqual([1, null]);
    gate.release();
    await losing;
    await saying;
  });

  it('stores nothing of what it loaded under an earlier epoch, text and cache included', async () => {
    const { nodes, gate, session } = await open();
    const ours = nodes.as('a');
    const storage = storageUnderEpoch(gate.storage, ours, session.id);
    const writes = [
      () => storage.append({ session: session.id, expectedSeq: session.state().seq, events: [], docUpdates: [] }),
      () => storage.docCompact(session.id, 1, Uint8Array.of(1)),
      () => storage.docReplace(session.id, { docId: 'new', last: 1, update: Uint8Array.of(1) }),
      () => storage.putCache(session.id, { seq: 1, version: 'v', json: '{}' }),
    ];
    await storage.putCache(session.id, { seq: 1, version: 'v', json: '{}' });
    for (const before of [() => ours.forget(session.id), () => ours.claim(session.id)]) {
      await before();
      for (const write of writes) await expect(write()).rejects.toBeInstanceOf(NotOwner);
    }
    expect(ours.epochOf(session.id)).toBe(2);
  });
});

describe('the hourly look of several nodes', () => {
  it('deletes a session once, and the folders that other nodes have of it', async () => {
    const nodes = owners();
    const storage = createMemoryStorage();
    const [a, b] = [kitOf({ storage, ownership: nodes.as('a') }), kitOf({ storage, ownership: nodes.as('b') })];
    const { id } = await a.registry.create(newSession);
    await a.clock.advance(100);
    a.pool.jobs[0]?.finish();
    const folder = join(b.dataDir, 'cache', id);
    mkdirSync(folder, { recursive: true });
    expect(await b.registry.has(id)).toBe(true);
    // A look ends with work on the disk, which no clock moves.
    const hourLater = async () => {
      for (const node of [a, b]) await node.clock.advance(HOUR_MS);
      return existsSync(folder);
    };
    for (const node of [a, b]) await node.clock.advance(KEPT_MS + HOUR_MS);
    await expect.poll(hourLater, { timeout: 60_000 }).toBe(false);
    const times = (event: string) => [...a.lines, ...b.lines].filter((line) => line.includes(`"${event}"`)).length;
    // The clock of the one is a little ahead: the other does not take its announcement back.
    expect([times('session_expires'), times('session_deleted'), await storage.sessions()]).toEqual([1, 1, []]);
  });

  it('leaves alone what another node owns', async () => {
    const { nodes, gate, kit, session } = await open();
    kit.pool.jobs[0]?.finish();
    await kit.registry.rest(session.id);
    const other = kitOf({ storage: gate.storage, ownership: nodes.as('b') });
    nodes.owner.set(session.id, 'c');
    expect(await other.registry.has(session.id)).toBe(true);
    await other.clock.advance(KEPT_MS + GRACE_MS + 3 * HOUR_MS);
    expect(other.lines.filter((line) => line.includes('expiry_failed'))).toEqual([]);
    expect(await gate.storage.sessions()).toHaveLength(1);
  });
});
