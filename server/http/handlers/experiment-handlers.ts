// Handlers of runs beside each other, which a browser keeps. A private preview is compared for its author alone.
import { createHash } from 'node:crypto';
import type { compareRoute, experimentsRoute } from '#session-core/protocol/http-api/experiment-routes.ts';
import { maySeeRun } from '#session-core/view/view-run.ts';
import type { SessionReadings } from '../../session/session-api.ts';
import type { Handler } from '../app-context.ts';
import { json, refuse } from '../reply.ts';

export const experiments: Handler<typeof experimentsRoute> = async ({ session }) => {
  const mains = Object.entries(session.state().runs).filter(([, run]) => run.kind === 'main');
  const version = mains.map(([id, { tree }]) => `${id} ${tree['params.yaml'] ?? ''}`).join(' ');
  return json(await session.experiments(), 200, kept(version));
};

export const compare: Handler<typeof compareRoute> = async ({ session, params, who }) => {
  const ids = [params.before, params.after].map((name) => runOf(session, name, who?.participant ?? null));
  const [before, after] = ids;
  if (before == null || after == null)
    return refuse('not_found', { what: 'run', id: before == null ? params.before : params.after });
  const { runs } = session.state();
  const version = [before, after].map((id) => `${id} ${runs[id]?.status} ${runs[id]?.report?.detail ?? ''}`).join(' ');
  return json({ before, after, ...(await session.compare(before, after)) }, 200, kept(version));
};

const kept = (version: string) => ({
  ETag: `"${createHash('sha256').update(version).digest('base64url').slice(0, 22)}"`,
  'Cache-Control': 'private, no-cache',
});

/** By its number or its id; null: there is none, or not for this person. */
function runOf(session: SessionReadings, name: string, who: string | null): string | null {
  const state = session.state();
  const numbered = Object.entries(state.runs).find(([, { number }]) => String(number) === name);
  const id = numbered?.[0] ?? name;
  if (!Object.hasOwn(state.runs, id)) return null;
  const may =
    maySeeRun(state, id, { kind: 'public' }) ||
    (who !== null && maySeeRun(state, id, { kind: 'you', participant: who }));
  return may ? id : null;
}
