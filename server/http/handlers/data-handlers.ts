// Handlers of the visible table: its data profile, and its rows.
// Invariant: they are given visible rows only, and work nothing out on the event loop.
import type { dataRoute, rowsRoute } from '#session-core/protocol/http-api/data-routes.ts';
import type { Handler } from '../app-context.ts';
import { json, refuse } from '../reply.ts';

const ROWS = 20;

export const data: Handler<typeof dataRoute> = async ({ app, session }) => {
  const table = session.visible();
  const hashes = session.data().map(({ sha256 }) => sha256.slice(0, 16));
  // The same table is another profile for another target, and may be one in another version of this server.
  const tag = [app.version, session.state().task.id, ...hashes].join('-');
  return json(await app.dataProfiles.profile(table), 200, { ETag: `"${tag}"`, 'Cache-Control': 'private, no-cache' });
};

export const rows: Handler<typeof rowsRoute> = async ({ app, session, query }) => {
  const { column, bin = '0', from = '0', most = String(ROWS) } = query;
  const wanted = column === undefined ? {} : { bin: { column, index: bin === 'missing' ? -1 : Number(bin) } };
  const found = await app.dataProfiles.rows(session.visible(), { ...wanted, from: Number(from), most: Number(most) });
  return found === null ? refuse('not_found', { what: 'column', id: column ?? '' }) : json(found);
};
