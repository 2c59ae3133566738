// What is written below Socket.IO arrives as if Socket.IO had sent it: in order, to those that poll as well, and never before
// what still waits in a queue.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket as ServerSocket } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { broadcast, eventBytes, writeAtOnce } from '#server/realtime/broadcast.ts';

const http = createServer();
const io = new Server(http, { serveClient: false, perMessageDeflate: false });
const clients: Socket[] = [];
let url = '';

beforeAll(async () => {
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterAll(async () => {
  for (const client of clients) client.close();
  await io.close();
});

async function enter(transport: 'websocket' | 'polling') {
  const client = connect(url, { transports: [transport], forceNew: true });
  clients.push(client);
  const got: unknown[] = [];
  client.on('said', (said) => got.push(said));
  const socket = await new Promise<ServerSocket>((resolve) => io.once('connection', resolve));
  await socket.join('hall');
  return { client, socket, got };
}

it('reaches everybody in the room, in the order it was said', async () => {
  const people = [await enter('websocket'), await enter('polling'), await enter('websocket')];
  const outside = await enter('websocket');
  await outside.socket.leave('hall');
  const expected: unknown[] = [];
  for (let i = 0; i < 60; i += 1) {
    const said = { i, text: 'ä€🦉'.repeat(i), long: i === 40 ? 'x'.repeat(70_000) : '' };
    expected.push(said);
    if (i % 3 === 2) for (const { socket } of people) socket.emit('said', said);
    else broadcast(io, 'hall', { event: 'said', body: said });
    if (i % 7 === 0) await new Promise((turn) => setImmediate(turn));
  }
  for (const { got } of people) await expect.poll(() => got.length).toBe(expected.length);
  for (const { got } of people) expect(got).toEqual(expected);
  expect(outside.got).toEqual([]);
  broadcast(io, 'nobody is here', { event: 'said', body: {} });
});

it('writes only to a WebSocket that waits for nothing', async () => {
  const [fast, polling] = [await enter('websocket'), await enter('polling')];
  const bytes = eventBytes('said', '"at once"');
  expect(writeAtOnce(polling.socket, bytes)).toBe(false);
  await expect.poll(() => writeAtOnce(fast.socket, bytes)).toBe(true);
  // What Socket.IO sends in this turn of the loop waits in its queue or in the socket.
  fast.socket.emit('said', 'before');
  fast.socket.emit('said', 'before');
  expect(writeAtOnce(fast.socket, bytes)).toBe(false);
  await expect.poll(() => fast.got).toEqual(['at once', 'before', 'before']);
  fast.client.close();
  await expect.poll(() => fast.socket.connected).toBe(false);
  expect(writeAtOnce(fast.socket, bytes)).toBe(false);
});

it('sends several events in one write, to those that poll one after the other', async () => {
  const people = [await enter('websocket'), await enter('polling')];
  const list = ['a', 'b', 'c'].map((body) => ({ event: 'said', body }));
  broadcast(io, 'hall', ...list);
  for (const { got } of people) await expect.poll(() => got).toEqual(['a', 'b', 'c']);
});
