// Git's upload-pack over HTTP, version 0, without state: what a clone or a pull asks for, and the answer.
// Invariant: nothing is packed before the request is read to its end within its limits; only what the refs reach is sent.
// Formats: git's own documents gitprotocol-http, gitprotocol-pack and gitprotocol-common.
import type { SessionRepository } from './export-repository.ts';
import type { ObjectName } from './git-objects.ts';

/** Twice the refs of a long session; a client names the commits that it has in packets of some hundred. */
export const MOST_REQUEST_BYTES = 1_000_000;
const MOST_LINES = 20_000;
const SHA = /^[0-9a-f]{40}$/;
const CAPABILITIES = 'multi_ack_detailed symref=HEAD:refs/heads/main object-format=sha1 agent=crowd-programming';
const FLUSH = '0000';

const packet = (line: string): string => {
  const bytes = Buffer.byteLength(line) + 4;
  return bytes.toString(16).padStart(4, '0') + line;
};

/** The refs, as a client reads them first. */
export function advertisement({ head, refs }: SessionRepository): string {
  const lines = [['HEAD', head], ...Object.entries(refs)].map(([ref, name], i) =>
    packet(`${name} ${ref}${i === 0 ? `\0${CAPABILITIES}` : ''}\n`),
  );
  return `${packet('# service=git-upload-pack\n')}${FLUSH}${lines.join('')}${FLUSH}`;
}

/** The client shows it after `remote error:`. */
export const errorPacket = (message: string): string => packet(`ERR ${message}\n`);

export interface PackRequest {
  readonly wants: readonly ObjectName[];
  /** Commits that the client has, in its order; null: it waits for an answer to those so far. */
  readonly rounds: readonly (readonly ObjectName[] | null)[];
  readonly done: boolean;
}

/** null: no such request. */
export function readPackRequest(body: Buffer): PackRequest | null {
  const lines = packetsOf(body);
  if (lines === null) return null;
  const wants: ObjectName[] = [];
  const rounds: (ObjectName[] | null)[] = [];
  let round: ObjectName[] = [];
  let done = false;
  let wanting = true;
  for (const line of lines) {
    if (done) return null;
    if (line === null) {
      if (!wanting) {
        rounds.push(round, null);
        round = [];
      }
      wanting = false;
      continue;
    }
    const [word = '', name = ''] = line.trimEnd().split(' ');
    if (word === 'done') done = true;
    else if (word === 'want' && wanting && SHA.test(name)) wants.push(name);
    else if (word === 'have' && !wanting && SHA.test(name)) round.push(name);
    // `shallow`, `deepen`, `filter`: not offered, so nobody sends them by right.
    else return null;
  }
  if (round.length > 0) rounds.push(round);
  return wants.length === 0 ? null : { wants, rounds, done };
}

/** Lines; null stands for a flush. null: malformed. */
function packetsOf(body: Buffer): (string | null)[] | null {
  const lines: (string | null)[] = [];
  for (let at = 0; at < body.length; ) {
    const head = body.toString('latin1', at, at + 4);
    if (!/^[0-9a-f]{4}$/.test(head) || lines.length >= MOST_LINES) return null;
    const length = Number.parseInt(head, 16);
    if (length === 0) lines.push(null);
    else if (length < 4 || at + length > body.length) return null;
    else lines.push(body.toString('utf8', at + 4, at + length));
    at += length === 0 ? 4 : length;
  }
  return lines;
}

export interface PackAnswer {
  /** What is said of the commits that the client has. */
  readonly lines: string;
  /** What it lacks; null: it asks once more. */
  readonly names: ReadonlySet<ObjectName> | null;
  /** It has nothing of this repository: a clone. */
  readonly fresh: boolean;
}

/** As git's own upload-pack answers with `multi_ack_detailed`. */
export function answerTo({ objects }: SessionRepository, { wants, rounds, done }: PackRequest): PackAnswer {
  const common: ObjectName[] = [];
  const lines: string[] = [];
  let other = false;
  let found = false;
  for (const round of rounds) {
    if (round === null) {
      if (found && !other && common.length > 0) lines.push(packet(`ACK ${common.at(-1)} ready\n`));
      lines.push(packet('NAK\n'));
      [other, found] = [false, false];
      continue;
    }
    for (const name of round) {
      if (objects.has(name)) {
        common.push(name);
        found = true;
        lines.push(packet(`ACK ${name} common\n`));
      } else {
        other = true;
        if (common.length > 0) lines.push(packet(`ACK ${name} ready\n`));
      }
    }
  }
  const fresh = common.length === 0;
  if (!done) return { lines: lines.length === 0 ? packet('NAK\n') : lines.join(''), names: null, fresh };
  lines.push(packet(fresh ? 'NAK\n' : `ACK ${common.at(-1)}\n`));
  return { lines: lines.join(''), names: objects.reachable(wants, common), fresh };
}
