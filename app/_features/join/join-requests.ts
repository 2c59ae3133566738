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

/** So many at once: what somebody asks for meanwhile must find a free connection of the six that a browser opens. */
const AT_ONCE = 4;

/**
 * Fetches what the session's page will ask for: its name changes with its content, so the browser finds it in its cache.
 * Not by `<link rel="prefetch">`, which Safari does not follow.
 */
export async function fetchAhead(paths: readonly string[]): Promise<void> {
  const waiting = paths.values();
  const fetchNext = async () => {
    // The others take the next ones meanwhile.
    for (const path of waiting) await (await fetch(path, { priority: 'low' })).arrayBuffer();
  };
  // What does not arrive, that page asks for again.
  await Promise.allSettled(Array.from({ length: AT_ONCE }, fetchNext));
}
