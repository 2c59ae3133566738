// `?empty=1` on the text socket: a copy that holds nothing gets the text with the first message, one round trip sooner, and
// once only; nothing that is typed while it arrives is missing in it.

import type { AddressInfo } from 'node:net';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { expect, it } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import * as Y from 'yjs';
import { openSharedText } from '#crowd/drive/shared-text.ts';
import { docIdFrame, roleFrame, syncStep2 } from '#server/document/doc-protocol.ts';
import { call, startTestServer } from '#tests/support/test-server.ts';

const [SYNC, AWARENESS, ASK_AWARENESS] = [0, 1, 3];
const [STEP_1, STEP_2, UPDATE] = [0, 1, 2];
const STEP_1_OF_NOTHING = Uint8Array.of(SYNC, STEP_1, 1, 0);
const FILE = 'README.md';

interface Reader {
  readonly socket: WebSocket;
  readonly doc: Y.Doc;
  /** Steps of the sync messages that came, `awareness` for those. */
  readonly came: (number | 'awareness')[];
}

function open(address: string, token: string): Promise<Reader> {
  const doc = new Y.Doc();
  const came: Reader['came'] = [];
  const socket = new WebSocket(address, { headers: { authorization: `Bearer ${token}` } });
  socket.on('message', (data: Buffer) => {
    const decoder = decoding.createDecoder(new Uint8Array(data));
    const type = decoding.readVarUint(decoder);
    if (type === AWARENESS) came.push('awareness');
    if (type !== SYNC) return;
    const step = decoding.readVarUint(decoder);
    came.push(step);
    if (step !== STEP_1) Y.applyUpdate(doc, decoding.readVarUint8Array(decoder));
  });
  return new Promise((resolve) => socket.once('open', () => resolve({ socket, doc, came })));
}
const textOf = ({ doc }: Reader) => doc.getMap<Y.Text>('files').get(FILE)?.toString() ?? '';

async function begin() {
  const server = await startTestServer();
  const session = await server.create();
  const { json } = await server.ask(`/api/sessions/${session.sessionId}/facilitator`, {
    method: 'POST',
    body: { secret: session.facilitatorSecret },
  });
  const reader = await server.join(session.joinCode);
  const address = `${server.url.replace('http', 'ws')}/doc/${session.sessionId}?v=1`;
  return { server, session, driverToken: json.token as string, readerToken: reader.token, address };
}

it('sends the text unasked, and does not send it again for the question that every client asks first', async () => {
  const { server, address, readerToken } = await begin();
  const reader = await open(`${address}&empty=1`, readerToken);
  await expect.poll(() => textOf(reader)).not.toBe('');
  expect(reader.came).toEqual([STEP_2]);
  // The second question is answered, as any question is.
  for (const frame of [STEP_1_OF_NOTHING, Uint8Array.of(ASK_AWARENESS)]) reader.socket.send(frame);
  await expect.poll(() => reader.came.at(-1)).toBe('awareness');
  for (const frame of [STEP_1_OF_NOTHING, Uint8Array.of(ASK_AWARENESS)]) reader.socket.send(frame);
  await expect.poll(() => reader.came).toEqual([STEP_2, 'awareness', STEP_2, 'awareness']);

  const asking = await open(address, readerToken);
  asking.socket.send(Uint8Array.of(ASK_AWARENESS));
  await expect.poll(() => asking.came).toEqual(['awareness']);
  for (const { socket } of [reader, asking]) socket.terminate();
  await server.close();
});

it('answers who says that it holds nothing, and holds something', async () => {
  const { server, address, readerToken } = await begin();
  const reader = await open(`${address}&empty=1`, readerToken);
  await expect.poll(() => textOf(reader)).not.toBe('');
  const stateVector = Y.encodeStateVector(reader.doc);
  reader.socket.send(Buffer.concat([Uint8Array.of(SYNC, STEP_1, stateVector.length), stateVector]));
  await expect.poll(() => reader.came.slice(0, 2)).toEqual([STEP_2, STEP_2]);
  reader.socket.terminate();
  await server.close();
});

it('leaves no gap between the text and what is typed while readers arrive', async () => {
  const { server, session, address, driverToken, readerToken } = await begin();
  const boss = await call(server.url, { sessionId: session.sessionId, token: driverToken });
  expect(await boss.command({ type: 'driver.take' })).toMatchObject({ ok: true });
  const driver = await open(`${address}&empty=1`, driverToken);
  await expect.poll(() => textOf(driver)).not.toBe('');
  const send = (update: Uint8Array) => {
    const encoder = encoding.createEncoder();
    for (const part of [SYNC, UPDATE]) encoding.writeVarUint(encoder, part);
    encoding.writeVarUint8Array(encoder, update);
    driver.socket.send(encoding.toUint8Array(encoder));
  };
  driver.doc.on('update', (update: Uint8Array, _origin, _doc, { local }: Y.Transaction) => local && send(update));
  const readers: Reader[] = [];
  for (let i = 0; i < 6; i += 1) {
    driver.doc.getMap<Y.Text>('files').get(FILE)!.insert(0, `${i} `);
    readers.push(await open(`${address}&empty=1`, readerToken));
    driver.doc.getMap<Y.Text>('files').get(FILE)!.insert(0, `${i}' `);
  }
  await expect.poll(() => readers.map(textOf)).toEqual(readers.map(() => textOf(driver)));
  for (const { socket } of [driver, ...readers]) socket.terminate();
  boss.socket.close();
  await server.close();
});

it('is asked for by a copy until it holds the text, and then by its state vector, also when it comes back', async () => {
  const stored = new Y.Doc();
  stored.getMap<Y.Text>('files').set(FILE, new Y.Text('hello'));
  const asked: { empty: boolean; holds: boolean }[] = [];
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket, request) => {
    const empty = request.url?.includes('empty=1') === true;
    const frames = [docIdFrame('d'), roleFrame(true), syncStep2(Y.encodeStateAsUpdate(stored))];
    // The first line is cut before anything came.
    if (asked.length > 0) for (const frame of frames) socket.send(frame);
    socket.on('message', (data: Buffer) => {
      if (data[0] !== SYNC || data[1] !== STEP_1) return;
      asked.push({ empty, holds: data.length > STEP_1_OF_NOTHING.length });
      if (asked.length < 3) socket.terminate();
    });
  });
  await new Promise<void>((resolve) => server.once('listening', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const copy = openSharedText(
    { server: address, sessionId: 's', token: 't' } as Parameters<typeof openSharedText>[0],
    'a',
  );
  await expect
    .poll(() => asked, { timeout: 10_000 })
    .toEqual([
      { empty: true, holds: false },
      { empty: true, holds: false },
      { empty: false, holds: true },
    ]);
  expect(copy.doc.getMap<Y.Text>('files').get(FILE)?.toString()).toBe('hello');
  expect([copy.isReady(), copy.end()]).toEqual([true, null]);
  copy.close();
  for (const client of server.clients) client.terminate();
  server.close();
});
