// Whether the text connections of this page are live, for those that must know it without loading Yjs.

const live = new Map<string, boolean>();

/** null: the page has closed its text connection. */
export function noteTextLive(sessionId: string, now: boolean | null): void {
  if (now === null) live.delete(sessionId);
  else live.set(sessionId, now);
}

/** True also where the page shows no code, and so has no text connection. */
export const isTextLive = (sessionId: string): boolean => live.get(sessionId) ?? true;
