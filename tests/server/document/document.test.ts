// The text socket with the published y-websocket provider: who may write, what is relayed, what is reported.
import * as decoding from 'lib0/decoding';
import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { systemAfter, systemNow } from '#server/platform/clock.ts';
import type { LiveSession } from '#server/session/session-api.ts';
import { StorageUnavailable } from '#server/storage/storage.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import { FRAME } from '#session-core/protocol/messages.ts';
import { createGatedStorage } from '../../support/gated-storage.ts';
import { createKit, joinAs, type KitOptions, newSession, WORKSPACE } from '../../support/registry-kit.ts';
import {
  exchanged,
  openTextClient,
  openTextServer,
  socketOf,
  type TextClient,
  until,
} from '../../support/text-server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** A real clock, a driver in tab `t1`, and a viewer. */
async function setUp(options: KitOptions = {}) {
  const kit = createKit({ now: systemNow, after: systemAfter, ...options });
  cleanups.push(() => kit.close());
  const session = await kit.registry.create(newSession);
  const driver = await joinAs(session, 'Driver', true, 't1');
  const other = await joinAs(session, 'Other', false, 't9');
  await ok(driver.say({ type: 'driver.take' }));
  const server = await openTextServer(() => session);
  cleanups.push(() => server.close());
  const enter = (participant: string | null, tab: string, own = true): TextClient => {
    const client = openTextClient(server.url, { participant, tab, own });
    cleanups.push(() => client.close());
    return client;
  };
  return { kit, session, driver, other, server, enter };
}
async function ok<T extends { ok: boolean }>(ack: Promise<T>): Promise<T> {
  const said = await ack;
  expect(said).toMatchObject({ ok: true });
  return said;
}
const synced = (client: TextClient) => until('synced', () => client.provider.synced && client.files.size > 0);
const frames = (client: TextClient, type: number) => client.own.filter((frame) => frame.type === type);
/** How many of the characters typed there the server says to have stored. */
function storedOf(client: TextClient): number {
  const last = frames(client, FRAME.saved).at(-1);
  if (!last) return 0;
  const clocks = Y.decodeStateVector(decoding.readVarUint8Array(decoding.createDecoder(last.bytes)));
  return clocks.get(client.doc.clientID) ?? 0;
}
/** The live text is cut at most once a second. */
const live = async (session: LiveSession) => (await session.files())?.files;

describe('typing', () => {
  it('reaches everybody, is acknowledged as saved, and is there after a restart', async () => {
    const { kit, session, driver, enter } = await setUp();
    const mine = enter(driver.participant, 't1');
    const plain = enter(null, '', false);
    const watcher = enter(null, '');
    await Promise.all([mine, plain, watcher].map(synced));
    expect(mine.texts()).toEqual(WORKSPACE);
    for (const letter of 'hello') mine.files.get('src/train.ts')!.insert(0, letter);
    await until('everybody reads it', () => [plain, watcher].every((c) => c.text('src/train.ts').startsWith('olleh')));
    await until('saved', () => storedOf(mine) === 5);
    expect(frames(watcher, 103)).toHaveLength(0);
    expect(plain.own).toHaveLength(0);
    const again = (await (await kit.restart()).open(session.id))!;
    expect((await again.files())!.files['src/train.ts']).toBe(`olleh${WORKSPACE['src/train.ts']}`);
  });

  it('is stored before it is relayed', async () => {
    const gate = createGatedStorage();
    const { driver, enter } = await setUp({ storage: gate.storage });
    const mine = enter(driver.participant, 't1');
    const watcher = enter(null, '');
    await Promise.all([synced(mine), synced(watcher)]);
    gate.hold();
    mine.files.get('params.yaml')!.insert(0, '# held\n');
    await until('held', () => gate.waiting() > 0);
    await exchanged(socketOf(watcher));
    expect(watcher.text('params.yaml')).toBe(WORKSPACE['params.yaml']);
    const late = enter(null, '');
    await until('connected', () => late.provider.wsconnected);
    await exchanged(socketOf(late));
    expect(late.text('params.yaml')).toBe('');
    gate.release();
    await until('relayed', () => [watcher, late].every((c) => c.text('params.yaml').startsWith('# held')));
  });

  it('is not called saved while the disk is full, and comes again, once, when it is not', async () => {
    const gate = createGatedStorage();
    const { session, driver, enter } = await setUp({ storage: gate.storage });
    const mine = enter(driver.participant, 't1');
    const tool = enter(driver.participant, 't1', false);
    const watcher = enter(null, '');
    await Promise.all([mine, tool, watcher].map(synced));
    let closed = 0;
    mine.provider.on('connection-close', () => closed++);
    gate.fail(new StorageUnavailable('full'));
    mine.files.get('params.yaml')!.insert(0, '# one\n');
    await until('informed', () => frames(mine, FRAME.notStored).length > 0);
    mine.files.get('params.yaml')!.insert(0, '# two\n');
    await until('asked, and informed again', () => frames(mine, FRAME.notStored).length > 1);
    mine.files.get('params.yaml')!.insert(0, '# three\n');
    expect(watcher.text('params.yaml')).toBe(WORKSPACE['params.yaml']);
    expect(storedOf(mine)).toBe(0);
    gate.fail(null);
    const wanted = `# three\n# two\n# one\n${WORKSPACE['params.yaml']}`;
    await until('kept', () => [watcher, tool].every((c) => c.text('params.yaml') === wanted));
    await until('saved', () => storedOf(mine) === '# one\n# two\n# three\n'.length);
    await expect.poll(async () => (await live(session))?.['params.yaml']).toBe(wanted);
    expect(frames(mine, FRAME.refused)).toEqual([]);
    expect(closed).toBe(0);
  });

  it('gives the true reason where it comes after the driver role was lost', async () => {
    const { session, driver, other, enter } = await setUp();
    const mine = enter(driver.participant, 't1');
    await synced(mine);
    const reasons = () =>
      frames(mine, FRAME.refused).map(({ bytes }) => decoding.readVarString(decoding.createDecoder(bytes)));
    const typeOffline = async (meanwhile: () => Promise<unknown>) => {
      mine.provider.disconnect();
      mine.files.get('params.yaml')!.insert(0, 'offline ');
      await meanwhile();
      const before = reasons().length;
      mine.provider.connect();
      await until('refused', () => reasons().length > before);
      return reasons().at(-1);
    };
    expect(await typeOffline(() => ok(driver.say({ type: 'driver.release' })))).toBe('you had stopped driving');
    await ok(driver.say({ type: 'driver.take' }));
    await ok(driver.say({ type: 'driver.offer', to: other.participant }));
    expect(await typeOffline(() => ok(other.say({ type: 'driver.accept' })))).toBe('Other is driving now');
    expect(session.state().driver?.participant).toBe(other.participant);
  });

  it('has its line ends put right, for the driver too', async () => {
    const { driver, enter } = await setUp();
    const mine = enter(driver.participant, 't1');
    const watcher = enter(null, '');
    await Promise.all([synced(mine), synced(watcher)]);
    mine.files.get('params.yaml')!.insert(0, 'a\r\nb\rc\u0000d\r\n');
    const wanted = `a\nb\ncd\n${WORKSPACE['params.yaml']}`;
    await until('mended', () => mine.text('params.yaml') === wanted && watcher.text('params.yaml') === wanted);
  });
});

