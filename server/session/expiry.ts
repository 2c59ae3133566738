// How long sessions are kept: 30 days after their last use, then 7 more in which any use brings them back. Looked at hourly.
// Invariant: nothing is deleted that was not announced for its whole grace period, and nothing while the clock cannot be
// trusted: not within a day of a jump of more than a day, measured against the newest time that the storage knows.
import type { Retention } from '#session-core/view/view-types.ts';
import type { After, Now } from '../platform/clock.ts';
import { factsOf, type Log } from '../platform/log.ts';
import { isSameUse, type SessionRow, type Storage, type Use } from '../storage/storage.ts';
import { Elsewhere } from './ownership.ts';

export const HOUR_MS = 60 * 60 * 1000;
export const DAY_MS = 24 * HOUR_MS;
export const KEPT_MS = 30 * DAY_MS;
export const GRACE_MS = 7 * DAY_MS;
const JUMP_MS = DAY_MS;
/** Looks without a jump before a clock that jumped is trusted again. */
const CALM_LOOKS = 24;

export interface ExpiryOptions {
  readonly storage: Storage;
  readonly now: Now;
  readonly after: After;
  readonly log: Log;
  /** Somebody is connected to it. */
  isUsed(session: string): boolean;
  /** Deletes everything of it, if it is still as it was seen. Resolves to whether it did; throws Elsewhere. */
  erase(session: string, seen: SessionRow): Promise<boolean>;
  /** After each look but the first. */
  looked(): Promise<void>;
}

export interface Expiry {
  /** It is in the memory from now on, or no more. */
  opened(row: SessionRow): void;
  closed(session: string): void;
  /** Somebody uses it now. */
  used(session: string): void;
  retention(session: string): Retention;
  stop(): void;
}

/** Looks once, then every hour until it is stopped. */
export async function startExpiry(options: ExpiryOptions): Promise<Expiry> {
  const { storage, now, after, log } = options;
  /** Of sessions that were opened here. */
  const rows = new Map<string, SessionRow>();
  /** Session -> when it would have been deleted, had nobody come. */
  const broughtBack = new Map<string, number>();
  let known = await storage.clock();
  let looksUntilTrusted = 0;
  let stopped = false;
  let cancel = () => {};

  /** Only where nobody, here or at another node, wrote a later use meanwhile. */
  const put = async (row: SessionRow, use: Use): Promise<boolean> => {
    const isStored = await storage.markUse(row.id, use, row);
    const here = rows.get(row.id);
    if (isStored && here && isSameUse(here, row)) rows.set(row.id, { ...here, ...use });
    return isStored;
  };

  function watchClock(at: number): void {
    const jumped = known > 0 && Math.abs(at - known) > JUMP_MS;
    if (jumped) {
      const iso = (ms: number) => new Date(ms).toISOString();
      log.warn('clock_jumped', { clock: iso(at), newest_known: iso(known), deletes_nothing_for_hours: CALM_LOOKS });
    }
    looksUntilTrusted = jumped ? CALM_LOOKS : Math.max(0, looksUntilTrusted - 1);
    known = at;
  }

  async function lookAt(row: SessionRow, at: number): Promise<void> {
    const isOld = at - row.lastUsedAt > KEPT_MS;
    const facts = { session: row.id, last_used: new Date(row.lastUsedAt).toISOString() };
    if (row.expiredAt === null) {
      if (!isOld || looksUntilTrusted > 0) return;
      if (await put(row, { lastUsedAt: row.lastUsedAt, expiredAt: at }))
        log.warn('session_expires', { ...facts, deleted_after: new Date(at + GRACE_MS).toISOString() });
      return;
    }
    // Announced by a clock that was set back since; two nodes' clocks differ by less.
    if (!isOld || row.expiredAt > at + JUMP_MS)
      return void (await put(row, { lastUsedAt: row.lastUsedAt, expiredAt: null }));
    if (at - row.expiredAt < GRACE_MS || looksUntilTrusted > 0) return;
    if (!(await options.erase(row.id, row))) return;
    rows.delete(row.id);
    log.warn('session_deleted', { ...facts, cause: 'expired' });
  }

  async function look(): Promise<void> {
    const at = now();
    watchClock(at);
    for (const row of [...rows.values()]) {
      if (!options.isUsed(row.id)) continue;
      const use: Use = { lastUsedAt: at, expiredAt: null };
      await storage.markUse(row.id, use);
      if (rows.get(row.id) === row) rows.set(row.id, { ...row, ...use });
    }
    for (const row of await storage.unused(at - KEPT_MS)) {
      if (stopped) return;
      // Whoever owns it looks at it, too.
      await lookAt(row, at).catch((error: unknown) => {
        if (!(error instanceof Elsewhere)) throw error;
      });
    }
    if (looksUntilTrusted === 0) await storage.noteClock(at);
  }
  // A full disk is no reason not to start, nor to stop looking.
  const tryLook = (then: () => Promise<void> = async () => undefined) =>
    look()
      .then(then)
      .catch((error: unknown) => log.error('expiry_failed', factsOf(error)));
  const again = () => {
    const next = () => (stopped ? undefined : again());
    cancel = after(HOUR_MS, () => void tryLook(options.looked).then(next));
  };
  await tryLook();
  again();

  return {
    opened: (row) => void rows.set(row.id, row),
    closed: (session) => void rows.delete(session),
    used(session) {
      const row = rows.get(session);
      const at = now();
      if (!row || (row.expiredAt === null && Math.abs(at - row.lastUsedAt) < HOUR_MS)) return;
      if (row.expiredAt !== null) {
        broughtBack.set(session, row.expiredAt + GRACE_MS);
        log.info('session_brought_back', { session });
      }
      const use: Use = { lastUsedAt: at, expiredAt: null };
      const used = { ...row, ...use };
      rows.set(session, used);
      storage.markUse(session, use).catch((error: unknown) => {
        // The next use tries again.
        if (rows.get(session) === used) rows.set(session, row);
        log.error('use_not_stored', { session, ...factsOf(error) });
      });
    },
    retention(session) {
      const row = rows.get(session);
      const deletedOn = broughtBack.get(session);
      return {
        keptUntil: (row?.lastUsedAt ?? now()) + KEPT_MS,
        ...(deletedOn === undefined ? {} : { broughtBack: deletedOn }),
      };
    },
    stop() {
      stopped = true;
      cancel();
    },
  };
}
