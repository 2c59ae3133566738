// The JSON body of a request, checked against the schema of its route.
import * as v from 'valibot';
import { requestFaultOf } from '#session-core/protocol/request-fault.ts';
import { type Failure, httpError, refuse } from './reply.ts';

type Body = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly failure: Failure };

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
