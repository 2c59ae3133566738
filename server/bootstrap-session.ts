// Which session a start of the server shows: the newest open one, with a new facilitator link, or a new session.
import type { LiveSession, Registry } from './session/session-api.ts';
import { hashOf, newToken } from './session/tokens.ts';

export interface OpenedSession {
  readonly session: LiveSession;
  readonly secret: string;
  readonly isNew: boolean;
}

/** Whoever starts the server can write its data folder anyway, so they get a facilitator link. */
export async function bootstrapSession(registry: Registry, makeNew: boolean): Promise<OpenedSession> {
  const secret = newToken();
  const facilitatorHash = hashOf(secret);
  const found = makeNew ? null : await registry.newest();
  if (!found) {
    const joinCode = await registry.freeJoinCode();
    return { session: await registry.create({ joinCode, facilitatorHash }), secret, isNew: true };
  }
  const ack = await found.addFacilitatorLink({ hash: facilitatorHash, madeBy: 'start', by: null });
  if (!ack.ok) throw new Error(`no facilitator link could be made: ${ack.rejection.code}`);
  return { session: found, secret, isNew: false };
}
