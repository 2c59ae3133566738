'use client';
// The answer to the expression that a suggestion shows, worked out by the server once for all who look.
import { useApi } from '#app/_session/use-api.ts';
import { useOfView, useSessionId } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Hint } from '#app/_ui/panel.tsx';
import { lastShown, mainRuns } from '#session-core/client/scores.ts';
import type { SharedExpression } from '#session-core/model/client-commands.ts';
import { sharedAnswerRoute } from '#session-core/protocol/http-api/expression-routes.ts';
import { ExpressionAnswer } from './expression-answer.tsx';

interface SharedAnswerProps {
  readonly suggestion: string;
  readonly expression: SharedExpression;
  /** As the author saw it and no other way, so high in px: on the projector. */
  readonly fixed?: { readonly height: number; readonly rows: number };
}

export function SharedAnswer({ suggestion, expression, fixed }: SharedAnswerProps) {
  const id = useSessionId();
  // A run may have written the table again.
  const run = useOfView((view) => lastShown(mainRuns(view), view.task)?.id);
  const { value, error } = useApi(sharedAnswerRoute, { params: { id, suggestion } }, run);
  const { code, as } = expression;
  if (value) return <ExpressionAnswer code={code} answer={value.answer} as={as} {...(fixed ? { fixed } : {})} />;
  return <Hint>{error?.message ?? t.scratch.busy}</Hint>;
}
