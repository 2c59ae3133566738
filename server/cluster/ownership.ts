// Which sessions this node owns, and under which epoch.
// Invariant: a session's epoch grows with each change of owner, in the statement that makes the change; whoever writes names
// the epoch, so a node that was thought dead stores nothing any more. The lease only makes the change quick.
import { eventsVersion } from '#session-core/model/event-versions.ts';
import type { Ownership } from '../session/ownership.ts';

export interface Claim {
  readonly mine: boolean;
  readonly epoch: number;
  /** Where its owner is reached; null: it is ours, or its owner is late, and it may soon be somebody else's. */
  readonly url: string | null;
  /** The newest version of events in it, where nobody has it and this node does not read that; else null. */
  readonly newer: number | null;
}

/** Of the lease: whose time ends sooner than that has missed a heartbeat. */
const LATE_PART = 0.55;

/** $1 session, $2 this node, $3 the epoch that it holds, $4 its lease in seconds, $5 the newest version of events that it reads. */
const FOUND = `
  SELECT s.epoch, s.owner IS NOT DISTINCT FROM $2 AND s.epoch IS NOT DISTINCT FROM $3::int AS mine,
    CASE WHEN n.until > clock_timestamp() + make_interval(secs => $4 * ${LATE_PART}) THEN n.url END AS url,
    CASE WHEN s.code > $5 AND (n.until > clock_timestamp()) IS NOT TRUE THEN s.code END AS newer
  FROM session s LEFT JOIN node n ON n.id = s.owner AND n.id <> $2
  WHERE s.id = $1`;

/**
 * Whoever was alive when the database stopped gets a lease to say so after its start; a session that is ours under another
 * epoch was claimed by a statement whose answer was lost.
 */
const CLAIM = `
  WITH claimed AS (
    UPDATE session s SET owner = $2, epoch = s.epoch + 1, write_id = 0
    WHERE s.id = $1 AND s.code <= $5
      AND EXISTS (SELECT 1 FROM node m WHERE m.id = $2 AND m.until > clock_timestamp())
      AND CASE WHEN s.owner = $2 THEN s.epoch IS DISTINCT FROM $3::int
        ELSE NOT EXISTS (SELECT 1 FROM node n WHERE n.id = s.owner AND n.until > clock_timestamp())
          AND (s.owner IS NULL OR clock_timestamp() - pg_postmaster_start_time() > make_interval(secs => $4)) END
    RETURNING s.epoch
  )
  SELECT epoch, true AS mine, NULL AS url, NULL::int AS newer FROM claimed
  UNION ALL ${FOUND} AND NOT EXISTS (SELECT 1 FROM claimed)`;

const RELEASE = 'UPDATE session SET owner = NULL WHERE id = $1 AND owner = $2 AND epoch = $3';

export interface NodeOwnership extends Ownership {
  claim(session: string): Promise<Claim | null>;
  /** As far as this node knows: another one may have taken it. */
  isMine(session: string): boolean;
  owned(): readonly string[];
  /** Gives back those that were claimed before this moment of the clock given, and that are not in use. */
  releaseIdle(before: number, isUsed: (session: string) => boolean): Promise<void>;
  /** From now on a claim only says whose a session is: what this node gives back must not come back to it. */
  stopClaiming(): void;
  /** How often a session came to this node, or was lost to another one. */
  changes(): number;
}

export function createOwnership(options: {
  readonly query: (sql: string, values: unknown[]) => Promise<{ readonly rows: readonly unknown[] }>;
  /** New at each start. */
  readonly node: string;
  readonly leaseMs: number;
  readonly now: () => number;
}): NodeOwnership {
  const { query, node, leaseMs, now } = options;
  const held = new Map<string, { readonly epoch: number; readonly at: number }>();
  const underWay = new Map<string, Promise<unknown>>();
  let [changes, claiming] = [0, true];

  /** One question about a session at a time: a release that overtakes a claim would give away what was just taken. */
  function inTurn<T>(session: string, work: () => Promise<T>): Promise<T> {
    const before = underWay.get(session) ?? Promise.resolve();
    const result = before.then(work, work);
    underWay.set(session, result);
    const done = () => {
      if (underWay.get(session) === result) underWay.delete(session);
    };
    result.then(done, done);
    return result;
  }

  async function claim(session: string): Promise<Claim | null> {
    const epoch = held.get(session)?.epoch ?? null;
    const asked = [session, node, epoch, leaseMs / 1000, eventsVersion()];
    const { rows } = await query(claiming ? CLAIM : FOUND, asked);
    const found = (rows[0] as Claim | undefined) ?? null;
    if (found?.mine !== true) {
      if (held.delete(session)) changes += 1;
      return found;
    }
    if (found.epoch !== epoch) changes += 1;
    held.set(session, { epoch: found.epoch, at: now() });
    return found;
  }

  async function release(session: string): Promise<void> {
    const epoch = held.get(session)?.epoch;
    held.delete(session);
    if (epoch !== undefined) await query(RELEASE, [session, node, epoch]);
  }

  return {
    claim: (session) => inTurn(session, () => claim(session)),
    release: (session) => inTurn(session, () => release(session)),
    forget: (session) => {
      if (held.delete(session)) changes += 1;
    },
    async releaseIdle(before, isUsed) {
      const isIdle = (session: string) => (held.get(session)?.at ?? before) < before && !isUsed(session);
      // Once more in its turn: it may have been claimed or opened meanwhile.
      for (const session of [...held.keys()].filter(isIdle))
        await inTurn(session, async () => (isIdle(session) ? release(session) : undefined));
    },
    stopClaiming: () => {
      claiming = false;
    },
    epochOf: (session) => held.get(session)?.epoch ?? null,
    isMine: (session) => held.has(session),
    owned: () => [...held.keys()],
    changes: () => changes,
  };
}
