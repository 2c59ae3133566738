// Stands before a node's own HTTP server: what belongs to a session goes to the node that owns it, whichever was asked.
// Invariant: one hop at most; a node never serves a session that another one has. Visitors of an owner that is late or
// dead wait here until its time is up, since each refusal doubles the time after which a client tries again.
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { refuseUpgrade, shouldUpgradeCallback } from '../http/refuse-upgrade.ts';
import { SESSION_HEADER } from '../http/session-header.ts';
import { passedOnFor } from '../platform/peer-address.ts';
import { sameSecret } from '../session/tokens.ts';
import { readBodyAhead } from './body-ahead.ts';
import type { WorkerRoutes } from './fleet.ts';
import { forwardRequest, forwardUpgrade, HOP_HEADER, PEER_HEADER, refuseForNow, Streams } from './forward.ts';
import type { Locate } from './locate.ts';
import { answerOfAnotherBuild, type OtherBuildOptions } from './other-build.ts';
import { codeOfBody, type Subject, subjectOf, tableKeyOf, tableOfBody } from './session-address.ts';

const HOLD_MS = 5_000;
const LOOK_AGAIN_MS = 100;
const MOST_HELD = 2_000;
/** As long as a body of `POST /api/join` or `POST /api/sessions` may be. */
const MOST_BODY_BYTES = 64 * 1024;

export interface FrontOptions extends OtherBuildOptions {
  readonly locate: Locate;
  /**
   * The session that a join code leads to. What was typed may have another case and blanks. null: none, or this visitor
   * guesses too fast: guessing must be as slow here as at the route itself.
   */
  readonly sessionOfCode: (code: string, request: IncomingMessage) => Promise<string | null>;
  /** Absent where nobody performs runs for this node. */
  readonly workers?: WorkerRoutes | undefined;
  readonly failed: (what: string, error: unknown) => void;
  readonly limits?: { readonly holdMs?: number; readonly mostHeld?: number };
}

export interface Front {
  /** What listens. Its requests and upgrades reach `inner` as if that did. */
  listener(inner: http.Server): http.Server;
  /** Ends all that is open to a node whose time is up. */
  cut(url: string): void;
  /** Nodes that something is open to. */
  readonly openTo: () => readonly string[];
  readonly counts: { forwarded: number; held: number };
  close(): void;
}

