// How long sessions are kept on the disk, and in the memory.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { DAY_MS, GRACE_MS, HOUR_MS, KEPT_MS } from '#server/session/expiry.ts';
import { StorageUnavailable } from '#server/storage/storage.ts';
import { createGatedStorage } from '../../support/gated-storage.ts';
import { createKit, joinAs, type Kit, newSession } from '../../support/registry-kit.ts';

const kits: Kit[] = [];
afterEach(async () => {
  for (const kit of kits.splice(0)) await kit.close();
});
async function open() {
  const kit = createKit();
  kits.push(kit);
  const session = await kit.registry.create(newSession);
  const folder = join(kit.dataDir, 'cache', session.id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'out'), 'x');
  await kit.clock.advance(100);
  kit.pool.jobs[0]!.finish();
  await kit.clock.advance(1_000);
  return { kit, id: session.id, folder };
}
/** Somebody connects and leaves. */
async function visit(kit: Kit, id: string, displayName = 'Host') {
  const session = (await kit.registry.open(id))!;
  const joining = joinAs(session, displayName, true);
  await kit.clock.advance(60);
  const { connection } = await joining;
  session.disconnected(connection);
  await kit.clock.advance(60);
  return session;
}
const logged = ({ lines }: Kit, event: string) => lines.filter((line) => line.includes(`"${event}"`)).length;
const stored = async ({ storage }: Kit) => (await storage.sessions()).length;

describe('a session that nobody uses', () => {
  it('is announced 30 days after its last use, not its creation, and deleted 7 days later, its folder too', async () => {
    const { kit, id, folder } = await open();
    await kit.clock.advance(20 * DAY_MS);
    await visit(kit, id);
    await kit.clock.advance(KEPT_MS - HOUR_MS);
    expect([await stored(kit), logged(kit, 'session_expires')]).toEqual([1, 0]);
    await kit.clock.advance(2 * HOUR_MS);
    expect([await stored(kit), logged(kit, 'session_expires')]).toEqual([1, 1]);
    await kit.clock.advance(GRACE_MS - 2 * HOUR_MS);
    expect(await stored(kit)).toBe(1);
    await kit.clock.advance(3 * HOUR_MS);
    await expect.poll(() => [logged(kit, 'session_deleted'), existsSync(folder)]).toEqual([1, false]);
    expect(await stored(kit)).toBe(0);
    expect(await kit.registry.open(id)).toBeNull();
  });

  it('is brought back by whoever opens it in these 7 days, which the host page says', async () => {
    const { kit, id } = await open();
    await kit.clock.advance(KEPT_MS + 3 * DAY_MS);
    expect(logged(kit, 'session_expires')).toBe(1);
    const session = await visit(kit, id);
    const host = Object.keys(session.state().participants)[0] ?? '';
    const word = session.initialMessages(host);
    const at = kit.clock.now();
    const retention = word.kind === 'snapshot' && 'retention' in word.snapshot.view && word.snapshot.view.retention;
    expect(retention).toMatchObject({ keptUntil: expect.any(Number), broughtBack: expect.any(Number) });
    expect(Math.abs(at + KEPT_MS - (retention || { keptUntil: 0 }).keptUntil)).toBeLessThan(HOUR_MS);
    await kit.clock.advance(GRACE_MS + DAY_MS);
    expect(await stored(kit)).toBe(1);
  });

  it('stays while somebody is connected, however long', async () => {
    const { kit, id } = await open();
    const session = (await kit.registry.open(id))!;
    session.connected({ id: 'projector', participant: null, tab: '' });
    await kit.clock.advance(KEPT_MS + GRACE_MS + DAY_MS);
    expect([await stored(kit), logged(kit, 'session_expires')]).toEqual([1, 0]);
  });
});

