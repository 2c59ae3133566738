// The replay of a session, for its page and for other programs.
import type { replayRoute } from '#session-core/protocol/http-api/replay-routes.ts';
import type { Handler } from '../app-context.ts';
import { json } from '../reply.ts';

export const replay: Handler<typeof replayRoute> = async ({ app, session }) => {
  const { replay: made, etag } = await app.replays.of(session);
  return json(made, 200, { ETag: etag, 'Cache-Control': 'private, no-cache' });
};
