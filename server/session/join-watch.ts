// Notices when many join a session from one address within seconds: one person with a script, or a class behind one
// address; only the facilitator can say which.
// Invariant: an address is kept in memory for a few seconds after it was seen, and never leaves this file.
import type { Id } from '#session-core/model/types.ts';
import type { JoinBurst } from '#session-core/view/view-types.ts';
import type { Now } from '../platform/clock.ts';

/** So many within so long are a burst, which lasts until nobody has joined for `PAUSE_MS`. */
const LEAST = 25;
const WITHIN_MS = 10_000;
const PAUSE_MS = 3_000;

interface Row {
  joins: { readonly at: number; readonly participant: Id }[];
  burst: boolean;
}

export interface JoinWatch {
  /** The burst that this join belongs to, where it is worth a report. */
  joined(network: string, participant: Id): JoinBurst | null;
  /** Addresses that are kept. */
  readonly size: () => number;
}

export function createJoinWatch(now: Now): JoinWatch {
  const rows = new Map<string, Row>();
  return {
    joined(network, participant) {
      const at = now();
      for (const [key, { joins }] of rows) {
        // Oldest first: each join puts its address last.
        if (at - (joins.at(-1)?.at ?? 0) <= WITHIN_MS) break;
        rows.delete(key);
      }
      const row = rows.get(network) ?? { joins: [], burst: false };
      rows.delete(network);
      rows.set(network, row);
      if (at - (row.joins.at(-1)?.at ?? at) > PAUSE_MS) row.burst = false;
      if (!row.burst) row.joins = row.joins.filter((join) => at - join.at <= WITHIN_MS);
      row.joins.push({ at, participant });
      const count = row.joins.length;
      row.burst ||= count >= LEAST;
      if (!row.burst) return null;
      const seconds = Math.max(1, Math.round((at - (row.joins[0]?.at ?? at)) / 1000));
      return { at, count, seconds, participants: row.joins.map((join) => join.participant) };
    },
    size: () => rows.size,
  };
}
