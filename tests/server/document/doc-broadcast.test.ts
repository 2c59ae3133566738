// How many messages a key and its cursor cost each reader, with a clock of its own.
import { expect, it } from 'vitest';
import { createDocBroadcast } from '#server/document/doc-broadcast.ts';
import type { DocConnection } from '#server/document/doc-connection.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const fakeConnection = (participant: string, mayType: boolean) => {
  const writes: Buffer[] = [];
  const connection = { participant, mayType, own: false, clientId: null, writes, send: () => {}, check: () => ({}) };
  return Object.assign(connection, { write: (bytes: Buffer) => void writes.push(bytes) });
};

function open() {
  const clock = createFakeClock();
  const unstored = { text: false };
  const broadcast = createDocBroadcast({
    docId: 'doc',
    now: clock.now,
    after: clock.after,
    displayName: () => 'Driver',
    hasUnstoredText: () => unstored.text,
    stateVector: () => new Uint8Array([0]),
  });
  const [driver, reader] = [fakeConnection('p1', true), fakeConnection('p2', false)];
  const connections = [driver, reader] as unknown as DocConnection[];
  for (const connection of connections) broadcast.join(connection);
  reader.writes.length = 0;
  let moves = 0;
  return {
    clock,
    unstored,
    reader,
    cursor() {
      moves += 1;
      broadcast.moveCursor(connections[0]!, [{ clientId: 7, clock: moves, state: { at: moves } }]);
    },
    key: () => broadcast.relay([new Uint8Array([1, 2, 3])], connections[0]!),
    /** Another reader, who understands our own frames. */
    come() {
      const connection = Object.assign(fakeConnection('p3', false), { own: true });
      broadcast.join(connection as unknown as DocConnection);
      return connection;
    },
    leave: () => broadcast.leave(connections[0]!),
  };
}

/** The states of the cursor that came with it. */
const cursorsIn = (bytes: Buffer) => [...bytes.toString('latin1').matchAll(/"at":(\d+)/g)].map(([, at]) => Number(at));

it.each([
  ['before the text', 'first', 0],
  ['some milliseconds before the text', 'first', 8],
  ['after the text', 'last', 0],
  ['some milliseconds after the text', 'last', 8],
] as const)('sends a cursor that comes %s in one message with a text', async (_, order, apart) => {
  const { clock, reader, cursor, key } = open();
  const [one, other] = order === 'first' ? [cursor, key] : [key, cursor];
  key();
  reader.writes.length = 0;
  await clock.advance(100);
  for (let i = 0; i < 20; i += 1) {
    one();
    await clock.advance(apart);
    other();
    await clock.advance(100 - apart);
  }
  expect(reader.writes).toHaveLength(20);
  await clock.advance(1_000);
  const cursors = reader.writes.flatMap(cursorsIn);
  expect(cursors.at(-1)).toBe(20);
  expect(reader.writes.length).toBeLessThanOrEqual(21);
});

it('sends a cursor that moves alone at once, and then thirty times a second', async () => {
  const { clock, reader, cursor } = open();
  cursor();
  expect(reader.writes.map(cursorsIn)).toEqual([[1]]);
  for (let i = 0; i < 10; i += 1) {
    await clock.advance(10);
    cursor();
  }
  await clock.advance(40);
  expect(reader.writes.flatMap(cursorsIn).at(-1)).toBe(11);
  expect(reader.writes.length).toBeLessThanOrEqual(5);
});

it('holds a cursor back while text is on its way to the disk', async () => {
  const { clock, unstored, reader, cursor, key } = open();
  unstored.text = true;
  cursor();
  await clock.advance(500);
  expect(reader.writes).toEqual([]);
  unstored.text = false;
  key();
  expect(reader.writes.map(cursorsIn)).toEqual([[1]]);
});

it('sends who comes the cursor as it is, under the role of a reader', async () => {
  const { cursor, clock, come, leave } = open();
  const first = () => come().writes.map((bytes) => bytes.toString('latin1'));
  expect(first().join()).toContain('{"drives":false}');
  expect(first().join()).not.toContain('"at"');
  for (const at of [1, 2]) {
    cursor();
    await clock.advance(1_000);
    for (let i = 0; i < 2; i += 1) expect(cursorsIn(Buffer.from(first().join()))).toEqual([at]);
  }
  leave();
  await clock.advance(1_000);
  expect(first().join()).not.toContain('"at"');
});
