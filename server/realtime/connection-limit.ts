// What a connection of Socket.IO may do whatever it says: how many of one address may be unknown yet, and how fast one
// may send packets. Above it the connection is closed, since an answer to whatever comes would be work without a limit.
import type { Server, Socket } from 'socket.io';
import type { OriginCheck } from '../http/origin-check.ts';
import { ALLOWANCES, RateLimit } from '../platform/rate-limit.ts';
import { ViewerLimit } from './viewer-limit.ts';

type Client = Socket['conn'];

export interface ConnectionLimit {
  /** It has said who it is, or that it is a viewer, and is counted elsewhere. */
  admitted(client: Client): void;
}

export function limitConnections(
  io: Server,
  {
    origins,
    now,
    unknownPerAddress,
  }: { readonly origins: OriginCheck; readonly now: () => number; unknownPerAddress: number },
): ConnectionLimit {
  const packets = new RateLimit(now);
  const unknown = new ViewerLimit({ perAddress: unknownPerAddress, perSession: Number.POSITIVE_INFINITY });
  const leaving = new WeakMap<Client, () => void>();
  let connections = 0;

  io.engine.on('connection', (client: Client) => {
    connections += 1;
    const key = String(connections);
    const admission = unknown.enter(origins.addressOf(client.request), '');
    if (!admission.ok) return void client.close(true);
    leaving.set(client, admission.leave);
    client.on('close', admission.leave);
    client.on('packet', () => {
      if (packets.take(key, ALLOWANCES.packet) > 0) client.close(true);
    });
  });

  return { admitted: (client) => leaving.get(client)?.() };
}
