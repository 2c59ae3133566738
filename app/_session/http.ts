// Requests to the HTTP API. Invariant: a refusal is a value with a sentence to show; only bugs throw.
import { rejectionText } from '#app/_strings/rejection-text.ts';

export interface HttpRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly seconds?: number;
}
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: HttpRefusal };

const UNREACHED: HttpRefusal = {
  status: 0,
  code: 'unreached',
  message: 'The server cannot be reached right now; check the network and try again.',
};

/** GET, or POST where there is a body. JSON in both directions, with the session's cookie. */
export function ask<T>(path: string, body?: object, signal?: AbortSignal): Promise<Answer<T>> {
  return answerOf<T>(path, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** DELETE. */
export function erase(path: string): Promise<Answer<unknown>> {
  return answerOf(path, { method: 'DELETE' });
}

async function answerOf<T>(path: string, request: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(path, { ...request, cache: 'no-store' });
    const answer: unknown = response.status === 204 ? {} : await response.json();
    if (response.ok) return { ok: true, value: answer as T };
    return { ok: false, error: refusalOf(response.status, answer) };
  } catch {
    return { ok: false, error: UNREACHED };
  }
}

function refusalOf(status: number, answer: unknown): HttpRefusal {
  const error = (answer as { error?: Partial<HttpRefusal> } | null)?.error;
  const code = error?.code ?? 'unknown';
  return {
    status,
    code,
    message: rejectionText({
      ...error,
      code,
      message: error?.message ?? `The server answered ${status}; try again in a moment.`,
    }),
    ...(typeof error?.seconds === 'number' ? { seconds: error.seconds } : {}),
  };
}
