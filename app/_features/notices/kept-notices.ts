// The notices of one participant, kept in this browser: codes and facts, no sentences. A reload shows no old ones again,
// and the tabs of a person share the list.
// Invariant: a browser whose storage is disabled or full keeps them as long as the page.
import type { Concerns } from '#session-core/client/concerns.ts';
import { keyOfNotice, type Notice } from '#session-core/client/notices.ts';

export interface Kept {
  /** Newest first. */
  readonly list: readonly Notice[];
  /** The list was open at this time: what is older is read. */
  readonly readAt: number;
  /** What was known when the last notice was made. */
  readonly concerns: Concerns | null;
}

export const NOTHING_KEPT: Kept = { list: [], readAt: 0, concerns: null };
const MOST = 40;
/** Raised when the shape changes; what an older page kept is left alone. */
const VERSION = 1;

export const keyOfKept = (session: string, participant: string): string =>
  `cp-notices-${VERSION}-${session}-${participant}`;

export function readKept(key: string): Kept {
  try {
    const text = localStorage.getItem(key);
    return text === null ? NOTHING_KEPT : { ...NOTHING_KEPT, ...(JSON.parse(text) as Partial<Kept>) };
  } catch {
    return NOTHING_KEPT;
  }
}

export function writeKept(key: string, kept: Kept): void {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // It lasts as long as the page.
  }
}

/** A notice about the same takes the place of the earlier one. */
export function withNotices({ list, ...kept }: Kept, fresh: readonly Notice[]): Kept {
  const keys = new Set(fresh.map(keyOfNotice));
  const all = [...fresh, ...list.filter((notice) => !keys.has(keyOfNotice(notice)))];
  return { ...kept, list: all.sort((a, b) => b.at - a.at).slice(0, MOST) };
}

export const unreadOf = ({ list, readAt }: Kept): number => list.filter(({ at }) => at > readAt).length;
