// The text socket alone, on port 0: who connects says in the query who they are. And clients of it, by the published provider.
import type { AddressInfo } from 'node:net';
import WebSocket, { WebSocketServer } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { LiveSession } from '#server/session/session-api.ts';
import { FRAME } from '#session-core/protocol/messages.ts';

export interface TextServer {
  readonly url: string;
  /** Ends all connections without a word, as a dead server does. */
  cut(): void;
  close(): Promise<void>;
}

export async function openTextServer(sessionOf: () => LiveSession | Promise<LiveSession>): Promise<TextServer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false, maxPayload: 1 << 20 });
  server.on('connection', (socket, request) => {
    const query = new URL(request.url ?? '/', 'http://here').searchParams;
    const who = { participant: query.get('who') || null, tab: query.get('tab') ?? '', own: query.get('v') === '1' };
    const session = sessionOf();
    if (session instanceof Promise) void session.then((found) => found.joinText(socket, who));
    else session.joinText(socket, who);
  });
  await new Promise<void>((resolve) => server.once('listening', resolve));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      for (const client of server.clients) client.terminate();
    },
    async close() {
      for (const client of server.clients) client.terminate();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export interface TextClient {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  readonly files: Y.Map<Y.Text>;
  text(path: string): string;
  texts(): Record<string, string>;
  /** Our own frames that came, by type. */
  readonly own: { readonly type: number; readonly bytes: Uint8Array }[];
  close(): void;
}

export function openTextClient(
  url: string,
  who: { readonly participant: string | null; readonly tab?: string; readonly own?: boolean },
): TextClient {
  const doc = new Y.Doc();
  const own: { type: number; bytes: Uint8Array }[] = [];
  const provider = new WebsocketProvider(url, 'doc', doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    resyncInterval: -1,
    maxBackoffTime: 200,
    params: {
      who: who.participant ?? '',
      ...(who.tab === undefined ? {} : { tab: who.tab }),
      ...(who.own ? { v: '1' } : {}),
    },
  });
  for (const type of Object.values(FRAME))
    (provider.messageHandlers as unknown as Record<number, unknown>)[type] = (
      _: unknown,
      decoder: { arr: Uint8Array; pos: number },
    ) => own.push({ type, bytes: decoder.arr.slice(decoder.pos) });
  const files = doc.getMap('files') as Y.Map<Y.Text>;
  const texts = () => Object.fromEntries([...files.keys()].sort().map((path) => [path, files.get(path)!.toString()]));
  return {
    doc,
    provider,
    files,
    own,
    text: (path) => files.get(path)?.toString() ?? '',
    texts,
    close() {
      provider.destroy();
      doc.destroy();
    },
  };
}

/**
 * Resolves when the other end has read everything that was sent before, and this end everything that the other had
 * sent by then: a ping and its pong keep their place in the stream.
 */
export function exchanged(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    const closed = () => reject(new Error('the socket closed before its pong'));
    socket.once('close', closed);
    socket.once('pong', () => {
      socket.off('close', closed);
      resolve();
    });
    socket.ping();
  });
}
/** The socket of a provider that is connected. */
export const socketOf = ({ provider }: TextClient): WebSocket => provider.ws as unknown as WebSocket;

/** Polls until it holds; throws with `what` after fifteen seconds: a machine under load is slow, not wrong. */
export async function until(what: string, test: () => boolean): Promise<void> {
  const end = Date.now() + 15_000;
  while (!test()) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
