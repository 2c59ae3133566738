// What everybody takes home: the session as a git repository in one file.
import { repositoryOf } from '../export/export-repository.ts';
import { forJoined } from './app-context.ts';
import { refuse } from './reply.ts';

/** Packing takes a tenth of a second of the server. */
const ALLOWANCE = { burst: 2, perSecond: 1 / 20 };

/** For `git clone session-<id>.bundle`. */
export const repository = forJoined(async ({ house, session, who }) => {
  const seconds = house.limits.take(`${session.id}:repository:${who.participant}`, ALLOWANCE);
  if (seconds > 0) return refuse('rate_limited', { seconds });
  const bundle = await repositoryOf(session, house.outside());
  if (bundle === null) return refuse('not_found', { what: 'revision', id: 1 });
  const headers = { 'Content-Disposition': `attachment; filename="session-${session.id}.bundle"` };
  return { status: 200, headers, bytes: { type: 'application/octet-stream', body: bundle } };
});
