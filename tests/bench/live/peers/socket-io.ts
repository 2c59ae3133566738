// Socket.IO as one would write it at first: each message at once to everybody, each vote with the count. Stores nothing.
// Prints its port; lives until its parent goes.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

const server = createServer();
const io = new Server(server, { serveClient: false, perMessageDeflate: false });
const votes = new Map<string, number>();

io.on('connection', (socket) => {
  socket.on('frame', (data: Buffer) => socket.broadcast.emit('frame', data));
  socket.on('vote', ({ suggestion, by }: { suggestion: string; by: 1 | -1 }, ack: () => void) => {
    const count = (votes.get(suggestion) ?? 0) + by;
    votes.set(suggestion, count);
    io.emit('votes', { [suggestion]: count });
    ack();
  });
});
process.on('disconnect', () => process.exit(0));
server.listen({ port: 0, host: '127.0.0.1', backlog: 2048 }, () =>
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`),
);
