// Who this tab is in a browser that keeps no cookies: the token of its join, in memory, as long as the page lives.
// Invariant: only where the cookie did not hold; it is never stored, and sent to this server alone.
import { useSyncExternalStore } from 'react';
import { meRoute } from '#session-core/protocol/http-api/session-routes.ts';
import { ask } from './http.ts';
import { holdToken, tabToken } from './tokens.ts';

interface Joined {
  readonly sessionId: string;
  readonly participantId: string;
  readonly token: string;
}
const listeners = new Set<() => void>();
let joins = 0;

/**
 * After a join: sees whether the browser has kept the cookie; else this tab goes on by the token.
 * @param here the page is the session's own, and connects anew as who has just joined
 */
export async function keepJoined({ sessionId, participantId, token }: Joined, here: boolean): Promise<void> {
  const known = tabToken(sessionId) !== null;
  const answer = await ask(meRoute, { params: { id: sessionId } });
  // What says nothing about the cookie, a lost connection for instance, is not taken for a refusal.
  const lost = answer.ok ? answer.value.participantId !== participantId : answer.error.code === 'not_joined';
  if (lost || known) holdToken(sessionId, token);
  else if (!here) return;
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
