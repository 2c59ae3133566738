// A browser that keeps no cookies, to the server: whatever cookies one of them says is lost on the way. Beside it the page
// finds no storage, as where a browser blocks cookies.
import { request as ask, createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext } from 'playwright-core';

export interface CookieBlocker {
  readonly url: string;
  readonly port: number;
  close(): void;
}

/** Answers as the server at `port` of this machine, without cookies in either direction. */
export async function blockCookies(port: number): Promise<CookieBlocker> {
  const there = ({ headers: { cookie: _, origin, ...headers }, method, url }: IncomingMessage) =>
    ask({
      port,
      host: '127.0.0.1',
      method: method ?? 'GET',
      path: url ?? '/',
      headers: {
        ...headers,
        host: `127.0.0.1:${port}`,
        ...(origin === undefined ? {} : { origin: `http://127.0.0.1:${port}` }),
        ...(headers.referer === undefined ? {} : { referer: `http://127.0.0.1:${port}/` }),
      },
    });
  const without = ({ headers: { 'set-cookie': _, ...headers } }: IncomingMessage) => headers;
  const server = createServer((request, response) => {
    const forwarded = there(request);
    forwarded.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, without(answer));
      answer.pipe(response);
    });
    forwarded.on('error', () => response.destroy());
    request.pipe(forwarded);
  });
  server.on('upgrade', (request, socket, sent) => {
    const forwarded = there(request);
    forwarded.on('upgrade', (answer, other, came) => {
      const lines = Object.entries(without(answer)).map(([name, value]) => `${name}: ${String(value)}`);
      socket.write(['HTTP/1.1 101 Switching Protocols', ...lines, '', ''].join('\r\n'));
      // What the first packet of either end held beside its head.
      socket.write(came);
      other.write(sent);
      socket.pipe(other).pipe(socket);
      socket.on('error', () => other.destroy());
      other.on('error', () => socket.destroy());
    });
    forwarded.on('response', () => socket.destroy());
    forwarded.on('error', () => socket.destroy());
    forwarded.end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const own = (server.address() as AddressInfo).port;
  return {
    port: own,
    url: `http://127.0.0.1:${own}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Pages of the context find storage blocked. */
export async function blockStorage(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
    }
    Object.defineProperty(navigator, 'cookieEnabled', { get: () => false });
  });
}
