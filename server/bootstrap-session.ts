// The session a start shows: the newest open one with a fresh facilitator link, or a new one.
import { freeJoinCode } from './http/session-routes.ts';
import type { LiveSession, Registry } from './session/session-api.ts';
import { hashOf, newToken } from './session/tokens.ts';

export interface Opened {
  readonly session: LiveSession;
  readonly secret: string;
  readonly made: boolean;
}

/** Write access to the data folder is authority: whoever starts the server gets a link that is valid from now on. */
export async function bootstrapSession(registry: Registry, makeNew: boolean): Promise<Opened> {
  const secret = newToken();
  const facilitatorHash = hashOf(secret);
  const found = makeNew ? null : await registry.newest();
  if (!found) {
    const joinCode = await freeJoinCode(registry);
    return { session: await registry.create({ joinCode, facilitatorHash }), secret, made: true };
  }
  const ack = await found.addFacilitatorLink(facilitatorHash);
  if (!ack.ok) throw new Error(`no facilitator link could be made: ${ack.rejection.code}`);
  return { session: found, secret, made: false };
}
