// A TCP proxy in front of a server under test, so that a story can break connections as a real network does: reset them,
// refuse new ones, or let them hang.
import { createConnection, createServer, type Socket } from 'node:net';

export interface TcpProxy {
  /** http://127.0.0.1:port */
  readonly url: string;
  /** Connections whose first request line contains `part` end with a TCP reset; how many. */
  reset(part?: string): number;
  /** While true, each new connection is reset at once. */
  refuse(on: boolean): void;
  /** While true, no byte passes in either direction and nobody is informed of it. */
  stall(on: boolean): void;
  /** New connections go to another server. */
  to(port: number): void;
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly upstream: Socket;
  firstLine: string;
}

export async function openTcpProxy(targetPort: number): Promise<TcpProxy> {
  let target = targetPort;
  const pairs = new Set<Pair>();
  let refusing = false;
  let stalled = false;
  const server = createServer({ noDelay: true }, (client) => {
    client.on('error', () => undefined); // a reset is what this proxy is for
    if (refusing) {
      client.resetAndDestroy();
      return;
    }
    const upstream = createConnection({ port: target, host: '127.0.0.1', noDelay: true });
    upstream.on('error', () => client.resetAndDestroy());
    const pair: Pair = { client, upstream, firstLine: '' };
    pairs.add(pair);
    client.once('data', (bytes: Buffer) => {
      pair.firstLine = bytes.toString('latin1').split('\r\n', 1)[0] ?? '';
    });
    client.pipe(upstream);
    upstream.pipe(client);
    if (stalled) hold(pair);
    client.on('close', () => {
      pairs.delete(pair);
      upstream.destroy();
    });
    upstream.on('close', () => client.destroy());
  });
  const hold = ({ client, upstream }: Pair) => {
    client.unpipe(upstream).pause();
    upstream.unpipe(client).pause();
  };
  const release = ({ client, upstream }: Pair) => {
    client.pipe(upstream);
    upstream.pipe(client);
  };
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const reset = (part = '') => {
    const hit = [...pairs].filter(({ firstLine }) => firstLine.includes(part));
    for (const { client, upstream } of hit) {
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    }
    return hit.length;
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    reset,
    refuse: (on) => {
      refusing = on;
    },
    stall(on) {
      stalled = on;
      for (const pair of pairs) (on ? hold : release)(pair);
    },
    to: (port) => {
      target = port;
    },
    close: () => {
      refusing = true;
      reset();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
