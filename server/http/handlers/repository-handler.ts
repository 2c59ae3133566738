// The session as a git repository in one file, for `git clone session-<id>.bundle`.
import type { cloneLinkRoute, repositoryRoute } from '#session-core/protocol/http-api/export-routes.ts';
import { repositoryOf } from '../../export/export-repository.ts';
import type { Handler } from '../app-context.ts';
import { newCloneKey } from '../clone-keys.ts';
import { json, refuse } from '../reply.ts';

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

export const makeCloneLink: Handler<typeof cloneLinkRoute> = ({ app, session, who }) => {
  // The name of the folder that `git clone` makes.
  const plain = session.state().title.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const folder =
    plain
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replace(/^-+/, '')
      .slice(0, 40)
      .replace(/-+$/, '') || 'session';
  const key = newCloneKey(session, who.participant);
  return json({ url: `${app.origins.publicUrl}/git/${session.id}/${key}/${folder}.git` }, 201);
};