describe('who does not drive', () => {
  it.each(['another person', 'the driver in another tab', 'a viewer'])('%s cannot write, by no frame', async (who) => {
    const { session, driver, other, enter } = await setUp();
    const person = who === 'another person' ? other.participant : who === 'a viewer' ? null : driver.participant;
    const mine = enter(driver.participant, 't1');
    const intruder = enter(person, 't9');
    const tool = enter(person, 't9', false);
    await Promise.all([mine, intruder, tool].map(synced));
    intruder.files.get('params.yaml')!.insert(0, 'intruder ');
    tool.files.get('params.yaml')!.insert(0, 'tool ');
    await until('notified', () => frames(intruder, 101).length === 1);
    // SyncStep2 with the same edits, as a server's question would bring them.
    tool.provider.disconnect();
    tool.provider.connect();
    await until('back', () => tool.provider.synced);
    intruder.provider.disconnect();
    intruder.provider.connect();
    await until('notified again', () => frames(intruder, 101).length === 2);
    mine.files.get('params.yaml')!.insert(0, 'driver ');
    const wanted = `driver ${WORKSPACE['params.yaml']}`;
    await expect.poll(async () => (await live(session))?.['params.yaml']).toBe(wanted);
    expect(mine.text('params.yaml')).toBe(wanted);
  });

  it('may send what is known already', async () => {
    const { server, driver, other, enter } = await setUp();
    const mine = enter(driver.participant, 't1');
    await synced(mine);
    const raw = new WebSocket(`${server.url}/doc?who=${other.participant}&tab=t9&v=1`);
    cleanups.push(() => raw.terminate());
    const got: number[] = [];
    raw.on('message', (data: Buffer) => got.push(data[0]!));
    await new Promise((resolve) => raw.once('open', resolve));
    const whole = Y.encodeStateAsUpdate(mine.doc);
    raw.send(Buffer.concat([Buffer.from([0, 1]), lengthPrefixed(whole)]));
    raw.send(Buffer.from([0, 0, 1, 0]));
    await until('answered', () => got.includes(0));
    expect(got).not.toContain(101);
  });

  it('hands over under fast typing without a letter lost or doubled', async () => {
    const { session, driver, other, enter } = await setUp();
    const mine = enter(driver.participant, 't1');
    const next = enter(other.participant, 't9');
    const watcher = enter(null, '');
    await Promise.all([mine, next, watcher].map(synced));
    let typed = 0;
    const timer = setInterval(() => {
      mine.files.get('params.yaml')!.insert(typed, 'a');
      typed += 1;
    }, 2);
    cleanups.push(() => clearInterval(timer));
    await until('typing', () => watcher.text('params.yaml').includes('aaaaa'));
    await ok(driver.say({ type: 'driver.offer', to: other.participant }));
    await ok(other.say({ type: 'driver.accept' }));
    clearInterval(timer);
    await until('role', () =>
      frames(next, 100).some((frame) => new TextDecoder().decode(frame.bytes).includes('true')),
    );
    next.files.get('params.yaml')!.insert(0, 'B');
    await until('B is there', () => watcher.text('params.yaml').startsWith('B'));
    const files = watcher.texts();
    await expect.poll(() => live(session)).toEqual(files);
    expect(files['params.yaml']).toMatch(/^Ba+age: true/);
    expect(next.texts()).toEqual(files);
    // What the old driver typed before the change is all there; what came after it was refused and said so.
    const kept = files['params.yaml']!.indexOf('age') - 1;
    expect(kept).toBeLessThanOrEqual(typed);
    if (kept < typed) expect(frames(mine, 101)).toHaveLength(1);
  });

  it('is not asked to synchronise, and its cursor goes nowhere', async () => {
    const { driver, other, enter } = await setUp();
    const mine = enter(driver.participant, 't1');
    const next = enter(other.participant, 't9');
    const watcher = enter(null, '', false);
    await Promise.all([mine, next, watcher].map(synced));
    next.provider.awareness.setLocalState({ cursor: 1, user: { name: 'Driver', role: 'driver' } });
    await exchanged(socketOf(next));
    mine.provider.awareness.setLocalState({ cursor: 7, user: { name: 'Somebody else', role: 'admin' } });
    await until('cursor', () => watcher.provider.awareness.getStates().has(mine.doc.clientID));
    expect(watcher.provider.awareness.getStates().has(next.doc.clientID)).toBe(false);
    const shown = watcher.provider.awareness.getStates().get(mine.doc.clientID);
    expect(shown).toMatchObject({ cursor: 7, user: { name: 'Driver', role: 'driver', id: driver.participant } });
    await ok(driver.say({ type: 'driver.release' }));
    await until('gone', () => !watcher.provider.awareness.getStates().has(mine.doc.clientID));
    await ok(driver.say({ type: 'driver.take' }));
    mine.provider.awareness.setLocalState({ cursor: 8 });
    await until('back', () => watcher.provider.awareness.getStates().get(mine.doc.clientID)?.['cursor'] === 8);
  });
});

