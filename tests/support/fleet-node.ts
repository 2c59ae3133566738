// A node whose runs workers perform, with its tickets in memory, and workers that a test plays by hand: honest or not.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { buildOf, type Pool } from '#sandbox/index.ts';
import type { ToWorker } from '#sandbox/protocol/fleet.ts';
import { encodeFrame, readFrames } from '#sandbox/protocol/frames.ts';
import { openFleet } from '#server/cluster/fleet.ts';
import { RANKS, type Rank, type Tickets } from '#server/cluster/tickets.ts';
import { createLog } from '#server/platform/log.ts';

export const SECRET = 'a-secret-of-the-workers';

export interface PlayedWorker {
  readonly socket: Duplex;
  /** All that came, as bytes. */
  readonly bytes: () => Buffer;
  readonly messages: readonly ToWorker[];
  send(header: object): void;
  sendBytes(bytes: Uint8Array): void;
  readonly closed: Promise<void>;
}
export interface FleetNode {
  readonly pool: Pool;
  readonly url: string;
  readonly port: number;
  /** Tickets that wait, in the order of workers. */
  waiting(): readonly { readonly id: string; readonly session: string; readonly rank: Rank }[];
  /** Takes the next ticket, once there is one; comes with it, unless it is to be lost. */
  take(): Promise<string>;
  come(ticket: string, more?: Readonly<Record<string, string>>): Promise<PlayedWorker>;
  next(): Promise<PlayedWorker>;
  /** Moves the clock by which tickets are missed. */
  pass(ms: number): void;
  close(): Promise<void>;
}

export async function startFleetNode(): Promise<FleetNode> {
  let [ids, later] = [0, 0];
  let rows: { id: string; session: string; rank: Rank }[] = [];
  const ears = new Set<(session: string) => void>();
  let url = '';
  const take = () => {
    const [first] = [...rows].sort((a, b) => RANKS[a.rank] - RANKS[b.rank] || Number(a.id) - Number(b.id));
    rows = rows.filter((one) => one !== first);
    return first;
  };
  const tickets: Tickets = {
    async write(session, rank) {
      ids += 1;
      rows.push({ id: String(ids), session, rank });
      for (const ear of ears) ear(session);
      return String(ids);
    },
    async withdraw(id) {
      rows = rows.filter((one) => one.id !== id);
    },
    positions: async (asked) => new Map(rows.map(({ id }, i) => [id, i] as const).filter(([id]) => asked.includes(id))),
    async take(_, __, away = []) {
      const taken = away.includes(url) ? undefined : take();
      return taken ? { ...taken, rank: RANKS[taken.rank], owner: 'a', url } : null;
    },
    async giveBack({ id, session, rank }) {
      const [named] = Object.entries(RANKS).find(([, number]) => number === rank)!;
      rows.push({ id, session, rank: named as Rank });
      for (const ear of ears) ear(session);
    },
    seen: async (_, __, holds) => holds.filter((id) => id.startsWith('gone')),
    workers: async () => ({ workers: 1, places: 2, gaps: ['no namespace'] }),
    forget: async () => {},
    async listen({ ticket }) {
      ears.add(ticket);
      return { close: async () => void ears.delete(ticket) };
    },
  };
  const failures: unknown[] = [];
  const fleet = openFleet({
    tickets,
    secret: SECRET,
    now: () => performance.now() + later,
    log: createLog('error'),
    failed: (_, error) => failures.push(error),
  });
  const server = http.createServer((request, response) => void fleet.routes.request(request, response));
  server.on('upgrade', (request, socket, head) => void fleet.routes.upgrade(request, socket, head));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;
  const sockets: Duplex[] = [];
  const waited = async () => {
    for (;;) {
      const taken = take();
      if (taken) return taken.id;
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  const come: FleetNode['come'] = async (ticket, more = {}) => {
    const { socket, head } = await upgraded(`${url}/cluster/runs/${ticket}`, more);
    sockets.push(socket);
    return played(socket, head);
  };
  return {
    pool: fleet.pool,
    url,
    port,
    waiting: () => rows,
    take: waited,
    come,
    next: async () => come(await waited()),
    pass: (ms) => {
      later += ms;
    },
    async close() {
      await fleet.close();
      await fleet.pool.close();
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      server.close();
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** Rejects with the status where it is refused. */
export function upgraded(
  address: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ socket: Duplex; head: Buffer }> {
  return new Promise((done, failed) => {
    const own = { authorization: `Bearer ${SECRET}`, 'x-crowd-build': buildOf() };
    const headers = { ...own, connection: 'Upgrade', upgrade: 'crowd-run', ...more };
    const request = http.request(address, { agent: false, headers });
    request.once('upgrade', (_, socket, head) => done({ socket, head }));
    request.once('response', ({ statusCode }) => failed(new Error(String(statusCode))));
    request.once('error', failed);
    request.end();
  });
}

function played(socket: Duplex, head: Buffer): PlayedWorker {
  const [chunks, messages]: [Buffer[], ToWorker[]] = [[], []];
  const closed = new Promise<void>((done) => socket.once('close', () => done()));
  socket.on('error', () => undefined); // the owner cuts it
  if (head.length > 0) socket.unshift(head);
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const limits = { headerBytes: 1e7, bodyBytes: 1e7 };
  readFrames(socket, limits, {
    onFrame: ({ header }) => {
      if ((header as { type: string }).type !== 'beat') messages.push(header as ToWorker);
    },
    onBreach: (reason) => socket.destroy(new Error(reason)),
  });
  const beat = setInterval(() => socket.write(Buffer.concat(encodeFrame({ type: 'beat' }))), 300);
  void closed.then(() => clearInterval(beat));
  const sendBytes = (bytes: Uint8Array) => void socket.write(bytes);
  return {
    socket,
    bytes: () => Buffer.concat(chunks),
    messages,
    send: (header) => sendBytes(Buffer.concat(encodeFrame(header))),
    sendBytes,
    closed,
  };
}
