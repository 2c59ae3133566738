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

/** After a join. False: the browser has not kept the cookie, and this tab goes on by the token. */
export async function cookieHeld({ sessionId, participantId, token }: Joined): Promise<boolean> {
  const known = tabToken(sessionId) !== null;
  const answer = await ask(meRoute, { params: { id: sessionId } });
  // What says nothing about the cookie, a lost connection for instance, is not taken for a refusal.
  const lost = answer.ok ? answer.value.participantId !== participantId : answer.error.code === 'not_joined';
  if (!lost && !known) return true;
  holdToken(sessionId, token);
  for (const listener of listeners) listener();
  return false;
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
