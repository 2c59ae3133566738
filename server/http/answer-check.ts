// Whether an answer is what the contract of its route says, to the last field: asked of every answer in tests and in
// development, of none in production.
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { COMMON_ERRORS } from '#session-core/protocol/http-api/errors.ts';
import { errorsOf, type Route } from '#session-core/protocol/http-api/route.ts';
import type { Reply } from './reply.ts';

/** What is wrong with it; null: nothing. */
export function misfit(route: Route, reply: Reply): string | null {
  if (reply.error !== undefined) {
    const known = [...COMMON_ERRORS, ...errorsOf(route)].some((code) => code === reply.error.code);
    return known ? null : `the error ${reply.error.code} is not in its contract`;
  }
  const { answer } = route;
  if (route.etag && reply.headers?.['ETag'] === undefined) return 'no ETag';
  if (reply.status !== answer.status) return `status ${reply.status} in place of ${answer.status}`;
  if ('types' in answer) {
    const type = reply.file?.type ?? 'nothing';
    return answer.types.includes(type) ? null : `${type} is not one of its types`;
  }
  if (!('json' in answer)) return reply.json === undefined && !reply.file ? null : 'a body where there is none';
  const sent: unknown = JSON.parse(JSON.stringify(reply.json ?? null));
  const parsed = v.safeParse(answer.json, sent);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return `${v.getDotPath(issue) ?? 'the answer'}: ${issue.message}`;
  }
  return isDeepStrictEqual(parsed.output, sent) ? null : 'it has a field that is not in its contract';
}
