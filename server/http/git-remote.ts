// `git clone` and `git pull` of a session by a clone link: /git/<session>/<key>/<name>.git, read-only.
// Invariant: limits are asked before a session is loaded; nothing is packed for a request that is not read to its end.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzip } from 'node:zlib';
import { enclosedIn } from '../export/surroundings.ts';
import { advertisement, answerTo, errorPacket, MOST_REQUEST_BYTES, readPackRequest } from '../export/upload-pack.ts';
import { factsOf } from '../platform/log.ts';
import { networkOf } from '../platform/network.ts';
import { marksOf, requestIdOf } from '../platform/request-marks.ts';
import type { SessionReadings } from '../session/session-api.ts';
import type { AppContext } from './app-context.ts';
import { holderOfKey, UsedKeys } from './clone-keys.ts';

const PATH = /^\/git\/([\w-]{1,64})\/([\w.-]{1,130})\/[\w.-]{1,80}\.git\/([\w/-]{1,40})$/;
/** Longer bodies are cut off. */
const MOST_READ_BYTES = 4 * MOST_REQUEST_BYTES;
/** A classroom behind one address clones at once, and pulls every few seconds. */
const PACE = { burst: 400, perSecond: 20 };

export const isGitRequest = (request: IncomingMessage): boolean =>
  /^\/git\/|^\/s\/[^/?]+\.git(?:[/?]|$)/.test(request.url ?? '');

/** The parts are not joined: those of all who clone at once are the same in memory. */
interface Answer {
  readonly type: 'advertisement' | 'result';
  readonly parts: readonly Buffer[];
}

/** Git shows its text after `remote:`. */
interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly text: string;
  readonly seconds?: number;
}

const NOT_GIT: Refusal = {
  status: 404,
  code: 'route_not_found',
  text: 'This address answers git alone, version 1.6.6 or newer.',
};
const NO_CODE: Refusal = { status: 404, code: 'not_found', text: 'This session has no code yet.' };
const MALFORMED: Refusal = { status: 400, code: 'invalid', text: 'This is not a request for a clone or a pull.' };
const READ_ONLY: Refusal = {
  status: 403,
  code: 'read_only',
  text: 'This repository is read-only: send your change as a suggestion.',
};
const REMOVED: Refusal = {
  status: 403,
  code: 'removed',
  text: 'You were removed from this session, and your clone link with you.',
};
const NO_LINK: Refusal = {
  status: 403,
  code: 'no_clone_link',
  text: 'Cloning takes a link of your own: open the session in a browser, then Results, then "Make a clone link". A name or password in the address does nothing.',
};
const USED =
  'This link has made its clone. Make a new one on the page of the session: Results, then "Make a clone link".';

export function createGitRemote(app: AppContext) {
  const used = new UsedKeys(app.now);

  const repositoryOf = (session: SessionReadings) => app.repositories.of(session, enclosedIn(session, app.outside()));

  async function answer(request: IncomingMessage): Promise<Answer | Refusal> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://here');
    const seconds = app.limits.take(`git ${networkOf(app.origins.addressOf(request))}`, PACE);
    if (seconds > 0) {
      const wait = Math.ceil(seconds);
      return {
        status: 429,
        code: 'rate_limited',
        text: `Too many requests from this address: try again in ${wait} s.`,
        seconds: wait,
      };
    }
    const [, id = '', key = '', what] = PATH.exec(pathname) ?? [];
    const session = what === undefined ? null : await app.registry.read(id);
    const person = session && holderOfKey(session, key);
    if (!session || !person) return NO_LINK;
    if (person.removed) return REMOVED;
    const service = searchParams.get('service');
    if (what?.includes('receive-pack') || service === 'git-receive-pack') return READ_ONLY;
    if (what === 'info/refs' && request.method === 'GET' && service === 'git-upload-pack') {
      const kept = await repositoryOf(session);
      return kept ? { type: 'advertisement', parts: [Buffer.from(advertisement(kept.repository))] } : NO_CODE;
    }
    return what === 'git-upload-pack' && request.method === 'POST' ? pack(request, session, key) : NOT_GIT;
  }

  async function pack(request: IncomingMessage, session: SessionReadings, key: string): Promise<Answer | Refusal> {
    const body = await bodyOf(request);
    const asked = body && readPackRequest(body);
    if (!asked) return MALFORMED;
    const kept = await repositoryOf(session);
    if (!kept) return NO_CODE;
    const said = (line: string): Answer => ({ type: 'result', parts: [Buffer.from(line)] });
    const unknown = asked.wants.find((name) => !kept.shown.has(name));
    if (unknown !== undefined) return said(errorPacket(`${unknown} is not here (any more): try again.`));
    const { lines, names, fresh } = answerTo(kept.repository, asked);
    if (names === null) return said(lines);
    if (fresh && !used.mayClone(session.id, key)) return said(errorPacket(USED));
    return { type: 'result', parts: [Buffer.from(lines), ...(await kept.repository.objects.pack(names))] };
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    marksOf(request).route = 'git';
    const respond = async () => {
      const found = await answer(request);
      if ('parts' in found) return send(response, found);
      app.log.sampled('request_refused', { request: requestIdOf(request), route: 'git', code: found.code });
      refuse(response, found);
    };
    respond().catch((error: unknown) => {
      if (request.readableAborted || response.destroyed) return;
      app.log.error('git_failed', { request: requestIdOf(request), ...factsOf(error) });
      if (!response.headersSent)
        refuse(response, { status: 500, code: 'failed', text: 'The server failed to answer: try again.' });
      else response.destroy();
    });
  };
}

const refuse = (response: ServerResponse, { status, text, seconds }: Refusal): void => {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    ...(seconds === undefined ? {} : { 'Retry-After': String(seconds) }),
  });
  response.end(`${text}\n`);
};

async function send(response: ServerResponse, { type, parts }: Answer): Promise<void> {
  response.writeHead(200, {
    'Content-Type': `application/x-git-upload-pack-${type}`,
    'Content-Length': parts.reduce((sum, part) => sum + part.length, 0),
    'Cache-Control': 'no-store',
  });
  for (const part of parts) {
    if (response.destroyed) return;
    if (!response.write(part)) await Promise.race([drained(response, 'drain'), drained(response, 'close')]);
  }
  response.end();
}

const drained = (response: ServerResponse, event: 'drain' | 'close'): Promise<void> =>
  new Promise((resolve) => void response.once(event, () => resolve()));

/** null: too long, or not what it says it is. Git sends long requests compressed. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += (part as Buffer).length;
    // The rest is read and thrown away, or the client would see a reset in place of the answer.
    if (bytes <= MOST_REQUEST_BYTES) parts.push(part as Buffer);
    else if (bytes > MOST_READ_BYTES) return null;
  }
  if (bytes > MOST_REQUEST_BYTES) return null;
  const body = Buffer.concat(parts);
  if (request.headers['content-encoding'] !== 'gzip') return body;
  return new Promise((resolve) =>
    gunzip(body, { maxOutputLength: MOST_REQUEST_BYTES }, (error, text) => resolve(error ? null : text)),
  );
}
