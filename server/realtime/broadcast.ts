// Events of Socket.IO to many sockets: encoded once, and written below Socket.IO to each WebSocket that waits for
// nothing. What it keeps for each message and socket costs as much as the write itself.
// Invariant: everybody gets everything in order; a socket that polls, upgrades or is behind gets it by Socket.IO's own queue.
import type { Socket as NetSocket } from 'node:net';
import type { Server, Socket } from 'socket.io';
import { socketBytes } from '../platform/socket-frame.ts';
import { packedView } from './packed-view.ts';

/** What Engine.IO and ws keep of a connection; the types do not show it. */
interface Line {
  readonly readyState: string;
  readonly upgrading: boolean;
  readonly writeBuffer: readonly unknown[];
  readonly transport: {
    readonly name: string;
    readonly writable: boolean;
    readonly socket?: { readonly readyState: number; readonly _socket?: NetSocket };
  };
}

/** A message (4) of Engine.IO that holds an event (2) of Socket.IO. */
const EVENT = '42';
const OPEN = 1;

/** `body` as JSON. */
export const eventBytes = (event: string, body: string): Buffer =>
  socketBytes(Buffer.from(`${EVENT}[${JSON.stringify(event)},${body}]`), 'text');

/** The socket under the connection, where bytes written now come behind everything that was sent before. */
function openSocket({ conn }: Socket): NetSocket | null {
  const { readyState, upgrading, writeBuffer, transport } = conn as unknown as Line;
  if (readyState !== 'open' || upgrading || writeBuffer.length > 0) return null;
  if (transport.name !== 'websocket' || !transport.writable || transport.socket?.readyState !== OPEN) return null;
  const socket = transport.socket._socket;
  return socket && socket.writableLength === 0 ? socket : null;
}

/** Whether they were written; otherwise the caller emits the event. */
export function writeAtOnce(socket: Socket, bytes: Buffer): boolean {
  const line = openSocket(socket);
  line?.write(bytes);
  return line !== null;
}

/** Behind what waits in the socket's queue; `body` as JSON, so that a part that many get is not written anew for each. */
export function emitJson(socket: Socket, event: string, body: string): void {
  behind(socket, [`2[${JSON.stringify(event)},${body}]`]);
}

/** The same with the view as bytes, which many get. */
export function emitPacked(socket: Socket, event: string, { view, ...others }: { readonly view: object }): void {
  // An event (5) with one attachment.
  const body = JSON.stringify({ ...others, view: { _placeholder: true, num: 0 } });
  behind(socket, [`51-[${JSON.stringify(event)},${body}]`, packedView(view)]);
}

function behind(socket: Socket, packets: readonly (string | Buffer)[]): void {
  const { client } = socket as unknown as {
    client: { writeToEngine(packets: readonly (string | Buffer)[], options: object): void };
  };
  client.writeToEngine(packets, {});
}

export interface Said {
  readonly event: string;
  readonly body: unknown;
  /** Who is behind does without it. */
  readonly volatile?: true;
}

/** To everybody in the room `name`: several events in one write. */
export function broadcast(io: Server, name: string, ...list: readonly Said[]): void {
  const ids = io.sockets.adapter.rooms.get(name);
  if (!ids) return;
  const frames = list.map(({ event, body }) => eventBytes(event, JSON.stringify(body)));
  const bytes = frames.length === 1 ? frames[0]! : Buffer.concat(frames);
  const others: string[] = [];
  for (const id of ids) {
    const socket = io.sockets.sockets.get(id);
    if (socket && !writeAtOnce(socket, bytes)) others.push(id);
  }
  if (others.length === 0) return;
  // Each socket is alone in a room of its id.
  const rest = io.to(others);
  for (const { event, body, volatile } of list) (volatile ? rest.volatile : rest).emit(event, body);
}
