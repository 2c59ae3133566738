// What a connection of Socket.IO may do whatever it says: how many of one address may be unknown yet, and how fast one
// may send packets. Above it the connection is closed, since an answer to whatever comes would be work without a limit.
import type { Server, Socket } from 'socket.io';
import type { OriginCheck } from '../http/origin-check.ts';
import type { Log } from '../platform/log.ts';
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
    log,
    unknownPerAddress,
  }: { readonly origins: OriginCheck; readonly now: () => number; readonly log: Log; unknownPerAddress: number },
): ConnectionLimit {
  const packets = new RateLimit(now);
  const unknown = new ViewerLimit({ perAddress: unknownPerAddress, perSession: Number.POSITIVE_INFINITY });
  const leaving = new WeakMap<Client, () => void>();
  let connections = 0;

  io.engine.on('connection', (client: Client) => {
    connections += 1;
    const key = String(connections);
    const admission = unknown.enter(origins.addressOf(client.request), '');
    if (!admission.ok) {
      log.sampled('connection_refused', { socket: 'commands', code: 'too_many_unknown' });
      return void client.close(true);
    }
    leaving.set(client, admission.leave);
    client.on('close', admission.leave);
    client.on('packet', () => {
      if (packets.take(key, ALLOWANCES.packet) === 0) return;
      log.sampled('connection_refused', { socket: 'commands', code: 'too_many_packets' });
      client.close(true);
    });
  });

  return { admitted: (client) => leaving.get(client)?.() };
}
