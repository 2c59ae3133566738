// Upgrades: the text socket at /doc/<session>, and Next's own in development. Socket.IO listens for its path itself.
// Invariant: Host and Origin before the handshake; without an Origin only a Bearer token; the session decides who may write.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { CLOSE } from '#session-core/protocol/close-codes.ts';
import { TOKEN_PROTOCOL } from '#session-core/protocol/messages.ts';
import { closeReason } from '#session-core/protocol/messages-for-programs.ts';
import { SIZES } from '#session-core/protocol/sizes.ts';
import { messageOf } from '#session-core/sentences/message.ts';
import { bearerOf, cookieOf } from '../http/identity.ts';
import type { OriginCheck } from '../http/origin-check.ts';
import { refuseUpgrade } from '../http/refuse-upgrade.ts';
import { factsOf, type Log } from '../platform/log.ts';
import type { LiveSession, Registry } from '../session/session-api.ts';
import { holderOf } from '../session/tokens.ts';
import { tooManyViewers, ViewerLimit, type ViewerLimits } from './viewer-limit.ts';

export interface UpgradeOptions {
  readonly registry: Registry;
  readonly origins: OriginCheck;
  readonly log: Log;
  readonly viewers: ViewerLimits;
  /** Socket.IO's path: left to its own listener. */
  readonly leave: string;
  /** Next's listener hangs here; null where Next does not run in development. */
  readonly decoy: Server | null;
}
export interface Upgrades {
  readonly sockets: () => number;
  close(): void;
}

const MOST_TABS = 8;
const DOC = /^\/doc\/([\w-]{1,64})$/;
const TAB = /^[\w-]{0,64}$/;

export function listenForUpgrades(server: Server, options: UpgradeOptions): Upgrades {
  const { registry, origins, log, leave, decoy } = options;
  const viewers = new ViewerLimit(options.viewers);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: SIZES.textMessage, perMessageDeflate: false });
  const tabs = new Map<string, WebSocket[]>();

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const [path, query] = partsOf(request.url ?? '/');
    if (path === leave || path.startsWith(`${leave}/`)) return;
    // A peer that goes away while we look its session up must not end the process.
    socket.on('error', () => socket.destroy());
    const verdict = origins.check(request);
    if (!verdict.ok) return turnAway(socket, 403);
    if (decoy && path.startsWith('/_next/')) return void decoy.emit('upgrade', request, socket, head);
    const id = DOC.exec(path)?.[1];
    if (id === undefined) return turnAway(socket, 404);
    if (!verdict.origin && bearerOf(request) === null) return turnAway(socket, 403);
    registry.open(id).then(
      (session) => {
        // The answer to the upgrade and what a reader is sent first leave in one write.
        socket.cork();
        process.nextTick(() => socket.uncork());
        sockets.handleUpgrade(request, socket, head, (ws) =>
          greet(ws, { session, request, query: new URLSearchParams(query) }),
        );
      },
      (error: unknown) => {
        log.error('text_upgrade_failed', factsOf(error));
        refuseUpgrade(socket, 503);
      },
    );
  });

  const report = (code: number, session?: string) =>
    log.sampled('connection_refused', {
      socket: 'text',
      code: String(code),
      ...(session === undefined ? {} : { session }),
    });
  function turnAway(socket: Duplex, status: 403 | 404): void {
    report(status);
    refuseUpgrade(socket, status);
  }

  function greet(
    ws: WebSocket,
    asked: { session: LiveSession | null; request: IncomingMessage; query: URLSearchParams },
  ): void {
    const { session, request, query } = asked;
    ws.on('error', (error) => log.info('text_socket_error', factsOf(error)));
    const close = (code: number, sentence = closeReason(code)) => {
      report(code, session?.id);
      ws.close(code, sentence);
    };
    if (!session) return void close(CLOSE.notFound);
    const shown = bearerOf(request) ?? tokenOfProtocol(ws.protocol);
    const token = shown ?? cookieOf(request, session.id);
    const holder = token === null ? null : holderOf(session, token);
    const tab = query.get('tab') ?? '';
    // An old cookie makes a viewer; a wrong token, or that of someone sent away, must not pass for one.
    if (holder?.removed) return void close(CLOSE.forbidden);
    if (shown !== null && !holder) return void close(CLOSE.forbidden, 'This token is not valid here; join again.');
    if (!TAB.test(tab)) return void close(CLOSE.forbidden, '`tab` must be at most 64 letters, digits, _ and -.');
    const participant = holder?.id ?? null;
    if (participant !== null) keepFew(ws, `${session.id}:${participant}`);
    else {
      const admission = viewers.enter(origins.addressOf(request), session.id);
      if (!admission.ok) return void close(CLOSE.tooManyViewers, messageOf(tooManyViewers(admission.full)));
      ws.on('close', admission.leave);
    }
    session.joinText(ws, { participant, tab, own: query.get('v') === '1', empty: query.get('empty') === '1' });
  }

  function keepFew(ws: WebSocket, who: string): void {
    const mine = tabs.get(who) ?? [];
    if (mine.length >= MOST_TABS) mine[0]?.close(CLOSE.tooManyTabs, closeReason(CLOSE.tooManyTabs));
    tabs.set(who, [...mine.slice(mine.length >= MOST_TABS ? 1 : 0), ws]);
    ws.on('close', () => {
      const left = (tabs.get(who) ?? []).filter((other) => other !== ws);
      if (left.length > 0) tabs.set(who, left);
      else tabs.delete(who);
    });
  }

  return {
    sockets: () => sockets.clients.size,
    close: () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

const tokenOfProtocol = (protocol: string): string | null =>
  protocol.startsWith(TOKEN_PROTOCOL) ? protocol.slice(TOKEN_PROTOCOL.length) : null;

/** Path and query. */
function partsOf(url: string): readonly [string, string] {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}
