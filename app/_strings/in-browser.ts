// The one language of this page in its browser: what the first view says is set by a file that the page brings, before
// anything is drawn; what parts that load by themselves say arrives with the first of them (`soonStrings`), the rest with
// the first part that somebody opens (`allStrings`).
import type { FirstStrings, MoreStrings, SoonStrings, Strings } from './types.ts';

type Part = 'soon' | 'more';

export let t: Strings;
let bring: Readonly<Record<Part, () => Promise<unknown>>>;
const arriving = new Map<Part, Promise<unknown>>();

/** @param later import what calls `speakOn`: `more` brings those of `soon`, too */
export function speak(first: FirstStrings, later: typeof bring): void {
  // Until `speakOn`, code of the first view reads these only (tests/app/translation/first-view.test.ts).
  t = first as Strings;
  bring = later;
}

export function speakOn(more: SoonStrings | (SoonStrings & MoreStrings)): void {
  t = { ...t, ...more };
}

/** Rejects where they did not arrive; the next call tries again. */
async function arrived(part: Part): Promise<void> {
  const strings = arriving.get(part) ?? bring[part]();
  arriving.set(part, strings);
  try {
    await strings;
  } catch (error) {
    arriving.delete(part);
    throw error;
  }
}

/** Those of parts that load by themselves. */
export const soonStrings = (): Promise<void> => arrived('soon');

/** Every string is there. */
export const allStrings = (): Promise<void> => arrived('more');
