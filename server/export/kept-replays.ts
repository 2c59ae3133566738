// Replays that were made, by session: a whole room asks for the same one when the session ends.
// Invariant: made once for all who ask at the same moment; while the session goes on, anew at most every 30 s; what was made
// is forgotten with the session, and at the next question after ten minutes in which nobody asked.
import { createHash } from 'node:crypto';
import type { Replay } from '#session-core/protocol/http-api/replay-routes.ts';
import type { Now } from '../platform/clock.ts';
import type { SessionReadings } from '../session/session-api.ts';
import { replayOf } from './replay.ts';

const NEW_AFTER_MS = 30_000;
const KEPT_MS = 600_000;
const MOST = 8;

export interface KeptReplay {
  readonly replay: Replay;
  readonly etag: string;
}

interface Entry {
  readonly seq: number;
  readonly at: number;
  askedAt: number;
  readonly made: Promise<KeptReplay>;
}

export class KeptReplays {
  /** The one asked for last is last. */
  readonly #entries = new Map<string, Entry>();
  readonly #now: Now;

  constructor(now: Now) {
    this.#now = now;
  }

  /** Throws what the storage throws. */
  of(session: SessionReadings): Promise<KeptReplay> {
    const now = this.#now();
    for (const [id, { askedAt }] of this.#entries) if (now - askedAt > KEPT_MS) this.#entries.delete(id);
    const { seq } = session.state();
    const known = this.#entries.get(session.id);
    const isGood = known !== undefined && (known.seq === seq || Math.abs(now - known.at) < NEW_AFTER_MS);
    const entry = isGood ? known : { seq, at: now, askedAt: now, made: make(session) };
    entry.askedAt = now;
    this.#entries.delete(session.id);
    this.#entries.set(session.id, entry);
    // A failure is not kept, so that the next request tries again.
    if (!isGood)
      entry.made.catch(() => {
        if (this.#entries.get(session.id) === entry) this.#entries.delete(session.id);
      });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MOST && oldest !== undefined) this.#entries.delete(oldest);
    return entry.made;
  }

  forget(session: string): void {
    this.#entries.delete(session);
  }
}

async function make(session: SessionReadings): Promise<KeptReplay> {
  const replay = await replayOf(session);
  const tag = createHash('sha256').update(JSON.stringify(replay)).digest('base64url').slice(0, 22);
  return { replay, etag: `"${tag}"` };
}
