// What the join form asks of the server. It loads while somebody reads the form.
import { ask } from '#app/_session/http.ts';
import { displayNameRoute } from '#session-core/protocol/http-api/server-routes.ts';
import { joinRoute } from '#session-core/protocol/http-api/session-routes.ts';

export { keepJoined } from '#app/_session/keep-joined.ts';

/** null: none could be had. */
export async function anotherName(): Promise<string | null> {
  const answer = await ask(displayNameRoute, {});
  return answer.ok ? answer.value.displayName : null;
}

export const join = (code: string, typed: string) =>
  ask(joinRoute, { body: { code, ...(typed === '' ? {} : { displayName: typed }) } });
