// Errors of the HTTP API: `{error: {code, message, ...facts}}`. Here is the status of every code; the sentences are in
// session-core/sentences.
import * as v from 'valibot';
import type { RejectionCode } from '../../model/rejection.ts';
import type { httpErrors } from '../../sentences/en/http-errors.ts';

export type HttpErrorCode = keyof typeof httpErrors;
export type ErrorCode = HttpErrorCode | RejectionCode;

const STATUS: { readonly [Code in ErrorCode]?: number } = {
  not_joined: 401,
  not_allowed: 403,
  removed: 403,
  not_yours: 403,
  session_ended: 410,
  session_full: 403,
  session_locked: 403,
  invalid: 400,
  not_found: 404,
  display_name_length: 400,
  display_name_reserved: 400,
  text_length: 400,
  over_limit: 413,
  rate_limited: 429,
  storage_unavailable: 503,
  busy: 503,
  foreign_host: 421,
  foreign_origin: 403,
  route_not_found: 404,
  method_not_allowed: 405,
  malformed_address: 400,
  no_cookies: 400,
  not_json: 400,
  too_large: 413,
  no_such_code: 404,
  wrong_secret: 403,
  not_local: 403,
  bad_table: 422,
  no_such_table: 404,
  predict_unavailable: 503,
  predict_refused: 422,
  superseded: 429,
  degraded: 503,
  not_ready: 503,
  metrics_not_local: 403,
  failed: 500,
};

/** Codes without a status of their own are conflicts. */
export const statusOf = (code: string): number => (STATUS as Readonly<Record<string, number | undefined>>)[code] ?? 409;

/** What every route may answer. */
export const COMMON_ERRORS: readonly ErrorCode[] = [
  'invalid',
  'malformed_address',
  'foreign_host',
  'foreign_origin',
  'storage_unavailable',
  'failed',
];

/** The facts beside code and message differ by code: `seconds`, `what`, `id` ... */
export const errorSchema = v.object({
  error: v.objectWithRest(
    { code: v.string(), message: v.string(), seconds: v.exactOptional(v.number()) },
    v.union([v.string(), v.number()]),
  ),
});
