// Requests to the HTTP API by the contract of their route.
// Invariant: the token goes to the server that gave it and nowhere else: no redirect is followed. An answer that does not
// fit its contract is a Failure, and so is one without an end.
import { errorSchema } from '#session-core/protocol/http-api/errors.ts';
import { type AnswerOf, addressOf, type RequestOf, type Route } from '#session-core/protocol/http-api/route.ts';
import { parseWire } from '#session-core/protocol/wire.ts';
import { Failure } from '../program/failure.ts';

const ANSWER_MS = 60_000;
/** The visible rows of a table of 20 MB and the libraries beside them. */
const MOST_BYTES = 64_000_000;

export async function ask<R extends Route>(
  server: string,
  route: R,
  request: RequestOf<R>,
  token?: string,
): Promise<AnswerOf<R>> {
  const { body } = request as { readonly body?: unknown };
  const address = `${server}${addressOf(route, request)}`;
  const send = async () => {
    const response = await fetch(address, {
      method: route.method,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { response, text: await textOf(response, address) };
  };
  const { response, text } = await send().catch((error: unknown) => {
    throw error instanceof Failure ? error : unreached(server, error);
  });
  if (response.status >= 300 && response.status < 400) {
    const to = response.headers.get('location') ?? 'another address';
    throw new Failure('redirected', `${server} sends everybody to ${to}.`, 'Use that address in place of this one.');
  }
  const said = parsed(text);
  if (!response.ok) throw refusal(response.status, said, server);
  const value = 'json' in route.answer ? parseWire(route.answer.json, said) : null;
  if (value === null && 'json' in route.answer)
    throw new Failure(
      'unreadable',
      `${address} answers something else than a Crowd Programming server of this version.`,
      GET_AGAIN,
    );
  // The schema of this very route has read it; TypeScript does not follow that through `R`.
  return value as AnswerOf<R>;
}

export const GET_AGAIN =
  "Check the address; if it is right, get crowd again: your session's server has the version that fits it at /api/crowd.mjs.";

async function textOf({ body }: Response, address: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += (part as Uint8Array).length;
    if (bytes > MOST_BYTES) throw new Failure('too_large', `${address} answers more than ${MOST_BYTES / 1e6} MB.`);
    parts.push(part as Uint8Array);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function unreached(server: string, error: unknown): Failure {
  const cause = error instanceof Error ? (error.cause instanceof Error ? error.cause : error) : null;
  const why = cause?.name === 'TimeoutError' ? 'it did not answer in time' : (cause?.message ?? String(error));
  return new Failure(
    'unreached',
    `${server} cannot be reached: ${why}.`,
    'Is the address right, and are you in its network?',
  );
}

function refusal(status: number, said: unknown, server: string): Failure {
  const error = parseWire(errorSchema, said)?.error;
  if (error === undefined)
    return new Failure('unreadable', `${server} answered ${status} without saying why.`, GET_AGAIN);
  return new Failure(error.code, error.message, adviceOf(error.code));
}

/** What to do in a terminal, where the sentence of the server does not say it. */
export function adviceOf(code: string): string | undefined {
  switch (code) {
    case 'no_such_code':
      return 'Look at the projector view for the code of now: a facilitator may have made a new one.';
    case 'display_name_taken':
    case 'display_name_length':
    case 'display_name_reserved':
      return 'Choose another one with --name.';
    case 'not_joined':
    case 'removed':
      return 'The token of this folder is not valid any more: clone the session again into a new folder.';
    default:
      return undefined;
  }
}
