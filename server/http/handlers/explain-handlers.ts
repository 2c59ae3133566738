// Handlers of what the app finds out about a run by itself. They answer nothing about hold-out rows.
import type {
  dependenceRoute,
  explainRoute,
  explanationsRoute,
  learningCurveRoute,
  pushesRoute,
  runErrorsRoute,
  runRowsRoute,
  startLearningCurveRoute,
} from '#session-core/protocol/http-api/explain-routes.ts';
import type { SessionReadings } from '../../session/session-api.ts';
import type { Handler } from '../app-context.ts';
import { taggedJson } from '../entity-tags.ts';
import { json, refuse } from '../reply.ts';
import { forbiddenInput, noAnswer, visibleRun } from './work-handlers.ts';

const noRun = (id: string) => refuse('not_found', { what: 'run', id });

export const runErrors: Handler<typeof runErrorsRoute> = async ({ session, params, who }) => {
  if (!visibleRun(session, params.run, who?.participant ?? null)) return noRun(params.run);
  return taggedJson(await session.errors(params.run));
};

export const runRows: Handler<typeof runRowsRoute> = async ({ session, params, query, who }) => {
  if (!visibleRun(session, params.run, who?.participant ?? null)) return noRun(params.run);
  return taggedJson({ rows: await session.rows(params.run, query.rows.split(',').map(Number)) });
};

export const explanations: Handler<typeof explanationsRoute> = async ({ session, params }) => {
  if (!isMainRun(session, params.run)) return noRun(params.run);
  const { state, share, value: explained } = await session.explanation(params.run);
  if (explained === null) return taggedJson({ state, share, explained });
  const { rows, of, error, nRepeats, importance, dependence, fault } = explained;
  const parts = { rows, of, error, nRepeats, importance, dependence: Object.keys(dependence) };
  return taggedJson({ state, share, explained: fault === undefined ? parts : { ...parts, fault } });
};

export const dependence: Handler<typeof dependenceRoute> = async ({ session, params, query }) => {
  if (!isMainRun(session, params.run)) return noRun(params.run);
  const { value: explained } = await session.explanation(params.run);
  const found = explained !== null && Object.hasOwn(explained.dependence, query.column);
  return taggedJson({ dependence: found ? explained.dependence[query.column]! : null });
};

export const explain: Handler<typeof explainRoute> = async ({ session, params }) => {
  if (!isMainRun(session, params.run)) return noRun(params.run);
  await session.explain(params.run);
  return json({ state: (await session.explanation(params.run)).state });
};

export const learningCurve: Handler<typeof learningCurveRoute> = async ({ session, params }) => {
  if (!isMainRun(session, params.run)) return noRun(params.run);
  const { state, share, value } = await session.learningCurve(params.run);
  if (value === null) return taggedJson({ state, share, curve: null });
  const { share: _, ...curve } = value;
  return taggedJson({ state, share, curve });
};

export const startLearningCurve: Handler<typeof startLearningCurveRoute> = async ({ session, params }) => {
  if (!isMainRun(session, params.run)) return noRun(params.run);
  await session.startLearningCurve(params.run);
  return json({ state: (await session.learningCurve(params.run)).state });
};

export const pushes: Handler<typeof pushesRoute> = async ({ session, body }) => {
  const leak = forbiddenInput(session, body.row);
  if (leak !== null) return leak;
  try {
    return json(await session.pushes(body.row));
  } catch (error) {
    return noAnswer(error);
  }
};

const isMainRun = (session: SessionReadings, id: string): boolean => session.view().runs[id]?.kind === 'main';
