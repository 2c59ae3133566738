// What a run was made with, and whether running it again gives the same.
import type { environmentRoute, reproduceRoute } from '#session-core/protocol/http-api/reproduce-routes.ts';
import { environmentOf } from '../../export/environment.ts';
import type { Handler } from '../app-context.ts';
import { taggedJson } from '../entity-tags.ts';
import { json, refuse } from '../reply.ts';

export const environment: Handler<typeof environmentRoute> = async ({ app, session, params }) => {
  const run = session.view().runs[params.run];
  if (run?.kind !== 'main') return refuse('not_found', { what: 'run', id: params.run });
  const { state, share, value: reproduction } = session.reproduction(run.id);
  return taggedJson({ ...(await environmentOf(session, run, app.outside())), state, share, reproduction });
};

export const reproduce: Handler<typeof reproduceRoute> = async ({ session, params }) => {
  if (session.view().runs[params.run]?.kind !== 'main') return refuse('not_found', { what: 'run', id: params.run });
  await session.reproduce(params.run);
  return json({ state: session.reproduction(params.run).state });
};
