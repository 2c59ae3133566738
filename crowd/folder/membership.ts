// Who one is in the session of a folder: .crowd/session.json without secrets, and the token in a file of its own.
// Invariant: the token is outside the folder, so that no git and no program of the workspace has it, readable by its owner
// alone, and bound to the server that gave it: a folder that somebody else made cannot send it elsewhere.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { Failure } from '../program/failure.ts';
import { OWN } from './safe-files.ts';

export interface Membership {
  /** Origin and path prefix. */
  readonly server: string;
  readonly sessionId: string;
  readonly participantId: string;
  readonly displayName: string;
  readonly title: string;
}
export type Member = Membership & { readonly token: string };

const ID = /^[\w-]{1,64}$/;

/** Where tokens are kept. */
function tokenFile({ sessionId, participantId }: Pick<Membership, 'sessionId' | 'participantId'>): string {
  const { CROWD_HOME, XDG_CONFIG_HOME, APPDATA } = process.env;
  const settings = process.platform === 'win32' ? APPDATA : XDG_CONFIG_HOME;
  const folder = CROWD_HOME ?? join(settings ?? join(homedir(), '.config'), 'crowd');
  return join(folder, 'tokens', `${sessionId}-${participantId}.json`);
}

/** What a server says its ids are becomes part of a file's name. */
export function demandIds(ids: Pick<Membership, 'sessionId' | 'participantId'>): void {
  if (!ID.test(ids.sessionId) || !ID.test(ids.participantId))
    throw new Failure('unreadable', 'The server answers ids that are none.', 'Check the address.');
}

export function keepMembership(root: string, { token, ...membership }: Member): void {
  const file = tokenFile(membership);
  const kept = readJson(file) as { server?: unknown } | null;
  if (kept !== null && kept.server !== membership.server)
    throw new Failure(
      'other_server',
      `${file} holds the token of ${String(kept.server)}, and ${membership.server} gives the same ids.`,
      'Keep the tokens of this server elsewhere: set CROWD_HOME to another folder.',
    );
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify({ server: membership.server, token }), { mode: 0o600 });
  // The mode above counts for a new file only.
  chmodSync(file, 0o600);
  writeFileSync(join(root, OWN, 'session.json'), `${JSON.stringify(membership, null, 2)}\n`);
}

const sessionFile = (folder: string): string => join(folder, OWN, 'session.json');

/** The folder of the clone that `from` is in. */
export function findRoot(from: string): string {
  for (let at = from; ; at = dirname(at)) {
    if (existsSync(sessionFile(at))) return at;
    if (dirname(at) === at)
      throw new Failure(
        'no_clone',
        `${from} is in no folder that \`crowd clone\` made.`,
        'Clone the session first: crowd clone <join link>, then go into the folder it makes.',
      );
  }
}

export function membershipOf(root: string): Member {
  const membership = readJson(sessionFile(root)) as Partial<Membership> | null;
  const { server, sessionId, participantId, displayName, title } = membership ?? {};
  const texts = [server, sessionId, participantId, displayName, title];
  if (!texts.every((text) => typeof text === 'string') || !ID.test(sessionId!) || !ID.test(participantId!))
    throw new Failure(
      'bad_clone',
      `${sessionFile(root)} cannot be read.`,
      'Clone the session again into a new folder.',
    );
  const known = membership as Membership;
  const kept = readJson(tokenFile(known)) as { server?: unknown; token?: unknown } | null;
  if (kept === null || typeof kept.token !== 'string')
    throw new Failure(
      'no_token',
      `There is no token for this folder in ${tokenFile(known)}.`,
      'It was cloned on another machine or by somebody else: clone the session again.',
    );
  if (kept.server !== known.server)
    throw new Failure(
      'other_server',
      `The token of this session is of ${String(kept.server)}, not of ${known.server}.`,
    );
  return { ...known, token: kept.token };
}

function readJson(path: string): unknown {
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
