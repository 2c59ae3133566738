// A person types on while the line was down and as it comes back: what was typed first reaches the server after what was
// typed last, with the answer to its SyncStep1. Found by kill -9: the later keys were refused, and everything after them.
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { expect, it } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { FRAME } from '#session-core/protocol/messages.ts';
import { call, startTestServer } from '#tests/support/test-server.ts';

const SYNC = 0;
const [STEP_1, STEP_2, UPDATE] = [0, 1, 2];

function sync(step: number, body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, SYNC);
  encoding.writeVarUint(encoder, step);
  encoding.writeVarUint8Array(encoder, body);
  return encoding.toUint8Array(encoder);
}

it('keys typed between the reconnect and the sync are kept, not refused', async () => {
  const server = await startTestServer();
  const session = await server.create();
  const { json } = await server.ask(`/api/sessions/${session.sessionId}/facilitator`, {
    method: 'POST',
    body: { secret: session.facilitatorSecret },
  });
  const boss = await call(server.url, { sessionId: session.sessionId, token: json.token });
  expect(await boss.command({ type: 'driver.take' })).toMatchObject({ ok: true });

  const doc = new Y.Doc();
  const refused: number[] = [];
  const open = (early: Uint8Array | null) =>
    new Promise<WebSocket>((resolve) => {
      const address = `${server.url.replace('http', 'ws')}/doc/${session.sessionId}?v=1`;
      const socket = new WebSocket(address, { headers: { authorization: `Bearer ${json.token}` } });
      socket.binaryType = 'arraybuffer';
      socket.on('open', () => {
        if (early) socket.send(sync(UPDATE, early));
        socket.send(sync(STEP_1, Y.encodeStateVector(doc)));
      });
      socket.on('message', (data: ArrayBuffer) => {
        const decoder = decoding.createDecoder(new Uint8Array(data));
        const type = decoding.readVarUint(decoder);
        if (type === FRAME.refused) refused.push(type);
        if (type !== SYNC) return;
        const step = decoding.readVarUint(decoder);
        const body = decoding.readVarUint8Array(decoder);
        if (step === STEP_1) {
          socket.send(sync(STEP_2, Y.encodeStateAsUpdate(doc, body)));
          resolve(socket);
        } else Y.applyUpdate(doc, body, 'server');
      });
    });

  const first = await open(null);
  const text = () => doc.getMap<Y.Text>('files').get('README.md');
  await expect.poll(() => text()?.length ?? 0).toBeGreaterThan(0);
  first.terminate();

  text()?.insert(0, 'offline ');
  let late: Uint8Array | null = null;
  doc.once('update', (update: Uint8Array) => {
    late = update;
  });
  text()?.insert(8, 'early ');
  const second = await open(late);
  const stored = async () =>
    ((await server.ask(`/api/sessions/${session.sessionId}/files`)).json as { files: Record<string, string> }).files[
      'README.md'
    ];
  await expect.poll(stored, { timeout: 5_000 }).toMatch(/^offline early /);
  expect(refused).toEqual([]);
  second.terminate();
  boss.socket.close();
  await server.close();
});
