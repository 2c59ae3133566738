// The handler of the checks of a patch: for those who may see the suggestion.
import type { checksRoute } from '#session-core/protocol/http-api/check-routes.ts';
import { isPublic } from '#session-core/rules/suggestion.ts';
import { own } from '#session-core/util/immutable-map.ts';
import type { Handler } from '../app-context.ts';
import { isFacilitator } from '../dispatch.ts';
import { json, refuse } from '../reply.ts';

export const checks: Handler<typeof checksRoute> = async ({ session, query, who }) => {
  const id = query.suggestion;
  if (id === undefined) return json({ checks: await session.checks() });
  const card = own(session.state().suggestions, id);
  const me = who.participant;
  const mayAsk = card && (isPublic(card) || card.author === me || isFacilitator(session, me));
  return mayAsk ? json({ checks: await session.checks(id) }) : refuse('not_found', { what: 'suggestion', id });
};
