// Keys of clone links. A key names a participant and holds its own proof, made with their token's hash: nothing is stored.
// Invariant: only somebody who has joined has a key, and it is worth nothing once they are removed. Each key makes one clone,
// as far as this process remembers: a restart forgets which were used.
import { createHmac, randomBytes } from 'node:crypto';
import type { Participant } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import { own } from '#session-core/util/immutable-map.ts';
import type { SessionReadings } from '../session/session-api.ts';
import { sameSecret } from '../session/tokens.ts';

const KEY = /^([\w-]{1,64})\.([0-9a-f]{16})\.([\w-]{43})$/;
/** A clone that broke off may be tried again for so long. */
const AGAIN_MS = 10 * 60_000;
const MOST_REMEMBERED = 20_000;

/** Of somebody who is in the session. */
export function newCloneKey(session: SessionReadings, participant: Id): string {
  const person = own(session.state().participants, participant);
  if (!person) throw new Error('a clone key is for a participant');
  const nonce = randomBytes(8).toString('hex');
  return `${participant}.${nonce}.${proofOf(session.id, { participant, person, nonce })}`;
}

/** null: no key of this session. */
export function holderOfKey(session: SessionReadings, key: string): Participant | null {
  const [, participant = '', nonce = '', proof = ''] = KEY.exec(key) ?? [];
  const person = own(session.state().participants, participant);
  return person && sameSecret(proofOf(session.id, { participant, person, nonce }), proof) ? person : null;
}

function proofOf(
  session: string,
  { participant, person, nonce }: { readonly participant: Id; readonly person: Participant; readonly nonce: string },
): string {
  return createHmac('sha256', person.tokenHash).update(`clone ${session} ${participant} ${nonce}`).digest('base64url');
}

export class UsedKeys {
  /** Session and key -> when it made its clone; the oldest first. */
  readonly #used = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** False: it has made its clone. */
  mayClone(session: string, key: string): boolean {
    const name = `${session} ${key}`;
    const before = this.#used.get(name);
    if (before !== undefined) return this.#now() - before <= AGAIN_MS;
    this.#used.set(name, this.#now());
    const [oldest] = this.#used.keys();
    if (this.#used.size > MOST_REMEMBERED && oldest !== undefined) this.#used.delete(oldest);
    return true;
  }
}
