// The JSON body of a request, bounded and checked against its schema.
import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import { requestFaultOf } from '../platform/request-fault.ts';
import { type Reply, refuse, turnAway } from './reply.ts';

const MOST_BYTES = 64 * 1024;

export type Body<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reply: Reply };

/** An empty body reads as `{}`. */
export async function readBody<S extends v.GenericSchema>(
  request: IncomingMessage,
  schema: S,
): Promise<Body<v.InferOutput<S>>> {
  const text = await collect(request);
  if (text === null)
    return { ok: false, reply: { ...turnAway('too_large', { bytes: MOST_BYTES }), headers: { Connection: 'close' } } };
  let value: unknown = {};
  try {
    if (text.trim() !== '') value = JSON.parse(text);
  } catch {
    return { ok: false, reply: turnAway('not_json', { what: 'it could not be parsed' }) };
  }
  // For the schema a list is an object without fields.
  if (Array.isArray(value)) return { ok: false, reply: refuse('invalid', { fault: 'type', expected: 'Object' }) };
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return { ok: true, value: parsed.output };
  return { ok: false, reply: refuse('invalid', requestFaultOf(parsed.issues[0])) };
}

async function collect(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) return null;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
