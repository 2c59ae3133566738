// @hocuspocus/server as its documentation starts it: one document in memory, no storage. Prints its port; lives until its
// parent goes.
import { Server } from '@hocuspocus/server';

const server = new Server({ port: 0, address: '127.0.0.1', quiet: true, stopOnSignals: false });
await server.listen();
process.stdout.write(`${server.address.port}\n`);
process.on('disconnect', () => process.exit(0));
