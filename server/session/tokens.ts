// Random tokens, facilitator secrets and join codes, and whose token one is.
// Invariant: 128 random bits, only the SHA-256 is stored, compared in constant time; never in a log or a query string.
import { hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import type { Storage } from '../storage/storage.ts';
import type { LiveSession } from './session-api.ts';

/** No vowels (no words), no 0 O 1 I L U (read aloud and typed on phones). */
export const CODE_ALPHABET = '23456789BCDFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 6;

/** 22 characters of base64url, 128 random bits. */
export const newToken = (): string => randomBytes(16).toString('base64url');

/** The token that a facilitator link gives to one attempt at using it; without both of them nobody works it out. */
export const tokenOfAttempt = (secret: string, attempt: string): string =>
  hash('sha256', `${secret} ${attempt}`, 'buffer').subarray(0, 16).toString('base64url');

/** SHA-256 in hex: what is kept of a token or a secret. */
export const hashOf = (token: string): string => hash('sha256', token, 'hex');

/** Constant time; both are SHA-256 in hex. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, 'hex'), Buffer.from(b, 'hex')];
  return left.length === right.length && left.length > 0 && timingSafeEqual(left, right);
}

/** Compares two secrets of any length in constant time. */
export const sameSecret = (a: string, b: string): boolean => sameHash(hashOf(a), hashOf(b));

export function newJoinCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('');
}

/** One that no session has. */
export async function freeJoinCode(storage: Pick<Storage, 'findByJoinCode'>): Promise<string> {
  for (;;) {
    const code = newJoinCode();
    if ((await storage.findByJoinCode(code)) === null) return code;
  }
}

/** Upper-cased, spaces and dashes dropped, a pasted link accepted; null where it cannot be a code. */
export function joinCodeOf(typed: string): string | null {
  const code = (/\/j\/([^/?#\s]+)/i.exec(typed)?.[1] ?? typed).replace(/[\s-]+/g, '').toUpperCase();
  return code.length === CODE_LENGTH && [...code].every((c) => CODE_ALPHABET.includes(c)) ? code : null;
}

/** The facilitator link of the session that `secret` belongs to; looks at all of them in any case. */
export function facilitatorLinkOf(state: SessionState, secret: string): Id | null {
  const wanted = hashOf(secret);
  const links = Object.entries(state.facilitatorLinks);
  return links.reduce<Id | null>((found, [id, link]) => (sameHash(link.hash, wanted) ? id : found), null);
}

interface Index {
  people: SessionState['participants'];
  count: number;
  readonly byHash: Map<string, Id>;
}
const indexes = new WeakMap<LiveSession, Index>();

/** Whose token this is; null: nobody's (any more). `removed`: by the facilitator. */
export function holderOf(session: LiveSession, token: string): { readonly id: Id; readonly removed: boolean } | null {
  const tokenHash = hashOf(token);
  const found = lookUp(session, tokenHash);
  if (found === undefined) return null;
  const person = session.state().participants[found];
  return person && sameHash(person.tokenHash, tokenHash) ? { id: found, removed: person.removed } : null;
}

/** The participant this token belongs to, or null: unknown, or removed. */
export function participantOf(session: LiveSession, token: string): Id | null {
  const holder = holderOf(session, token);
  return holder === null || holder.removed ? null : holder.id;
}

// The time of a lookup by SHA-256 reveals nothing of the token. Participants are only ever appended, so each is indexed
// once, however many join at a time.
function lookUp(session: LiveSession, tokenHash: string): Id | undefined {
  const people = session.state().participants;
  let index = indexes.get(session);
  if (!index) {
    index = { people: {}, count: 0, byHash: new Map() };
    indexes.set(session, index);
  }
  const found = index.byHash.get(tokenHash);
  if (found !== undefined || index.people === people) return found;
  const ids = Object.keys(people);
  for (const id of ids.slice(index.count)) index.byHash.set(people[id]?.tokenHash ?? '', id);
  index.people = people;
  index.count = ids.length;
  return index.byHash.get(tokenHash);
}

/** No vowels, so that no word comes out; 28^10 ids. */
const ID_ALPHABET = '23456789bcdfghjkmnpqrstvwxyz';

/** Of a session, its log and its text. */
export function newId(): string {
  return Array.from(randomBytes(10), (byte) => ID_ALPHABET[byte % ID_ALPHABET.length]).join('');
}