describe('a clock that jumped', () => {
  it('at a start deletes and announces nothing, and the right clock finds everything', async () => {
    const { kit, id } = await open();
    await kit.registry.close();
    const right = kit.clock.now();
    kit.clock.set(right + 400 * DAY_MS);
    const wrong = await kit.restart();
    expect(await wrong.has(id)).toBe(true);
    await kit.clock.advance(5 * HOUR_MS);
    expect([await stored(kit), logged(kit, 'clock_jumped'), logged(kit, 'session_expires')]).toEqual([1, 1, 0]);
    await wrong.close();
    kit.clock.set(right + 6 * HOUR_MS);
    expect(await (await kit.restart()).has(id)).toBe(true);
    expect([await stored(kit), logged(kit, 'clock_jumped')]).toEqual([1, 1]);
  });

  it('while it runs deletes nothing, not even what was announced, until it has been steady for a day', async () => {
    const { kit } = await open();
    await kit.clock.advance(KEPT_MS + DAY_MS);
    expect(logged(kit, 'session_expires')).toBe(1);
    kit.clock.set(kit.clock.now() + 300 * DAY_MS);
    await kit.clock.advance(20 * HOUR_MS);
    expect([await stored(kit), logged(kit, 'clock_jumped')]).toEqual([1, 1]);
    await kit.clock.advance(10 * HOUR_MS);
    expect(await stored(kit)).toBe(0);
  });

  it('and is set back takes back what it announced', async () => {
    const { kit } = await open();
    await kit.clock.advance(KEPT_MS + DAY_MS);
    expect((await kit.storage.sessions())[0]?.expiredAt).not.toBeNull();
    kit.clock.set(kit.clock.now() - 20 * DAY_MS);
    await kit.clock.advance(HOUR_MS);
    expect((await kit.storage.sessions())[0]?.expiredAt).toBeNull();
  });
});

describe('the memory', () => {
  it('is left after ten minutes without a connection, a request or a run, and everything is there again', async () => {
    const { kit, id } = await open();
    await visit(kit, id);
    const before = (await kit.registry.open(id))?.state();
    await kit.clock.advance(9 * 60_000);
    expect(kit.registry.live()).toHaveLength(1);
    await kit.clock.advance(2 * 60_000);
    expect(kit.registry.live()).toHaveLength(0);
    expect(kit.pool.forgotten).toContain(id);
    expect((await kit.registry.open(id))?.state()).toEqual(before);
  });

  it('is not left during a run, nor while somebody watches', async () => {
    const { kit, id } = await open();
    const session = (await kit.registry.open(id))!;
    const joining = joinAs(session, 'Host', true);
    await kit.clock.advance(60);
    const host = await joining;
    const asking = host.say({ type: 'run.request' });
    await kit.clock.advance(60);
    expect(await asking).toMatchObject({ ok: true });
    session.connected({ id: 'projector', participant: null, tab: '' });
    session.disconnected(host.connection);
    await kit.clock.advance(HOUR_MS);
    session.disconnected({ id: 'projector', participant: null, tab: '' });
    await kit.clock.advance(HOUR_MS);
    expect(kit.registry.live()).toHaveLength(1);
    kit.pool.jobs.at(-1)?.finish();
    await kit.clock.advance(11 * 60_000);
    expect(kit.registry.live()).toHaveLength(0);
  });

  it('a session that is leaving is waited for by who opens it', async () => {
    const { kit, id } = await open();
    const [, reopened] = await Promise.all([kit.registry.rest(id), kit.registry.open(id)]);
    expect(reopened?.state().id).toBe(id);
    expect(kit.registry.live()).toEqual([reopened]);
  });
});

it('a full disk does not stop the hourly look, and the next one goes on', async () => {
  const gate = createGatedStorage();
  let fails = true;
  const storage = {
    ...gate.storage,
    markUse: async (...args: Parameters<typeof gate.storage.markUse>) => {
      if (fails) throw new StorageUnavailable('full');
      return gate.storage.markUse(...args);
    },
  };
  const kit = createKit({ storage });
  kits.push(kit);
  await kit.registry.create(newSession);
  await kit.clock.advance(KEPT_MS + DAY_MS);
  expect(logged(kit, 'session_expires')).toBe(0);
  expect(logged(kit, 'expiry_failed')).toBeGreaterThan(1);
  fails = false;
  await kit.clock.advance(HOUR_MS);
  expect(logged(kit, 'session_expires')).toBe(1);
});
