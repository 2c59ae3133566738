// `git clone` and `git pull` of a session by a clone link: /git/<session>/<key>/<name>.git, read-only.
// Invariant: a link names one participant and is worth nothing once they are removed; it makes one clone, and pulls into it
// for as long as the session is there. Limits are asked before a session is loaded.
import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzip } from 'node:zlib';
import type { Id } from '#session-core/model/types.ts';
import { liveRepository, type Made, nothingMade, type SessionRepository } from '../export/export-repository.ts';
import { advertisement, answerTo, errorPacket, MOST_REQUEST_BYTES, readPackRequest } from '../export/upload-pack.ts';
import { factsOf } from '../platform/log.ts';
import { networkOf } from '../platform/network.ts';
import { requestIdOf } from '../platform/request-marks.ts';
import type { SessionReadings } from '../session/session-api.ts';
import { sameSecret } from '../session/tokens.ts';
import type { AppContext } from './app-context.ts';
import { type Reply, write } from './reply.ts';

const PATH = /^\/git\/([\w-]{1,64})\/([\w-]{1,64})\.([0-9a-f]{16})\.([\w-]{43})\/[\w.-]{1,80}\.git\/([\w/-]{1,40})$/;
/** What people type who know the address of a session alone. */
const BARE = /^\/(?:s|git)\/[^/]*(?:\.git)?(?:\/|$)/;
/** A clone that broke off may be tried again for so long. */
const AGAIN_MS = 10 * 60_000;
/** A repository that is younger is answered without looking at the log again. */
const FRESH_MS = 2_000;
/** Longer bodies are cut off. */
const MOST_READ_BYTES = 4 * MOST_REQUEST_BYTES;
/** Of sessions: their objects stay in the memory. */
const MOST_KEPT = 4;
/** A classroom behind one address clones at once, and pulls every few seconds. */
const PACE = { burst: 400, perSecond: 20 };

interface Kept {
  readonly made: Made;
  at: number;
  seq: number;
  repository: SessionRepository | null;
  /** Refs of the answer before: a client asks for what it was shown a moment ago. */
  shown: ReadonlySet<string>;
}

/** The key of a new link. It holds its own proof, so nothing is stored. */
export function newCloneKey(session: SessionReadings, participant: Id): string {
  const nonce = randomBytes(8).toString('hex');
  return `${participant}.${nonce}.${proofOf(session, participant, nonce)}`;
}

const proofOf = (session: SessionReadings, participant: Id, nonce: string): string =>
  createHmac('sha256', session.state().participants[participant]?.tokenHash ?? '')
    .update(`clone ${session.id} ${participant} ${nonce}`)
    .digest('base64url');

export const isGitRequest = (request: IncomingMessage): boolean =>
  /^\/git\/|^\/s\/[^/?]+\.git(?:[/?]|$)/.test(request.url ?? '');

export function createGitRemote(app: AppContext, now: () => number = Date.now) {
  const kept = new Map<string, Kept>();
  /** Links that have made their clone -> when. */
  const used = new Map<string, number>();

  async function repositoryOf(session: SessionReadings): Promise<Kept> {
    const known = kept.get(session.id) ?? {
      made: nothingMade(),
      at: -Infinity,
      seq: -1,
      repository: null,
      shown: new Set(),
    };
    kept.delete(session.id);
    kept.set(session.id, known);
    for (const id of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(id);
    const { seq } = session.state();
    if (seq !== known.seq && now() - known.at >= FRESH_MS) {
      known.at = now();
      known.seq = seq;
      const { notice, inRepository } = session.course().table;
      const before = known.repository;
      known.repository = await liveRepository(session, { outside: app.outside(), notice, inRepository }, known.made);
      known.shown = new Set(
        [before, known.repository].flatMap((one) => (one ? [one.head, ...Object.values(one.refs)] : [])),
      );
    }
    return known;
  }

  async function answer(request: IncomingMessage): Promise<Reply> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://here');
    const [, id = '', participant = '', nonce = '', proof = '', what] = PATH.exec(pathname) ?? [];
    if (what === undefined)
      return BARE.test(pathname) ? refusal(403, WITHOUT_LINK) : refusal(404, 'There is no such repository.');
    const address = networkOf(app.origins.addressOf(request));
    const seconds = app.limits.take(`git ${id} ${address}`, PACE);
    if (seconds > 0)
      return refusal(429, `Too many requests from this address: try again in ${Math.ceil(seconds)} s.`, {
        'Retry-After': String(Math.ceil(seconds)),
      });
    const session = await app.registry.read(id);
    const person = session?.state().participants[participant];
    if (!session || !person || !sameSecret(proofOf(session, participant, nonce), proof))
      return refusal(403, WITHOUT_LINK);
    if (person.removed) return refusal(403, 'You were removed from this session, and your clone link with you.');
    if (what.includes('receive-pack') || searchParams.get('service') === 'git-receive-pack') {
      return refusal(403, 'This repository is read-only: send your change as a suggestion.');
    }
    if (what === 'info/refs' && request.method === 'GET' && searchParams.get('service') === 'git-upload-pack') {
      const { repository } = await repositoryOf(session);
      if (repository === null) return refusal(404, 'This session has no code yet.');
      return packets('advertisement', advertisement(repository));
    }
    if (what === 'git-upload-pack' && request.method === 'POST') return pack(request, session, `${id} ${nonce}`);
    return refusal(404, 'This address answers git alone, version 1.6.6 or newer.');
  }

  async function pack(request: IncomingMessage, session: SessionReadings, link: string): Promise<Reply> {
    const body = await bodyOf(request);
    const asked = body && readPackRequest(body);
    if (!asked) return refusal(400, 'This is not a request for a clone or a pull.');
    const { repository, shown } = await repositoryOf(session);
    if (repository === null) return refusal(404, 'This session has no code yet.');
    const unknown = asked.wants.find((name) => !shown.has(name));
    if (unknown !== undefined) return packets('result', errorPacket(`${unknown} is not here (any more): try again.`));
    const { lines, names, fresh } = answerTo(repository, asked);
    if (names === null) return packets('result', lines);
    if (fresh) {
      const before = used.get(link);
      if (before !== undefined && now() - before > AGAIN_MS) return packets('result', errorPacket(USED));
      used.set(link, before ?? now());
    }
    return packets('result', Buffer.concat([Buffer.from(lines), await repository.objects.pack(names)]));
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    answer(request)
      .then((reply) => write(response, reply))
      .catch((error: unknown) => {
        if (request.readableAborted) return;
        app.log.error('git_failed', { request: requestIdOf(request), ...factsOf(error) });
        write(response, refusal(500, 'The server failed to answer: try again.'));
      });
  };
}

const WITHOUT_LINK =
  'Cloning takes a link of your own: open the session in a browser, then Results, then "Make a clone link". A name or password in the address does nothing.';
const USED =
  'This link has made its clone. Make a new one on the page of the session: Results, then "Make a clone link".';

/** Git shows a text of the server after `remote:`. */
const refusal = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers,
  file: { type: 'text/plain; charset=utf-8', body: `${text}\n` },
});

const packets = (kind: 'advertisement' | 'result', body: string | Buffer): Reply => ({
  status: 200,
  file: { type: `application/x-git-upload-pack-${kind}`, body: new Uint8Array(Buffer.from(body)) },
});

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
