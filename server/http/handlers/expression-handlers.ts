// The handlers of expressions over a table: one answers who asked and nobody else, one all who see the suggestion.
import type { expressionRoute, sharedAnswerRoute } from '#session-core/protocol/http-api/expression-routes.ts';
import { isPublic } from '#session-core/rules/suggestion.ts';
import { own } from '#session-core/util/immutable-map.ts';
import type { Handler } from '../app-context.ts';
import { isFacilitator } from '../dispatch.ts';
import { json, refuse } from '../reply.ts';

export const evaluate: Handler<typeof expressionRoute> = async ({ session, body }) =>
  json(await session.evaluate(body.code, body.table));

export const sharedAnswer: Handler<typeof sharedAnswerRoute> = async ({ session, params, who }) => {
  const card = own(session.state().suggestions, params.suggestion);
  const me = who.participant;
  const sees = card && (isPublic(card) || card.author === me || isFacilitator(session, me));
  return sees && card.expression
    ? json(await session.sharedAnswer(card.expression))
    : refuse('not_found', { what: 'suggestion', id: params.suggestion });
};