export function createFront(options: FrontOptions): Front {
  const { secret, locate, workers, failed } = options;
  const { holdMs = HOLD_MS, mostHeld = MOST_HELD } = options.limits ?? {};
  const streams = new Streams();
  const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 256 });
  const onward = { secret, agent, streams };
  const counts = { forwarded: 0, held: 0 };
  const pause = (ms: number) => new Promise<true>((done) => setTimeout(done, ms, true));

  /** Whether another node of ours sent it: then it says who its visitor is, and the request goes no further. */
  function arrive(request: IncomingMessage): boolean {
    const [shown, peer] = [request.headers[HOP_HEADER], request.headers[PEER_HEADER]];
    delete request.headers[HOP_HEADER];
    delete request.headers[PEER_HEADER];
    if (typeof shown !== 'string' || !sameSecret(secret, shown)) return false;
    if (typeof peer === 'string') passedOnFor(request, peer);
    return true;
  }

  /** 'here': ours to answer; 'done': another node has it; 'given up': its owner was not back in time. */
  async function settle(
    session: string,
    visitor: { readonly destroyed: boolean },
    send: (url: string) => Promise<boolean>,
  ): Promise<'here' | 'done' | 'given up'> {
    const until = performance.now() + holdMs;
    for (;;) {
      const found = locate(session);
      const place = found instanceof Promise ? await held(found) : found;
      if (place?.at === 'here') return 'here';
      if (place === null || visitor.destroyed) return 'given up';
      if (place.at === 'other') {
        if (await send(place.url)) {
          counts.forwarded += 1;
          return 'done';
        }
        locate.forget(session);
      }
      if (visitor.destroyed || performance.now() >= until) return 'given up';
      if ((await held(pause(LOOK_AGAIN_MS))) === null) return 'given up';
    }
  }

  /** Counted while it waits; null: too many do. */
  async function held<T>(wait: Promise<T>): Promise<T | null> {
    if (counts.held >= mostHeld) return null;
    counts.held += 1;
    try {
      return await wait;
    } finally {
      counts.held -= 1;
    }
  }

  /** Whoever has the table makes the session of it. null: this node, or one that is gone, and its tables with it. */
  async function ownerOfTable(request: IncomingMessage, subject: Subject): Promise<string | null> {
    if (subject === null) return null;
    let table = 'table' in subject ? subject.table : '';
    if ('bodyHasTable' in subject) {
      const body = await readBodyAhead(request, MOST_BODY_BYTES);
      table = body === null ? '' : tableOfBody(body);
    }
    return table === '' ? null : (options.others().find((url) => table.startsWith(tableKeyOf(url))) ?? null);
  }

  async function sessionOf(request: IncomingMessage, subject: Subject): Promise<string | null> {
    if (subject === null || 'table' in subject || 'bodyHasTable' in subject) return null;
    if ('session' in subject) return subject.session;
    if ('code' in subject) return options.sessionOfCode(subject.code, request);
    const body = await readBodyAhead(request, MOST_BODY_BYTES);
    return body === null ? null : options.sessionOfCode(codeOfBody(body), request);
  }

  async function onRequest(inner: http.Server, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (workers?.isTheirs(request)) return workers.request(request, response);
    const inward = () => void inner.emit('request', request, response);
    if (arrive(request)) return inward();
    const subject = subjectOf(request);
    const owner = await ownerOfTable(request, subject);
    if (owner !== null && (await forwardRequest(request, response, owner, onward))) {
      counts.forwarded += 1;
      return;
    }
    const session = await sessionOf(request, subject);
    if (session === null) {
      if (await answerOfAnotherBuild(request, response, options)) return;
      return inward();
    }
    const outcome = await settle(session, request.socket, (url) => forwardRequest(request, response, url, onward));
    if (outcome === 'here') {
      if (subject !== null && !('session' in subject)) response.setHeader(SESSION_HEADER, session);
      inward();
    } else if (outcome === 'given up' && !response.headersSent) refuseForNow(response);
  }

  async function onUpgrade(
    inner: http.Server,
    asked: { readonly request: IncomingMessage; readonly socket: Duplex; readonly head: Buffer },
  ): Promise<void> {
    const { request, socket, head } = asked;
    if (workers?.isTheirs(request)) return workers.upgrade(request, socket, head);
    const session = arrive(request) ? null : await sessionOf(request, subjectOf(request));
    const outcome =
      session === null ? 'here' : await settle(session, socket, (url) => forwardUpgrade(asked, url, onward));
    if (outcome === 'here') inner.emit('upgrade', request, socket, head);
    else if (outcome === 'given up') refuseUpgrade(socket, 503);
  }

  return {
    listener(inner) {
      const { requestTimeout, headersTimeout } = inner;
      const outer = http.createServer({ requestTimeout, headersTimeout, shouldUpgradeCallback });
      outer.on('request', (request, response) => {
        onRequest(inner, request, response).catch((error: unknown) => {
          failed('forward_failed', error);
          if (response.headersSent) response.destroy();
          else refuseForNow(response);
        });
      });
      outer.on('upgrade', (request, socket, head) => {
        socket.on('error', () => socket.destroy());
        onUpgrade(inner, { request, socket, head }).catch((error: unknown) => {
          failed('forward_failed', error);
          socket.destroy();
        });
      });
      return outer;
    },
    cut: (url) => streams.cut(url),
    openTo: () => streams.urls,
    counts,
    close() {
      for (const url of streams.urls) streams.cut(url);
      agent.destroy();
    },
  };
}
