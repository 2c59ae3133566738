// Requests to the HTTP API, typed and parsed by the contract of the route.
// Invariant: a refusal is a value with a sentence for people, and so is an answer that does not fit its contract.

import { lateRejectionText } from '#app/_strings/rejection-text.ts';
import { t } from '#app/_strings/strings.ts';
import { appPath } from '#app/_ui/base-path.ts';
import { bodyFault } from '#session-core/protocol/http-api/check-body.ts';
import { errorSchema, statusOf } from '#session-core/protocol/http-api/errors.ts';
import { type AnswerOf, addressOf, type RequestOf, type Route } from '#session-core/protocol/http-api/route.ts';
import { parseWire } from '#session-core/protocol/wire.ts';
import { tabToken } from './tokens.ts';

export interface HttpRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly seconds?: number;
}
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: HttpRefusal };

const unreached = (): HttpRefusal => ({ status: 0, code: 'unreached', message: t.http.unreached });

/** JSON both ways; the session's cookie goes along. */
export async function ask<R extends Route>(
  route: R,
  request: RequestOf<R>,
  signal?: AbortSignal,
  /** Sent as Bearer token; by default the one that this tab joined with, where the browser keeps no cookies. */
  key = '',
): Promise<Answer<AnswerOf<R>>> {
  const { body } = request as { readonly body?: unknown };
  const fault = body === undefined ? null : bodyFault(route, body);
  if (fault) {
    const said = { ...fault.facts, code: fault.code, message: '' };
    const message = await lateRejectionText(said);
    return { ok: false, error: { status: statusOf(fault.code), code: fault.code, message } };
  }
  const { params } = request as { readonly params?: { readonly id?: string } };
  const bearer = key || tabToken(params?.id ?? '') || '';
  try {
    const response = await fetch(appPath(addressOf(route, request)), {
      method: route.method,
      cache: (route as Route).etag ? 'no-cache' : 'no-store',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(bearer === '' ? {} : { authorization: `Bearer ${bearer}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const said: unknown = response.status === 204 ? null : await response.json();
    return response.ok
      ? read(route, response.status, said)
      : { ok: false, error: await refusalOf(response.status, said) };
  } catch {
    return { ok: false, error: unreached() };
  }
}

/** A file as it is, to a route that takes one. @param key sent as Bearer token */
export async function sendFile<R extends Route>(route: R, file: File, key: string): Promise<Answer<AnswerOf<R>>> {
  try {
    const response = await fetch(appPath(route.path), {
      method: route.method,
      headers: {
        'content-type': 'application/octet-stream',
        ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
      },
      body: file,
    });
    const said: unknown = await response.json();
    return response.ok
      ? read(route, response.status, said)
      : { ok: false, error: await refusalOf(response.status, said) };
  } catch {
    return { ok: false, error: unreached() };
  }
}

/** A file of the API by the token of this tab, with the name that the server gives it. */
export async function fileOf(
  path: string,
  token: string,
): Promise<Answer<{ readonly name: string; readonly blob: Blob }>> {
  try {
    const response = await fetch(appPath(path), { cache: 'no-store', headers: { authorization: `Bearer ${token}` } });
    if (!response.ok)
      return { ok: false, error: await refusalOf(response.status, await response.json().catch(() => null)) };
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'download';
    return { ok: true, value: { name, blob: await response.blob() } };
  } catch {
    return { ok: false, error: unreached() };
  }
}

function read<R extends Route>({ answer }: R, status: number, said: unknown): Answer<AnswerOf<R>> {
  const value = 'json' in answer ? parseWire(answer.json, said) : null;
  if (value === null && 'json' in answer)
    return { ok: false, error: { status, code: 'unreadable', message: t.http.unreadable } };
  // The schema of this very route has read it; TypeScript does not follow that through `R`.
  return { ok: true, value: value as AnswerOf<R> };
}

async function refusalOf(status: number, said: unknown): Promise<HttpRefusal> {
  const error = parseWire(errorSchema, said)?.error;
  const code = error?.code ?? 'unknown';
  const message = error?.message ?? t.http.unknown(status);
  return {
    status,
    code,
    message: await lateRejectionText({ ...error, code, message }),
    ...(error?.seconds === undefined ? {} : { seconds: error.seconds }),
  };
}
