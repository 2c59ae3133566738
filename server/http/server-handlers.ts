// Handlers about the server itself.
import { taskOf } from '#sandbox/index.ts';
import type {
  addressesRoute,
  coursesRoute,
  displayNameRoute,
  healthRoute,
  metricsRoute,
  openApiRoute,
} from '#session-core/protocol/http-api/server-routes.ts';
import { PROTOCOL } from '#session-core/protocol/messages.ts';
import { newDisplayName } from '../session/default-name.ts';
import type { Handler } from './app-context.ts';
import { openApiDocument } from './openapi.ts';
import { httpError, json } from './reply.ts';

export const health: Handler<typeof healthRoute> = ({ app }) => {
  const cause = app.storageFault();
  if (cause !== null) return httpError('degraded', { cause });
  return json({
    status: 'ok',
    version: app.version,
    protocol: PROTOCOL,
    sessions: app.registry.live().length,
    sockets: app.sockets(),
    loopLagMs: app.metrics.loopLagMs(),
  });
};

export const metrics: Handler<typeof metricsRoute> = ({ app }) => ({
  status: 200,
  file: { type: 'text/plain; version=0.0.4; charset=utf-8', body: app.metrics.text() },
});

export const displayName: Handler<typeof displayNameRoute> = () => json({ displayName: newDisplayName() });

export const courses: Handler<typeof coursesRoute> = ({ app }) =>
  json({
    courses: app.registry.courses.map((course) => {
      const { id, title, language, checkpoints, table, first } = course.about;
      const begins = checkpoints.find(({ name }) => name === first)!;
      return {
        id,
        title,
        language,
        question: taskOf(course.about, begins.task).task.sentence,
        dataset: table.title,
        notice: table.notice,
        ...course.size(),
        checkpoints: checkpoints.map(({ name, title: named, task }) => ({ name, title: named, task })),
      };
    }),
  });

export const addressList: Handler<typeof addressesRoute> = ({ app }) =>
  json({ publicUrl: app.origins.publicUrl, addresses: [...app.origins.addresses] });

export const openApi: Handler<typeof openApiRoute> = ({ app }) => json(openApiDocument(app.version));
