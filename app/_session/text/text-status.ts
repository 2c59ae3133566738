// How the text connection of this page is, for those that must know it without loading Yjs.
import { useCallback, useSyncExternalStore } from 'react';
import type { ConnectionStatus } from '../connection.ts';

const statuses = new Map<string, ConnectionStatus>();
/** Sessions whose text was once connected. */
const reached = new Set<string>();
const listeners = new Set<() => void>();

/** null: the page has closed its text connection. */
export function noteText(sessionId: string, status: ConnectionStatus | null): void {
  if (status === null) statuses.delete(sessionId);
  else statuses.set(sessionId, status);
  if (status === null) reached.delete(sessionId);
  else if (status === 'live') reached.add(sessionId);
  for (const listener of listeners) listener();
}

/** `live` also where the page shows no code, and so has no text connection. */
const textStatus = (sessionId: string): ConnectionStatus => statuses.get(sessionId) ?? 'live';

/** Not while it is opened: nobody has typed into it yet. */
export const isTextLost = (sessionId: string): boolean => {
  const status = textStatus(sessionId);
  return status === 'offline' || (status === 'delayed' && reached.has(sessionId));
};

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
