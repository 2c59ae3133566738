// What a handler answers: a value, turned into a response in one place. Errors are `{error: {code, message, ...facts}}`.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Facts, type FactsArgument, type RejectionCode, rejection } from '#session-core/model/rejection.ts';
import { type HttpErrorCode, statusOf } from '#session-core/protocol/http-api/errors.ts';
import { httpErrors } from '#session-core/sentences/en/http-errors.ts';
import { messageOf } from '#session-core/sentences/message.ts';
import { httpErrorOf } from '#session-core/sentences/sentence-of.ts';

type ErrorValue = { readonly code: string; readonly message: string } & Facts;
export interface Failure {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly error: ErrorValue;
}
interface Success<T> {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly error?: undefined;
  /** Sent as JSON; or `file` as it is. Neither: an empty body. */
  readonly json?: T;
  readonly file?: { readonly type: string; readonly body: string | Uint8Array<ArrayBuffer> };
}
export type Reply<T = unknown> = Success<T> | Failure;

/** Whoever makes the pages writes the answer itself. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export const json = <T>(value: T, status = 200, headers: Readonly<Record<string, string>> = {}): Success<T> => ({
  status,
  headers,
  json: value,
});

/** Any refusal that is already a value. */
export function refused(error: ErrorValue, headers: Readonly<Record<string, string>> = {}): Failure {
  const seconds = error['seconds'];
  return {
    status: statusOf(error.code),
    headers: { ...(seconds === undefined ? {} : { 'Retry-After': String(seconds) }), ...headers },
    error,
  };
}

/** A refusal of the session's table. */
export function refuse<C extends RejectionCode>(code: C, ...facts: FactsArgument<C>): Failure {
  const rejected = rejection(code, ...facts);
  return refused({ ...rejected.facts, code, message: messageOf(rejected) });
}

/** An error of the HTTP API's own table. */
export function httpError(code: HttpErrorCode, facts: Facts = {}, headers: Failure['headers'] = {}): Failure {
  const message = httpErrorOf(httpErrors, code, facts);
  return refused({ ...facts, code, message }, headers);
}

export function toResponse(reply: Reply): Response {
  const { type, body } = contentOf(reply);
  return new Response(body, {
    status: reply.status,
    headers: {
      ...(body === null ? {} : { 'Content-Type': type, 'Content-Length': String(Buffer.byteLength(body)) }),
      'Cache-Control': 'no-store',
      ...reply.headers,
    },
  });
}

function contentOf(reply: Reply): { readonly type: string; readonly body: string | Uint8Array<ArrayBuffer> | null } {
  const value = reply.error === undefined ? reply.json : { error: reply.error };
  if (value !== undefined) return { type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
  return (reply.error === undefined ? reply.file : undefined) ?? { type: '', body: null };
}

/** Outside of the API's own responses: where a request is refused before anything looks at it. */
export function write(response: ServerResponse, reply: Reply): void {
  if (response.headersSent || response.destroyed) return;
  const { type, body } = contentOf(reply);
  response.writeHead(reply.status, {
    ...(body === null ? {} : { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }),
    'Cache-Control': 'no-store',
    ...reply.headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
