// The route of the checks of a patch, or of the code itself, with what the compiler and the linter say.
import * as v from 'valibot';
import { CHECKS } from './limits.ts';
import type { Route } from './route.ts';

const check = v.object({
  result: v.picklist(['passed', 'failed', 'unchecked']),
  /** The first of `count`. */
  problems: v.exactOptional(
    v.array(
      v.object({
        file: v.string(),
        line: v.number(),
        column: v.number(),
        /** `TS2322`, `format`, `lint/style/useConst`. */
        code: v.string(),
        /** The compiler's, in the language of the session; the linter's, in English. */
        message: v.string(),
        /** `suggestion.fix` mends it. */
        fix: v.exactOptional(v.literal(true)),
      }),
    ),
  ),
  count: v.exactOptional(v.number()),
  /** Further ones, which the code without the patch has, too. */
  known: v.exactOptional(v.number()),
  why: v.exactOptional(v.picklist(['time', 'memory', 'ended', 'missing'])),
});

export const checksRoute = {
  method: 'GET',
  path: '/api/sessions/:id/checks',
  who: 'joined',
  summary:
    'What types, format and lint found in the patch of a suggestion, or without one in the newest revision. `checks` is null where the patch conflicts. Tests, leakage and preview are in the view',
  query: v.object({ suggestion: v.exactOptional(v.pipe(v.string(), v.maxLength(40))) }),
  answer: { status: 200, json: v.object({ checks: v.nullable(v.object({ types: check, style: check })) }) },
  limit: CHECKS,
} as const satisfies Route;
