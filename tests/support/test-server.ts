// A whole server in this process, on port 0, with a disk in memory and a sandbox that runs nothing; and how to ask it.
import http from 'node:http';
import { io, type Socket } from 'socket.io-client';
import { type CrowdServer, createServer, type ServerOptions } from '#server/create-server.ts';
import { readConfig } from '#server/platform/config.ts';
import { createLog } from '#server/platform/log.ts';
import { createMemoryStorage } from '#server/storage/memory.ts';
import type { Ack, Snapshot } from '#session-core/protocol/messages.ts';
import { type PackedPatch, unpackPatch } from '#session-core/protocol/patch-wire.ts';
import type { PublicView, YouView } from '#session-core/view/view-types.ts';
import { createFakePool } from './fake-pool.ts';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what came, and fails where it is something else
  readonly json: any;
}
export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
  readonly cookie?: string;
  /** Sent as JSON, unless it is a string already. */
  readonly body?: unknown;
}
export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly instance: CrowdServer;
  /** Lines of the server's log. */
  readonly log: string[];
  ask(path: string, asking?: Asking): Promise<Answer>;
  /** A new session: ids, code, secret. */
  create(wanted?: object): Promise<{ sessionId: string; joinCode: string; facilitatorSecret: string; joinUrl: string }>;
  join(
    code: string,
    displayName?: string,
  ): Promise<{ sessionId: string; participantId: string; displayName: string; token: string }>;
  close(): Promise<void>;
}

export async function startTestServer(
  env: Record<string, string> = {},
  options: Partial<ServerOptions> = {},
): Promise<TestServer> {
  const read = readConfig(['--port', '0'], env);
  if (!read.ok) throw new Error(read.line);
  const log: string[] = [];
  const instance = await createServer({
    config: read.config,
    storage: createMemoryStorage(),
    pool: createFakePool(),
    next: false,
    checkAnswers: true,
    log: createLog('info', (line) => log.push(line)),
    ...options,
  });
  const url = (await instance.listen()).replace('localhost', '127.0.0.1');
  const { port: listening, pathname } = new URL(url);
  const port = Number(listening);
  const basePath = pathname.replace(/\/$/, '');

  const server: TestServer = {
    url,
    port,
    instance,
    log,
    ask: (path, asking = {}) => ask(port, basePath + path, asking),
    create: async (wanted = {}) => {
      const { status, json, text } = await server.ask('/api/sessions', {
        method: 'POST',
        body: wanted,
        headers: { host: `localhost:${port}`, origin: `http://localhost:${port}` },
        ...(env['CREATE_TOKEN'] ? { token: env['CREATE_TOKEN'] } : {}),
      });
      if (status !== 201) throw new Error(`create answered ${status}: ${text}`);
      return json;
    },
    join: async (code, displayName) => {
      const body = displayName === undefined ? { code } : { code, displayName };
      const { status, json, text } = await server.ask('/api/join', { method: 'POST', body });
      if (status !== 200) throw new Error(`join answered ${status}: ${text}`);
      return json;
    },
    close: () => instance.close(),
  };
  return server;
}

/** By node:http, which sends just the given headers, Host and Origin included; it keeps its connection as a browser does. */
export function ask(port: number, path: string, asking: Asking): Promise<Answer> {
  const { method = 'GET', headers = {}, token, cookie, body } = asking;
  const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        agent: false,
        headers: {
          connection: 'keep-alive',
          ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(cookie === undefined ? {} : { cookie }),
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parsed(text) }),
        );
      },
    );
    request.on('error', reject);
    request.end(sent);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export interface Caller {
  readonly socket: Socket;
  /** What came by each event, in order. */
  readonly got: { readonly event: string; readonly said: unknown }[];
  snapshot(): Snapshot<PublicView, YouView>;
  command(command: object): Promise<Ack>;
  /** Waits for the next message of this event that `test` accepts; those that came already count. */
  until<T>(event: string, test?: (said: T) => boolean): Promise<T>;
}

/** A plain socket.io client. Rejects with `{code}` in `data` where the server refuses. */
export function call(
  url: string,
  auth: object,
  headers: Record<string, string> = {},
  transport: 'websocket' | 'polling' = 'websocket',
): Promise<Caller> {
  const { origin, pathname } = new URL(url);
  const socket = io(origin, {
    path: `${pathname.replace(/\/$/, '')}/socket`,
    transports: [transport],
    forceNew: true,
    reconnection: false,
    auth,
    extraHeaders: headers,
  });
  const got: { event: string; said: unknown }[] = [];
  const looks = new Set<() => void>();
  socket.onAny((event: string, sent: unknown) => {
    const said = event === 'patch' || event === 'you' ? unpackPatch(sent as PackedPatch) : sent;
    got.push({ event, said });
    for (const look of [...looks]) look();
  });
  let ids = 0;
  const caller: Caller = {
    socket,
    got,
    snapshot: () => got.findLast(({ event }) => event === 'snapshot')?.said as Snapshot<PublicView, YouView>,
    command: (command) => socket.timeout(15_000).emitWithAck('command', { id: `c-${Date.now()}-${ids++}`, ...command }),
    until: <T>(event: string, test: (said: T) => boolean = () => true) =>
      new Promise<T>((resolve, reject) => {
        const look = () => {
          const found = got.find((one) => one.event === event && test(one.said as T));
          if (!found) return;
          looks.delete(look);
          clearTimeout(timer);
          resolve(found.said as T);
        };
        const timer = setTimeout(() => {
          looks.delete(look);
          reject(new Error(`no "${event}" like that came; came: ${got.map((one) => one.event).join(', ')}`));
        }, 15_000);
        looks.add(look);
        look();
      }),
  };
  return new Promise((resolve, reject) => {
    socket.on('connect_error', (error) => {
      socket.close();
      reject(error);
    });
    socket.on('connect', () => void caller.until('snapshot').then(() => resolve(caller), reject));
  });
}
