// The floor for Node sockets: a bare `ws` server. /text relays each message to everybody else there; /votes counts votes and
// sends what changed every 50 ms, then the acks. Stores nothing. Prints its port; lives until its parent goes.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

const FLUSH_MS = 50;
const server = createServer();
const options = { noServer: true, perMessageDeflate: false } as const;
const texts = new WebSocketServer(options);
const voters = new WebSocketServer(options);
/** What a newcomer is sent, as the parent asks for. */
let greeting: Buffer | null = null;
const votes = new Map<string, number>();
const changed = new Set<string>();
let acks: (() => void)[] = [];

server.on('upgrade', (request, socket, head) => {
  const wanted = request.url?.startsWith('/votes') ? voters : texts;
  wanted.handleUpgrade(request, socket, head, (client) => wanted.emit('connection', client, request));
});
texts.on('connection', (socket: WebSocket) => {
  if (greeting) socket.send(greeting);
  socket.on('message', (data: Buffer) => {
    for (const client of texts.clients) if (client !== socket) client.send(data);
  });
});
voters.on('connection', (socket: WebSocket) => {
  socket.on('message', (data: Buffer) => {
    const { n, suggestion, by } = JSON.parse(data.toString()) as { n: number; suggestion: string; by: 1 | -1 };
    votes.set(suggestion, (votes.get(suggestion) ?? 0) + by);
    changed.add(suggestion);
    acks.push(() => socket.send(JSON.stringify({ ack: n })));
  });
});
setInterval(() => {
  if (changed.size === 0) return;
  const delta = JSON.stringify({ votes: Object.fromEntries([...changed].map((id) => [id, votes.get(id)])) });
  changed.clear();
  for (const client of voters.clients) client.send(delta);
  const due = acks;
  acks = [];
  for (const ack of due) ack();
}, FLUSH_MS);
process.on('message', (message: { readonly greeting?: string }) => {
  if (message.greeting !== undefined) greeting = Buffer.from(message.greeting, 'base64');
});
process.on('disconnect', () => process.exit(0));
server.listen({ port: 0, host: '127.0.0.1', backlog: 2048 }, () =>
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`),
);
