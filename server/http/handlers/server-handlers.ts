// Handlers about the server itself.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Course, taskOf } from '#sandbox/index.ts';
import type {
  addressesRoute,
  commandLineRoute,
  coursesRoute,
  displayNameRoute,
  healthRoute,
  metricsRoute,
  openApiRoute,
  readyRoute,
} from '#session-core/protocol/http-api/server-routes.ts';
import { PROTOCOL } from '#session-core/protocol/messages.ts';
import { newDisplayName } from '../../session/default-name.ts';
import { sameSecret } from '../../session/tokens.ts';
import type { ClusterFacts, Handler } from '../app-context.ts';
import { bearerOf } from '../identity.ts';
import { openApiDocument } from '../openapi.ts';
import { httpError, json } from '../reply.ts';

export const health: Handler<typeof healthRoute> = ({ app, request }) => {
  const cluster = app.cluster();
  // A database that is away for seconds is away for all nodes: a balancer must not close everybody's sockets for it.
  const cause = cluster === null ? app.storageFault() : cluster.isLost ? 'gone' : null;
  if (cause !== null) return httpError('degraded', { cause });
  return json({
    status: 'ok',
    version: app.version,
    protocol: PROTOCOL,
    sessions: app.registry.live().length,
    sockets: app.sockets(),
    loopLagMs: app.loopLagMs(),
    ...(cluster === null ? {} : { cluster: shown(cluster, app.origins.isThisMachine(request)) }),
  });
};

/** Its name holds its address in a network that strangers need not know. */
const shown = ({ isLost: _, node, ...facts }: ClusterFacts, named: boolean) => (named ? { node, ...facts } : facts);

/** May people be sent here? */
export const readiness: Handler<typeof readyRoute> = ({ app }) => {
  const cause = app.isDraining() ? 'draining' : (app.storageFault() ?? (app.isSandboxReady() ? null : 'sandbox'));
  return cause === null ? json({ status: 'ready' }) : httpError('not_ready', { cause });
};

export const metrics: Handler<typeof metricsRoute> = async ({ app, request }) => {
  const { metricsToken } = app.config;
  const shown = bearerOf(request);
  const mayRead = metricsToken !== null && shown !== null && sameSecret(metricsToken, shown);
  if (!mayRead && !app.origins.isThisMachine(request)) return httpError('metrics_not_local');
  return {
    status: 200,
    file: { type: 'text/plain; version=0.0.4; charset=utf-8', body: await app.metrics.text() },
  };
};

export const displayName: Handler<typeof displayNameRoute> = () => json({ displayName: newDisplayName() });

export const courses: Handler<typeof coursesRoute> = ({ app }) =>
  json({
    courses: app.registry.courses.map((course) => {
      const { id, title, language, checkpoints, table, first, agendas } = course.about;
      const begins = checkpoints.find(({ name }) => name === first)!;
      return {
        id,
        title,
        language,
        question: taskOf(course.about, begins.task).task.sentence,
        dataset: table.title,
        notice: table.notice,
        ...course.size(),
        tasks: tasksOf(course.about),
        checkpoints: checkpoints.map(({ name, title: named, task }) => ({ name, title: named, task })),
        agendas: agendas.map(({ minutes }) => minutes),
      };
    }),
  });

/** Those that a checkpoint has; the one that a session begins with is the first. */
function tasksOf({ tasks, checkpoints, first }: Course) {
  const begins = checkpoints.find(({ name }) => name === first)!;
  return [begins.task, ...tasks.map(({ task }) => task.id).filter((id) => id !== begins.task)].flatMap((id) => {
    const { sentence } = tasks.find(({ task }) => task.id === id)!.task;
    const checkpoint = id === begins.task ? begins : checkpoints.find(({ task }) => task === id);
    return checkpoint === undefined ? [] : [{ id, sentence, checkpoint: checkpoint.name }];
  });
}

export const addressList: Handler<typeof addressesRoute> = ({ app }) =>
  json({ publicUrl: app.origins.publicUrl, addresses: [...app.origins.addresses] });

export const openApi: Handler<typeof openApiRoute> = ({ app }) =>
  json(openApiDocument(app.version, app.origins.publicUrl));

export const commandLine: Handler<typeof commandLineRoute> = async ({ app }) => ({
  status: 200,
  headers: { 'Content-Disposition': 'attachment; filename="crowd.mjs"' },
  file: {
    type: 'text/javascript; charset=utf-8',
    body: await readFile(join(app.outside(), 'node_modules/crowd/crowd.mjs'), 'utf8'),
  },
});
