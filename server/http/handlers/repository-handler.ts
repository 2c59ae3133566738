// The session as a git repository in one file, for `git clone session-<id>.bundle`, or its files as a zip.
import type {
  cloneLinkRoute,
  repositoryRoute,
  surroundingsRoute,
  zippedRepositoryRoute,
} from '#session-core/protocol/http-api/export-routes.ts';
import { folderNameOf } from '#session-core/text/folder-name.ts';
import { repositoryOf, zipOfRepository } from '../../export/export-repository.ts';
import { enclosedIn, surroundings } from '../../export/surroundings.ts';
import type { Handler } from '../app-context.ts';
import { newCloneKey } from '../clone-keys.ts';
import { json, refuse } from '../reply.ts';

const noCode = () => refuse('not_found', { what: 'revision', id: 1 });

export const repository: Handler<typeof repositoryRoute> = async ({ app, session }) => {
  const make = () => repositoryOf(session, enclosedIn(session, app.outside()));
  const bundle = await app.repositories.packed(session, 'bundle', make);
  if (bundle === null) return noCode();
  return {
    status: 200,
    headers: { 'Content-Disposition': `attachment; filename="session-${session.id}.bundle"` },
    file: { type: 'application/octet-stream', body: new Uint8Array(bundle) },
  };
};

export const zippedRepository: Handler<typeof zippedRepositoryRoute> = async ({ app, session }) => {
  const folder = `session-${session.id}`;
  const make = () => zipOfRepository(session, enclosedIn(session, app.outside()), folder);
  const zip = await app.repositories.packed(session, 'zip', make);
  if (zip === null) return noCode();
  return {
    status: 200,
    headers: { 'Content-Disposition': `attachment; filename="${folder}.zip"` },
    file: { type: 'application/zip', body: new Uint8Array(zip) },
  };
};

export const makeCloneLink: Handler<typeof cloneLinkRoute> = ({ app, session, who }) => {
  // `git clone` names the folder so.
  const folder = folderNameOf(session.state().title);
  const key = newCloneKey(session, who.participant);
  return json({ url: `${app.origins.publicUrl}/git/${session.id}/${key}/${folder}.git` }, 201);
};

/** For whoever works in an editor of their own, `crowd` for example: with the texts of `/files` the stages run there. */
export const surrounding: Handler<typeof surroundingsRoute> = ({ app, session }) => {
  const { task, settings } = session.state();
  return json({
    files: surroundings(session, enclosedIn(session, app.outside()), { task: task.id, license: settings.license }),
  });
};
