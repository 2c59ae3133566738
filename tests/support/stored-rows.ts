// What storage tests store: rows, events and appends that differ by their ids and numbers.
import type { Append, SessionRow } from '#server/storage/storage.ts';
import type { SessionEvent } from '#session-core/model/events.ts';

export const hashOfHi = 'daf680a80eb0ff35c9dc884c2f93c84f303cec6af39da80df72049705b3dd2c6';

export const row = (id: string, createdAt = 1): SessionRow => ({
  id,
  logId: `log-${id}`,
  docId: `doc-${id}`,
  joinCode: `CODE${id}`,
  createdAt,
  ended: false,
  lastUsedAt: createdAt,
  expiredAt: null,
});
export const event = (seq: number, displayName = 'Otter'): SessionEvent => ({
  seq,
  at: 1_700_000_000_000 + seq,
  by: seq % 2 ? 'p2' : null,
  ...(seq % 2 ? { cause: `cause-${seq}` } : {}),
  type: 'participant.renamed',
  payload: { displayName },
});
export const events = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => event(from + i));
export const append = (
  session: string,
  expectedSeq: number,
  list: readonly SessionEvent[],
  more: Partial<Append> = {},
): Append => ({
  session,
  expectedSeq,
  events: list,
  ...more,
});
