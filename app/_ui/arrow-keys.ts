// Arrow keys, Home and End in a tab list, as the ARIA pattern describes; the tab opens at once.
import type { KeyboardEvent } from 'react';

const STEP: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  ArrowRight: (at, count) => (at + 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** For `onKeyDown` of the element with role="tablist". */
export function arrowKeys(event: KeyboardEvent<HTMLElement>): void {
  const step = STEP[event.key];
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = tabs.indexOf(event.target as HTMLElement);
  if (!step || at < 0) return;
  event.preventDefault();
  const next = tabs[step(at, tabs.length)];
  next?.focus();
  next?.click();
}

/** Only the open tab is reached by Tab; the others by the arrows. */
export const tabStop = (open: boolean): 0 | -1 => (open ? 0 : -1);
