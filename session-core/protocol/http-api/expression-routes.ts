// The routes of expressions over a table: what one person asks for that person alone, and what a suggestion shows to all.
import * as v from 'valibot';
import { LIMITS } from '../../model/limits.ts';
import { EXPRESSIONS, SHARED_ANSWERS } from './limits.ts';
import type { Route } from './route.ts';

const names = v.array(v.string());
const cell = v.nullable(v.union([v.number(), v.string()]));

const answered = v.object({
  table: v.string(),
  /** What can be asked. */
  tables: v.array(v.string()),
  answer: v.variant('kind', [
    v.object({
      kind: v.literal('table'),
      /** Columns of the table that was asked. */
      names,
      columns: v.array(v.string()),
      rows: v.array(v.array(cell)),
      total: v.number(),
    }),
    v.object({ kind: v.literal('text'), names, text: v.string() }),
    v.object({ kind: v.literal('error'), message: v.string(), line: v.exactOptional(v.number()) }),
    v.object({
      kind: v.literal('limit'),
      limit: v.picklist(['time', 'memory', 'ended', 'busy', 'gone', 'unreadable']),
    }),
  ]),
});

export const expressionRoute = {
  method: 'POST',
  path: '/api/sessions/:id/expressions',
  who: 'joined',
  summary:
    'The value of an expression over a table, by default the visible rows, which it knows as `df`: `df.groupby(["school"]).mean()`. Of a table at most 200 rows, of few columns up to 2000. A mistake in it is an answer, and so is a limit it met. Nothing of it is stored or shown to others',
  body: v.strictObject({
    code: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(LIMITS.expression)),
    table: v.exactOptional(v.pipe(v.string(), v.maxLength(LIMITS.tablePath))),
  }),
  answer: { status: 200, json: answered },
  limit: EXPRESSIONS,
} as const satisfies Route;

export const sharedAnswerRoute = {
  method: 'GET',
  path: '/api/sessions/:id/suggestions/:suggestion/answer',
  who: 'anyone',
  summary:
    'The value of the expression that a suggestion shows, with its table as it is now. Worked out once for all who ask, while somebody is in the session',
  answer: { status: 200, json: answered },
  limit: SHARED_ANSWERS,
} as const satisfies Route;
