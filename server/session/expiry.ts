// How long sessions are kept: 30 days after their last use, then 7 more in which any use brings them back. Looked at hourly.
// Invariant: nothing is deleted that was not announced for its whole grace period, and nothing while the clock cannot be
// trusted: not within a day of a jump of more than a day, measured against the newest time that the storage knows.
import type { Retention } from '#session-core/view/view-types.ts';
import type { After, Now } from '../platform/clock.ts';
import { factsOf, type Log } from '../platform/log.ts';
import type { SessionRow, Storage, Use } from '../storage/storage.ts';

export const HOUR_MS = 60 * 60 * 1000;
export const DAY_MS = 24 * HOUR_MS;
export const KEPT_MS = 30 * DAY_MS;
export const GRACE_MS = 7 * DAY_MS;
const JUMP_MS = DAY_MS;
/** Looks without a jump before a clock that jumped is trusted again. */
const CALM_LOOKS = 24;

export interface ExpiryOptions {
  readonly storage: Storage;
  readonly rows: Map<string, SessionRow>;
  readonly now: Now;
  readonly after: After;
  readonly log: Log;
  /** Somebody is connected to it. */
  isUsed(session: string): boolean;
  /** Deletes everything of it. */
  erase(session: string): Promise<void>;
}

export interface Expiry {
  /** Somebody uses it now. */
  used(session: string): void;
  retention(session: string): Retention;
  stop(): void;
}

/** Looks once, then every hour until it is stopped. */
export async function startExpiry(options: ExpiryOptions): Promise<Expiry> {
  const { storage, rows, now, after, log } = options;
  /** Session -> when it would have been deleted, had nobody come. */
  const broughtBack = new Map<string, number>();
  let known = await storage.clock();
  let looksUntilTrusted = 0;
  let stopped = false;
  let cancel = () => {};

  const put = async (row: SessionRow, use: Use) => {
    await storage.markUse(row.id, use);
    // Who used it meanwhile has written later.
    if (rows.get(row.id) === row) rows.set(row.id, { ...row, ...use });
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
    if (options.isUsed(row.id)) return put(row, { lastUsedAt: at, expiredAt: null });
    const isOld = at - row.lastUsedAt > KEPT_MS;
    const facts = { session: row.id, last_used: new Date(row.lastUsedAt).toISOString() };
    if (row.expiredAt === null) {
      if (!isOld || looksUntilTrusted > 0) return;
      await put(row, { lastUsedAt: row.lastUsedAt, expiredAt: at });
      log.warn('session_expires', { ...facts, deleted_after: new Date(at + GRACE_MS).toISOString() });
      return;
    }
    // Announced by a clock that was set back since.
    if (!isOld || row.expiredAt > at) return put(row, { lastUsedAt: row.lastUsedAt, expiredAt: null });
    if (at - row.expiredAt < GRACE_MS || looksUntilTrusted > 0) return;
    rows.delete(row.id);
    await options.erase(row.id);
    log.warn('session_deleted', { ...facts, cause: 'expired' });
  }

  async function look(): Promise<void> {
    const at = now();
    watchClock(at);
    for (const row of [...rows.values()]) {
      if (stopped) return;
      await lookAt(row, at);
    }
    if (looksUntilTrusted === 0) await storage.noteClock(at);
  }
  // A full disk is no reason not to start, nor to stop looking.
  const tryLook = () => look().catch((error: unknown) => log.error('expiry_failed', factsOf(error)));
  const again = () => {
    cancel = after(HOUR_MS, () => void tryLook().then(() => (stopped ? undefined : again())));
  };
  await tryLook();
  again();

  return {
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
