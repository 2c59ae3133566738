// How the text connection of this page is, for those that must know it without loading Yjs.
import { useCallback, useSyncExternalStore } from 'react';
import type { ConnectionStatus } from '../connection.ts';

const statuses = new Map<string, ConnectionStatus>();
const listeners = new Set<() => void>();

/** null: the page has closed its text connection. */
export function noteText(sessionId: string, status: ConnectionStatus | null): void {
  if (status === null) statuses.delete(sessionId);
  else statuses.set(sessionId, status);
  for (const listener of listeners) listener();
}

/** `live` also where the page shows no code, and so has no text connection. */
const textStatus = (sessionId: string): ConnectionStatus => statuses.get(sessionId) ?? 'live';

export const isTextLive = (sessionId: string): boolean => textStatus(sessionId) === 'live';

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function useTextStatus(sessionId: string): ConnectionStatus {
  return useSyncExternalStore(
    subscribe,
    useCallback(() => textStatus(sessionId), [sessionId]),
    () => 'live',
  );
}

const BY_BADNESS: readonly ConnectionStatus[] = ['live', 'delayed', 'offline'];

export const worseOf = (a: ConnectionStatus, b: ConnectionStatus): ConnectionStatus =>
  BY_BADNESS.indexOf(a) > BY_BADNESS.indexOf(b) ? a : b;
