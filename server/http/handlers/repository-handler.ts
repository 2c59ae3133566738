// The session as a git repository in one file, for `git clone session-<id>.bundle`.
import type { repositoryRoute } from '#session-core/protocol/http-api/export-routes.ts';
import { repositoryOf } from '../../export/export-repository.ts';
import type { Handler } from '../app-context.ts';
import { refuse } from '../reply.ts';

export const repository: Handler<typeof repositoryRoute> = async ({ app, session }) => {
  const { notice, inRepository } = session.course().table;
  const bundle = await repositoryOf(session, { outside: app.outside(), notice, inRepository });
  if (bundle === null) return refuse('not_found', { what: 'revision', id: 1 });
  return {
    status: 200,
    headers: { 'Content-Disposition': `attachment; filename="session-${session.id}.bundle"` },
    file: { type: 'application/octet-stream', body: new Uint8Array(bundle) },
  };
};
