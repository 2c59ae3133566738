// Passes a request or an upgrade on to another node, as it came.
// Invariant: nothing is sent twice: only where no byte of it can have reached the other node may it be sent again. Every
// stream to a node is known, so that all are cut once that node's time is up: a frozen process would keep them open.
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import net from 'node:net';
import { type Duplex, pipeline } from 'node:stream';
import { peerAddressOf } from '../platform/peer-address.ts';

export const HOP_HEADER = 'x-crowd-hop';
export const PEER_HEADER = 'x-crowd-peer';
const CONNECT_MS = 1_000;
/** Of one connection alone, or ours: they are not passed on. */
const OWN_HEADERS = /^(?:connection|keep-alive|proxy-connection|x-crowd-hop|x-crowd-peer|x-crowd-session)$/i;

/** What is open to other nodes, by their address. */
export class Streams {
  readonly #open = new Map<string, Set<() => void>>();

  add(url: string, end: () => void): () => void {
    const ends = this.#open.get(url) ?? new Set();
    this.#open.set(url, ends.add(end));
    return () => {
      ends.delete(end);
      if (ends.size === 0 && this.#open.get(url) === ends) this.#open.delete(url);
    };
  }

  cut(url: string): void {
    for (const end of [...(this.#open.get(url) ?? [])]) end();
  }

  get urls(): readonly string[] {
    return [...this.#open.keys()];
  }
}

export interface ForwardOptions {
  readonly secret: string;
  readonly agent: http.Agent;
  readonly streams: Streams;
}

function passedHeaders(request: IncomingMessage, secret: string): string[] {
  const headers: string[] = [];
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    const [name, value] = [request.rawHeaders[i] ?? '', request.rawHeaders[i + 1] ?? ''];
    if (!OWN_HEADERS.test(name)) headers.push(name, value);
  }
  return [...headers, HOP_HEADER, secret, PEER_HEADER, peerAddressOf(request)];
}

/** false: the other node could not be reached, and nothing was sent or answered. */
export function forwardRequest(
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
  { secret, agent, streams }: ForwardOptions,
): Promise<boolean> {
  return new Promise((done) => {
    const { hostname, port } = new URL(url);
    const headers = passedHeaders(request, secret);
    const onward = http.request({ agent, hostname, port, method: request.method, path: request.url, headers });
    let sent = false;
    const send = () => {
      clearTimeout(timer);
      sent = true;
      request.pipe(onward);
    };
    const timer = setTimeout(() => onward.destroy(new Error('no connection in time')), CONNECT_MS);
    const gone = () => onward.destroy();
    const remove = streams.add(url, () => onward.destroy(new Error('its time is up')));
    response.once('close', gone);
    onward.once('socket', (socket) => (socket.connecting ? socket.once('connect', send) : send()));
    onward.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, withoutOwn(answer.rawHeaders));
      // Whichever side breaks off ends the other one, which then knows that it does not have all of it.
      pipeline(answer, response, () => undefined);
      done(true);
    });
    onward.on('error', () => {
      response.off('close', gone);
      if (!sent) return done(false);
      if (response.headersSent) response.destroy();
      else refuseForNow(response);
      done(true);
    });
    onward.once('close', () => {
      clearTimeout(timer);
      remove();
    });
  });
}

export function refuseForNow(response: ServerResponse): void {
  response.writeHead(503, { 'Retry-After': '1', 'Content-Length': '0' }).end();
}

/** Without what is of one connection alone. */
export function withoutOwn(raw: readonly string[]): string[] {
  const headers: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2)
    if (!OWN_HEADERS.test(raw[i] ?? '')) headers.push(raw[i] ?? '', raw[i + 1] ?? '');
  return headers;
}

/** false: the other node could not be reached, and nothing was sent. */
export async function forwardUpgrade(
  { request, socket, head }: { readonly request: IncomingMessage; readonly socket: Duplex; readonly head: Buffer },
  url: string,
  { secret, streams }: ForwardOptions,
): Promise<boolean> {
  let pause = () => {};
  const onward = await dial(url, (chunk) => {
    const more = socket.write(chunk);
    if (!more) pause();
    return more;
  });
  if (onward === null) return false;
  pause = () => void socket.once('drain', () => onward.resume());
  const end = () => {
    socket.destroy();
    onward.destroy();
  };
  const remove = streams.add(url, end);
  for (const side of [onward, socket]) {
    side.on('error', end);
    side.on('close', end);
  }
  onward.once('close', remove);
  if (socket.destroyed) end();
  if (socket instanceof net.Socket) socket.setNoDelay(true);
  const lines = [`${request.method} ${request.url} HTTP/1.1`, 'Connection: Upgrade'];
  const headers = passedHeaders(request, secret);
  for (let i = 0; i + 1 < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
  onward.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  if (head.length > 0) onward.write(head);
  socket.pipe(onward);
  onward.once('end', () => socket.end());
  return true;
}

/** What any line to a node reads into: whoever gets it has copied it when the next line reads. */
const read = Buffer.allocUnsafe(64 * 1024);

/**
 * A connection whose bytes go to `onBytes`, a copy of each read, past the stream and the 64 KiB that it would set aside for each.
 * @param onBytes false: no more until the connection is resumed
 */
function dial(url: string, onBytes: (chunk: Buffer) => boolean): Promise<net.Socket | null> {
  const { hostname, port } = new URL(url);
  return new Promise((done) => {
    const line = net.connect({
      host: hostname,
      port: Number(port || 80),
      noDelay: true,
      onread: { buffer: read, callback: (bytes) => onBytes(Buffer.from(read.subarray(0, bytes))) },
    });
    const timer = setTimeout(() => failed(), CONNECT_MS);
    const failed = () => {
      clearTimeout(timer);
      line.destroy();
      done(null);
    };
    line.once('error', failed);
    line.once('connect', () => {
      clearTimeout(timer);
      line.off('error', failed);
      done(line);
    });
  });
}
