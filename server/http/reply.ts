// What a door answers: a value, written in one place. Errors are `{error: {code, message, ...facts}}`.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Facts, type FactsArgument, type RejectionCode, rejection } from '#session-core/model/rejection.ts';
import { messageOf } from '#session-core/sentences/message.ts';

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; or `text` as it is. Neither: an empty body. */
  readonly json?: unknown;
  readonly text?: { readonly type: string; readonly body: string };
  readonly bytes?: { readonly type: string; readonly body: Uint8Array };
}

/** Whoever makes the pages writes the answer itself. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Refusals of the doors themselves, beside the session's own in session-core/model/rejection.ts. */
const SENTENCES = {
  foreign_host: 'This server does not answer to that host name; see PUBLIC_URL.',
  foreign_origin: 'This page is not one of ours, so it may not ask.',
  no_door: 'There is no such door.',
  wrong_method: 'This door takes {allow} only.',
  not_json: 'The body must be JSON: {what}.',
  too_large: 'The body may have at most {bytes} bytes.',
  no_such_code: 'No open session has this code; look at the screen in the room and try again.',
  wrong_secret: 'This facilitator link is not valid; ask for a fresh one.',
  not_local: 'Sessions are created from the machine the server runs on, or with its CREATE_TOKEN.',
  predict_unavailable: 'No model is being served right now: {why}.',
  predict_refused: '{why}.',
  superseded: 'A newer question of yours was answered instead.',
  failed: 'Something went wrong on our side; try again in a moment.',
} as const;
export type DoorCode = keyof typeof SENTENCES;

const STATUS: Partial<Record<string, number>> = {
  not_joined: 401,
  not_allowed: 403,
  removed: 403,
  not_yours: 403,
  session_ended: 410,
  invalid: 400,
  not_found: 404,
  display_name_length: 400,
  display_name_flagged: 400,
  text_length: 400,
  rate_limited: 429,
  storage_unavailable: 503,
  busy: 503,
  foreign_host: 421,
  foreign_origin: 403,
  no_door: 404,
  wrong_method: 405,
  not_json: 400,
  too_large: 413,
  no_such_code: 404,
  wrong_secret: 403,
  not_local: 403,
  predict_unavailable: 503,
  predict_refused: 422,
  superseded: 429,
  failed: 500,
};

export const json = (value: unknown, status = 200, headers: Reply['headers'] = {}): Reply => ({
  status,
  headers,
  json: value,
});

/** Any refusal that is already a value: `{code, message, ...facts}`. Codes without a status of their own are conflicts. */
export function refused(error: { readonly code: string; readonly message: string } & Facts): Reply {
  const seconds = error['seconds'];
  const headers = seconds === undefined ? {} : { 'Retry-After': String(seconds) };
  return { status: STATUS[error.code] ?? 409, headers, json: { error } };
}

/** A refusal of the session's table. */
export function refuse<C extends RejectionCode>(code: C, ...facts: FactsArgument<C>): Reply {
  const rejected = rejection(code, ...facts);
  return refused({ ...rejected.facts, code, message: messageOf(rejected) });
}

/** A refusal of the door's own table. */
export function turnAway(code: DoorCode, facts: Facts = {}): Reply {
  const message = SENTENCES[code].replace(/\{(\w+)\}/g, (_, key: string) => String(facts[key] ?? '?'));
  return refused({ ...facts, code, message });
}

export function write(response: ServerResponse, reply: Reply): void {
  const said = reply.bytes ?? reply.text;
  const body = said?.body ?? (reply.json === undefined ? '' : JSON.stringify(reply.json));
  const type = said?.type ?? 'application/json; charset=utf-8';
  if (response.headersSent || response.destroyed) return;
  response.writeHead(reply.status, {
    ...(body.length === 0 ? {} : { 'Content-Type': type }),
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...reply.headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
