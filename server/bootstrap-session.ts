// Which session a start of the server shows: the newest open one, with a new facilitator link, or a new session.
import type { Log } from './platform/log.ts';
import type { LiveSession, Registry } from './session/session-api.ts';
import { hashOf, newToken } from './session/tokens.ts';

export interface OpenedSession {
  readonly session: LiveSession;
  /** null: it could not be stored, as on a full disk; people can read. */
  readonly secret: string | null;
  readonly isNew: boolean;
}

/** Whoever starts the server can write its data folder anyway, so they get a facilitator link. */
export async function bootstrapSession(
  { registry, log }: { readonly registry: Registry; readonly log: Log },
  makeNew: boolean,
): Promise<OpenedSession> {
  const secret = newToken();
  const facilitatorHash = hashOf(secret);
  const found = makeNew ? null : await registry.newest();
  if (!found) {
    const joinCode = await registry.freeJoinCode();
    const session = await registry.create({ joinCode, facilitatorHash });
    log.info('session_created', { session: session.id, course: session.state().task.course, by: 'start' });
    return { session, secret, isNew: true };
  }
  const ack = await found.addFacilitatorLink({ hash: facilitatorHash, madeBy: 'start', by: null });
  if (!ack.ok && ack.rejection.code !== 'storage_unavailable')
    throw new Error(`no facilitator link could be made: ${ack.rejection.code}`);
  return { session: found, secret: ack.ok ? secret : null, isNew: false };
}
