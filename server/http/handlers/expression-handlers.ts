// The handlers of expressions over a table: one answers who asked and nobody else, one all who see the suggestion.
import type { expressionRoute, sharedAnswerRoute } from '#session-core/protocol/http-api/expression-routes.ts';
import { isPublic } from '#session-core/rules/suggestion.ts';
import { own } from '#session-core/util/immutable-map.ts';
import type { LiveSession, SessionReadings } from '../../session/session-api.ts';
import type { Handler } from '../app-context.ts';
import { isFacilitator } from '../dispatch.ts';
import { json, refuse } from '../reply.ts';

export const evaluate: Handler<typeof expressionRoute> = async ({ session, body }) =>
  json(await session.evaluate(body.code, body.table));

export const sharedAnswer: Handler<typeof sharedAnswerRoute> = async ({ session, params, who }) => {
  const card = own(session.state().suggestions, params.suggestion);
  const me = who?.participant;
  const sees = card && (isPublic(card) || (me !== undefined && card.author === me) || isFacilitator(session, me));
  if (!sees || !card.expression) return refuse('not_found', { what: 'suggestion', id: params.suggestion });
  // Without a token the session may be one that was only read: nothing is worked out where nobody is.
  return isLive(session) ? json(await session.sharedAnswer(card.expression)) : refuse('not_joined');
};

const isLive = (session: SessionReadings): session is LiveSession => 'sharedAnswer' in session;
