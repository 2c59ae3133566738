// Nodes of which only the front is real: behind it are plain servers that note what they get.
import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { createFront, type Front, type FrontOptions } from '#server/cluster/front.ts';
import { createLocate } from '#server/cluster/locate.ts';
import type { Claim } from '#server/cluster/ownership.ts';
import { peerAddressOf } from '#server/platform/peer-address.ts';

export const SECRET = 'a-secret-of-the-cluster';
export interface FrontNode {
  readonly port: number;
  readonly url: string;
  readonly front: Front;
  /** What its own server got, in order. */
  readonly got: { url: string; body: string; peer: string; headers: IncomingMessage['headers'] }[];
  readonly upgraded: net.Socket[];
}

export async function startNode(
  name: string,
  claim: (session: string) => Promise<Claim | null>,
  more: Partial<FrontOptions> & { mine?: ReadonlySet<string> } = {},
): Promise<FrontNode> {
  const got: FrontNode['got'] = [];
  const upgraded: net.Socket[] = [];
  const inner = http.createServer();
  inner.on('request', async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    got.push({ url: request.url ?? '', body, peer: peerAddressOf(request), headers: request.headers });
    if (request.url?.includes('never')) return;
    const missing = request.url?.includes('missing') && name === 'a';
    response.writeHead(
      missing ? 404 : 200,
      [
        [request.url?.includes('says') ? 'X-Crowd-Session' : 'X-Node', name],
        ['Set-Cookie', 'one=1'],
        ['Set-Cookie', 'two=2'],
      ].flat(),
    );
    response.end(`${name}: ${body}`);
  });
  inner.on('upgrade', (request, socket: net.Socket, head) => {
    got.push({ url: request.url ?? '', body: head.toString(), peer: peerAddressOf(request), headers: request.headers });
    upgraded.push(socket);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\nX-Node: ${name}\r\n\r\n`);
    socket.pipe(socket);
  });
  const failures: unknown[] = [];
  const front = createFront({
    secret: SECRET,
    locate: createLocate({
      isMine: (session) => more.mine?.has(session) ?? false,
      claim,
      now: () => performance.now(),
      failed: (error) => failures.push(error),
    }),
    sessionOfCode: async (code) => (code.startsWith('c-') ? code.slice(2) : null),
    hasBuilt: async () => true,
    others: () => [],
    failed: (_, error) => failures.push(error),
    ...more,
  });
  const outer = front.listener(inner);
  await new Promise<void>((done) => outer.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    front.close();
    for (const socket of upgraded) socket.destroy();
    outer.closeAllConnections();
    outer.close();
    expect(failures).toEqual([]);
  });
  const { port } = outer.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}`, front, got, upgraded };
}
export const nowhere = async () => null;
export const claimAt = (url: string | null): Claim => ({ mine: false, epoch: 1, url, newer: null });
export const at = (url: string | null) => async () => claimAt(url);

export async function upgrade(port: number, path: string, more = ''): Promise<{ socket: net.Socket; answer: string }> {
  const socket = net.connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(`GET ${path} HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: echo\r\n${more}\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return { socket, answer: answer.toString() };
}
