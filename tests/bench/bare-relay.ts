// The floor for anything that reaches everybody: a bare `ws` server that sends each message it gets to all its clients.
// A child process of a benchmark: prints its port, lives until its parent goes.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false, backlog: 2048 });
server.on('connection', (socket) => {
  socket.on('message', (data: Buffer) => {
    for (const client of server.clients) client.send(data);
  });
});
server.on('listening', () => process.stdout.write(`${(server.address() as { port: number }).port}\n`));
process.on('disconnect', () => process.exit(0));
