// The HTTP API: each route of the contract with its handler, found by Hono.
// Invariant: the type of HANDLERS demands one for every route, and that each answers what its contract says.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { TablesBusy } from '#sandbox/index.ts';
import type { Route } from '#session-core/protocol/http-api/route.ts';
import { ROUTES, type RouteName } from '#session-core/protocol/http-api/routes.ts';
import { SIZES } from '#session-core/protocol/sizes.ts';
import { factsOf } from '../platform/log.ts';
import { requestIdOf } from '../platform/request-marks.ts';
import { Elsewhere } from '../session/ownership.ts';
import { misfit } from './answer-check.ts';
import type { AppContext, Handler } from './app-context.ts';
import { readText } from './body.ts';
import { dispatch, type Endpoint } from './dispatch.ts';
import { encoded } from './encodings.ts';
import { checks } from './handlers/check-handlers.ts';
import { data, rows } from './handlers/data-handlers.ts';
import { compare, experiments } from './handlers/experiment-handlers.ts';
import {
  dependence,
  explain,
  explanations,
  learningCurve,
  pushes,
  runErrors,
  runRows,
  startLearningCurve,
} from './handlers/explain-handlers.ts';
import { exportTable } from './handlers/export-handlers.ts';
import { evaluate, sharedAnswer } from './handlers/expression-handlers.ts';
import { replay } from './handlers/replay-handler.ts';
import { makeCloneLink, repository, surrounding, zippedRepository } from './handlers/repository-handler.ts';
import { environment, reproduce } from './handlers/reproduce-handlers.ts';
import {
  addressList,
  commandLine,
  courses,
  displayName,
  health,
  metrics,
  openApi,
  readiness,
} from './handlers/server-handlers.ts';
import {
  becomeFacilitator,
  createSession,
  describe,
  join,
  makeFacilitatorLink,
  me,
  people,
  remove,
} from './handlers/session-handlers.ts';
import { proposeTask, uploadTable } from './handlers/table-handlers.ts';
import { activity, course, files, guestTypes, holdout, predict, run, runs } from './handlers/work-handlers.ts';
import { httpError, type Reply, refuse, toResponse } from './reply.ts';

const HANDLERS: { readonly [Name in RouteName]: Handler<(typeof ROUTES)[Name]> } = {
  createSession,
  join,
  becomeFacilitator,
  makeFacilitatorLink,
  getSession: describe,
  getMe: me,
  listPeople: people,
  getCourse: course,
  getData: data,
  listRows: rows,
  getFiles: files,
  listRuns: runs,
  getRun: run,
  getRunErrors: runErrors,
  listExperiments: experiments,
  compareRuns: compare,
  getChecks: checks,
  evaluate,
  getSharedAnswer: sharedAnswer,
  getRunRows: runRows,
  getExplanations: explanations,
  getDependence: dependence,
  explainRun: explain,
  getLearningCurve: learningCurve,
  startLearningCurve,
  getEnvironment: environment,
  reproduceRun: reproduce,
  getHoldout: holdout,
  predict,
  explainPrediction: pushes,
  listActivity: activity,
  getGuestTypes: guestTypes,
  makeCloneLink,
  getReplay: replay,
  getRepository: repository,
  getZippedRepository: zippedRepository,
  getSurroundings: surrounding,
  exportTable,
  deleteSession: remove,
  uploadTable,
  proposeTask,
  listCourses: courses,
  suggestDisplayName: displayName,
  listAddresses: addressList,
  getOpenApi: openApi,
  getCommandLine: commandLine,
  getHealth: health,
  getReadiness: readiness,
  getMetrics: metrics,
};
const ENDPOINTS: readonly Endpoint[] = Object.entries<Route>(ROUTES).map(([name, route]) => ({
  name,
  route,
  handler: HANDLERS[name as RouteName],
}));

type Env = { Bindings: HttpBindings };

/** Answers every request that it is given: what is under no route is `not_found`. */
export function createApi(app: AppContext): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const api = new Hono<Env>();
  for (const endpoint of ENDPOINTS) {
    const { method, path } = endpoint.route;
    api.on(method, path, (context) => answer(app, endpoint, context));
  }
  // A request comes here where none of the handlers above took its method.
  for (const [path, endpoints] of Map.groupBy(ENDPOINTS, ({ route }) => route.path)) {
    const allow = endpoints.map(({ route }) => route.method).join(', ');
    api.all(path, () => toResponse(httpError('method_not_allowed', { allow }, { Allow: allow })));
  }
  api.notFound(({ req }) => toResponse(httpError('route_not_found', { path: req.path.slice(0, 100) })));
  api.onError((error, { env }) => {
    // Whoever went away in the middle of sending needs no answer, and it is no fault of ours.
    if (!env.incoming.readableAborted)
      app.log.error('request_failed', {
        request: requestIdOf(env.incoming),
        method: env.incoming.method ?? '',
        ...factsOf(error),
      });
    return toResponse(failure(error));
  });
  return getRequestListener((request, env) => api.fetch(request, env as HttpBindings), {
    overrideGlobalObjects: false,
  });
}

async function answer(app: AppContext, endpoint: Endpoint, { req, env }: Context<Env>): Promise<Response> {
  const reply = await dispatch(app, endpoint, {
    request: env.incoming,
    params: req.param(),
    query: req.query(),
    text: () => readText(env.incoming, SIZES.body),
  });
  const wrong = app.checkAnswers ? misfit(endpoint.route, reply) : null;
  if (wrong !== null) throw new Error(`The answer of ${endpoint.name} does not fit its contract: ${wrong}`);
  const response = toResponse(reply);
  if (isKnown(response, req.header('if-none-match'))) {
    const headers = new Headers(response.headers);
    for (const name of ['Content-Type', 'Content-Length']) headers.delete(name);
    return new Response(null, { status: 304, headers });
  }
  return encoded(response, req.header('accept-encoding'));
}

/** Whoever asks has this very answer. A proxy that compresses makes the tag a weak one. */
function isKnown({ status, headers }: Response, tags: string | undefined): boolean {
  const tag = headers.get('ETag');
  return status === 200 && tag !== null && (tags ?? '').split(/\s*,\s*/).some((one) => one.replace(/^W\//, '') === tag);
}

// A full disk is an operational error, not a bug, and its message says so.
function failure(error: unknown): Reply {
  // Another node took it between the question where it is and this one: the next try finds it there.
  if (error instanceof Elsewhere || error instanceof TablesBusy) return refuse('busy');
  const full = error instanceof Error && error.name === 'StorageUnavailable';
  return full ? refuse('storage_unavailable') : httpError('failed');
}
