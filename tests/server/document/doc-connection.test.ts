// One text socket's manners on a still clock: pace, sign of life, dead and slow readers. Real sockets below.
import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { updateFrame } from '#server/document/doc-protocol.ts';
import { settle } from '../../support/fake-clock.ts';
import { createKit, joinAs, newSession, WORKSPACE } from '../../support/registry-kit.ts';
import { exchanged, openTextServer, until } from '../../support/text-server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function setUp() {
  const kit = createKit();
  cleanups.push(() => kit.close());
  const session = await kit.registry.create(newSession);
  const driver = await joinAs(session, 'Driver', true, 't1');
  const ack = driver.say({ type: 'driver.take' });
  await kit.clock.advance(100);
  await ack;
  const server = await openTextServer(() => session);
  cleanups.push(() => server.close());
  const connect = async (query: string) => {
    const socket = new WebSocket(`${server.url}/doc?${query}`);
    cleanups.push(() => socket.terminate());
    const got: Uint8Array[] = [];
    const closed: number[] = [];
    socket.on('message', (data: Buffer) => got.push(data));
    socket.on('close', (code) => closed.push(code));
    await new Promise((resolve) => socket.once('open', resolve));
    return { socket, got, closed };
  };
  const live = async (): Promise<string> => {
    const read = session.files();
    await kit.clock.advance(60);
    return (await read)?.files['params.yaml'] ?? '';
  };
  return { kit, session, driver, connect, live };
}
describe('pace', () => {
  it('makes a flood of frames wait in the socket, and takes every one of them', async () => {
    const { kit, driver, connect, live } = await setUp();
    const { socket } = await connect(`who=${driver.participant}&tab=t1`);
    const doc = new Y.Doc();
    const whole = await connect('');
    whole.socket.send(Uint8Array.of(0, 0, 1, 0));
    await until('text', () => whole.got.length > 0);
    const step2 = whole.got.find((frame) => frame[0] === 0 && frame[1] === 1)!;
    Y.applyUpdate(doc, step2.subarray(step2.length > 16_000 ? 5 : 4));
    const sent: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => sent.push(updateFrame(update)));
    const text = (doc.getMap('files') as Y.Map<Y.Text>).get('params.yaml')!;
    // What one read of the socket brought is taken whole: enough frames for several reads.
    const all = 10_000;
    for (let i = 0; i < all; i += 1) text.insert(0, 'x');
    for (const frame of sent) socket.send(frame);
    const arrived = async () => (await live()).length - WORKSPACE['params.yaml'].length;
    // The sockets' own time is real, and passes while another of them is answered; the session's is not: less than a fifth of its second passes here.
    let some = 0;
    for (let i = 0; i < 30 && some <= 200; i += 1) {
      await exchanged(whole.socket);
      await kit.clock.advance(i === 0 ? 40 : 5);
      some = await arrived();
    }
    expect(some).toBeGreaterThan(200);
    expect(some).toBeLessThan(all);
    for (let i = 0; i < 400 && some < all; i += 1) {
      await kit.clock.advance(1_000);
      await exchanged(whole.socket);
      some = await arrived();
    }
    expect(some).toBe(all);
  });
});

describe('a quiet session', () => {
  it('gives every socket a sign of life within 20 s, driver or none', async () => {
    const { kit, connect } = await setUp();
    const quiet = await connect('');
    await settle();
    quiet.got.length = 0;
    for (let second = 0; second < 20; second += 1) {
      await kit.clock.advance(1_000);
      await exchanged(quiet.socket);
    }
    await until('a frame', () => quiet.got.length > 0);
    expect(quiet.got[0]?.[0]).toBe(1);
    expect(quiet.closed).toEqual([]);
  });

  it('drops a socket that answers no ping for 20 s, so that its driver role can lapse', async () => {
    const { kit, session, driver, connect } = await setUp();
    session.disconnected(driver.connection);
    const dead = await connect(`who=${driver.participant}&tab=t1`);
    dead.socket.pong = () => {};
    (dead.socket as unknown as { _autoPong: boolean })._autoPong = false;
    await kit.clock.advance(0);
    for (let second = 0; second < 26; second += 1) await kit.clock.advance(1_000);
    await until('closed', () => dead.closed.length > 0);
    await kit.clock.advance(10_200);
    expect(session.state().driver).toBeNull();
  });
});

describe('a slow reader', () => {
  it('is dropped before it costs memory, and nobody else notices', async () => {
    const { kit, session, driver, connect } = await setUp();
    const slow = await connect('');
    const brisk = await connect('');
    slow.socket.send(Uint8Array.of(0, 0, 1, 0));
    await until('joined', () => slow.got.length > 0);
    slow.socket.pause();
    const big = {
      revision: 1,
      files: [
        {
          path: 'big.txt',
          hunks: [{ fromLine: 1, removed: [], added: Array.from({ length: 90 }, (_, i) => `${i}`.padEnd(1_900, 'z')) }],
        },
      ],
    };
    const say = async (command: Parameters<typeof driver.say>[0]) => {
      const ack = driver.say(command);
      await kit.clock.advance(60);
      return ack;
    };
    const added = await say({ type: 'suggestion.add', text: 'big', patch: big });
    const suggestion = added.ok ? added.about! : '';
    await say({ type: 'suggestion.accept', suggestion });
    const revision = session.state().revision;
    for (let round = 0; round < 90 && slow.closed.length === 0; round += 1) {
      await say({ type: 'revision.restore', revision: 1 });
      await say({ type: 'revision.restore', revision });
      slow.socket.resume();
      slow.socket.pause();
    }
    slow.socket.resume();
    await until('dropped', () => slow.closed.length > 0);
    expect(brisk.closed).toEqual([]);
  });
});

describe('a frame that is none', () => {
  it.each([
    ['a text', 'hello', 1003],
    ['an unknown type', Uint8Array.of(77), 1003],
    ['a cut one', Uint8Array.of(0, 1, 200), 1003],
    ['nothing', new Uint8Array(0), 1003],
    ['too long a one', new Uint8Array(300 * 1024), 4409],
  ])('closes its own socket only: %s', async (_, data, code) => {
    const { connect } = await setUp();
    const bad = await connect('');
    const good = await connect('');
    bad.socket.send(data);
    await until('closed', () => bad.closed.length > 0);
    expect(bad.closed).toEqual([code]);
    expect(good.closed).toEqual([]);
  });
});
