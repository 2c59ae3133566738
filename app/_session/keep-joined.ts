// After a join: whether the browser has kept who this is.
import { meRoute } from '#session-core/protocol/http-api/session-routes.ts';
import { ask } from './http.ts';
import { countJoin } from './tab-token.ts';
import { holdToken, tabToken } from './tokens.ts';

interface Joined {
  readonly sessionId: string;
  readonly participantId: string;
  readonly token: string;
}

/**
 * Sees whether the browser has kept the cookie; else this tab goes on by the token.
 * Invariant: only where the cookie did not hold; it is never stored, and sent to this server alone.
 * @param here the page is the session's own, and connects anew as who has just joined
 */
export async function keepJoined({ sessionId, participantId, token }: Joined, here: boolean): Promise<void> {
  const known = tabToken(sessionId) !== null;
  const answer = await ask(meRoute, { params: { id: sessionId } });
  // What says nothing about the cookie, a lost connection for instance, is not taken for a refusal.
  const lost = answer.ok ? answer.value.participantId !== participantId : answer.error.code === 'not_joined';
  if (lost || known) holdToken(sessionId, token);
  else if (!here) return;
  countJoin();
}
