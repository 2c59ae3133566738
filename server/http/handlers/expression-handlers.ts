// The handler of expressions over a table. It answers who asked, and nobody else.
import type { expressionRoute } from '#session-core/protocol/http-api/expression-routes.ts';
import type { Handler } from '../app-context.ts';
import { json } from '../reply.ts';

export const evaluate: Handler<typeof expressionRoute> = async ({ session, body }) =>
  json(await session.evaluate(body.code, body.table));