describe('steps of the server', () => {
  it('puts a patch in as one step for everybody, takes it out, and loads a checkpoint', async () => {
    const { session, driver, other, enter } = await setUp();
    const mine = enter(driver.participant, 't1');
    const watcher = enter(null, '');
    await Promise.all([mine, watcher].map(synced));
    const patch = {
      revision: 1,
      files: [
        { path: 'params.yaml', hunks: [{ fromLine: 2, removed: ['failures: false'], added: ['failures: true'] }] },
        { path: 'src/new.ts', hunks: [{ fromLine: 1, removed: [], added: ['export const n = 1;', ''] }] },
      ],
    };
    const added = await ok(other.say({ type: 'suggestion.add', text: 'failures matter', patch }));
    const suggestion = added.ok ? added.about! : '';
    mine.files.get('params.yaml')!.insert(0, '# driver\n');
    await until('typed', () => watcher.text('params.yaml').startsWith('# driver'));
    let updates = 0;
    watcher.doc.on('update', () => {
      updates += 1;
    });
    await ok(driver.say({ type: 'suggestion.accept', suggestion }));
    const wanted = {
      ...WORKSPACE,
      'params.yaml': '# driver\nage: true\nfailures: true\ntrees: 100\n',
      'src/new.ts': 'export const n = 1;\n',
    };
    await until('applied', () => JSON.stringify(sorted(watcher.texts())) === JSON.stringify(sorted(wanted)));
    expect(updates).toBe(1);
    expect(mine.texts()).toEqual(watcher.texts());
    await ok(driver.say({ type: 'suggestion.unaccept', suggestion }));
    await until(
      'taken out',
      () => watcher.text('params.yaml').includes('failures: false') && !watcher.files.has('src/new.ts'),
    );
    expect(watcher.text('params.yaml')).toMatch(/^# driver/);
    await ok(driver.say({ type: 'checkpoint.load', name: '3-forest' } as ClientCommand));
    await until('checkpoint', () => mine.text('params.yaml') === 'model: forest\n');
    await ok(driver.say({ type: 'revision.restore', revision: 1 }));
    await until('restored', () => JSON.stringify(watcher.texts()) === JSON.stringify(WORKSPACE));
    expect(session.state().suggestions[suggestion]?.mergeState).toBeDefined();
  });
});

const sorted = (files: Record<string, string>) => Object.entries(files).sort();
function lengthPrefixed(bytes: Uint8Array): Buffer {
  const head: number[] = [];
  for (let n = bytes.length; ; n >>>= 7) {
    head.push(n > 127 ? (n & 127) | 128 : n);
    if (n <= 127) break;
  }
  return Buffer.concat([Buffer.from(head), bytes]);
}
