// What is sent with a request: its text, up to a limit, and as JSON checked against the schema of its route.
import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import { requestFaultOf } from '#session-core/protocol/request-fault.ts';
import { type Failure, httpError, refuse } from './reply.ts';

type Body = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly failure: Failure };

/** null: longer than so many bytes. Its length may have been named before, or not, as of a body in chunks. */
export async function readText(request: IncomingMessage, mostBytes: number): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return null;
  const parts: Buffer[] = [];
  let bytes = 0;
  // Stopping must not end the connection: the refusal goes over it.
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    bytes += (part as Buffer).length;
    if (bytes > mostBytes) return null;
    parts.push(part as Buffer);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}

/** An empty body reads as `{}`. */
export function parseBody(schema: v.GenericSchema, text: string): Body {
  let value: unknown = {};
  try {
    if (text.trim() !== '') value = JSON.parse(text);
  } catch {
    return { ok: false, failure: httpError('not_json', { what: 'it could not be parsed' }) };
  }
  // For the schema a list is an object without fields.
  if (Array.isArray(value)) return { ok: false, failure: refuse('invalid', { fault: 'type', expected: 'Object' }) };
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return { ok: true, value: parsed.output };
  return { ok: false, failure: refuse('invalid', requestFaultOf(parsed.issues[0])) };
}
