// Who this tab is in a browser that keeps no cookies: the token of its join, in memory, as long as the page lives.
import { useSyncExternalStore } from 'react';
import { tabToken } from './tokens.ts';

const listeners = new Set<() => void>();
let joins = 0;

/** Somebody has joined on this page. */
export function countJoin(): void {
  joins += 1;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function useTabToken(sessionId: string): string | null {
  return useSyncExternalStore(
    subscribe,
    () => tabToken(sessionId),
    () => null,
  );
}

/** How often somebody has joined on this page: with each join it connects anew. */
export function useJoins(): number {
  return useSyncExternalStore(
    subscribe,
    () => joins,
    () => 0,
  );
}
