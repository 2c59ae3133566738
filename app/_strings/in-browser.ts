// The one language of this page in its browser: what the first view says is set by a file that the page brings, before
// anything is drawn; the rest arrives with the first part of a page that needs it (`allStrings`).
import type { FirstStrings, MoreStrings, Strings } from './types.ts';

export let t: Strings;
let loadMore: () => Promise<unknown>;
let arriving: Promise<unknown> | undefined;

/** @param more imports what calls `speakOn` */
export function speak(first: FirstStrings, more: () => Promise<unknown>): void {
  // Until `speakOn`, code of the first view reads these only (tests/app/translation/first-view.test.ts).
  t = first as Strings;
  loadMore = more;
}

export function speakOn(more: MoreStrings): void {
  t = { ...t, ...more };
}

/** Every string is there. Rejects where they did not arrive; the next call tries again. */
export async function allStrings(): Promise<void> {
  arriving ??= loadMore();
  try {
    await arriving;
  } catch (error) {
    arriving = undefined;
    throw error;
  }
}
