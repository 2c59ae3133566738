// Edits that could not be saved, kept for as long as the page lives: also when the part of the page they were typed into
// is gone, because the server closed the session for this person.
import { useSyncExternalStore } from 'react';

/** Lines typed here that the server does not have, with the reason as the end of a sentence. */
export interface UnsavedEdits {
  readonly reason: string;
  readonly files: readonly UnsavedLines[];
}
export interface UnsavedLines {
  readonly path: string;
  readonly lines: readonly string[];
}

const NONE: readonly UnsavedEdits[] = [];
const kept = new Map<string, readonly UnsavedEdits[]>();
const listeners = new Set<() => void>();

const change = (sessionId: string, edits: readonly UnsavedEdits[]) => {
  kept.set(sessionId, edits);
  for (const listener of listeners) listener();
};

export function keepUnsavedEdits(sessionId: string, edits: UnsavedEdits): void {
  if (edits.files.length > 0) change(sessionId, [...(kept.get(sessionId) ?? NONE), edits]);
}

export const dropUnsavedEdits = (sessionId: string): void => change(sessionId, NONE);

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function useUnsavedEdits(sessionId: string): readonly UnsavedEdits[] {
  return useSyncExternalStore(
    subscribe,
    () => kept.get(sessionId) ?? NONE,
    () => NONE,
  );
}
