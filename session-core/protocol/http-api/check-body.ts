// What the server would refuse about a body whenever it came: found before it is sent.
import * as v from 'valibot';
import { rejection } from '../../model/rejection.ts';
import { httpErrors } from '../../sentences/en/http-errors.ts';
import { messageOf } from '../../sentences/message.ts';
import { httpErrorOf } from '../../sentences/sentence-of.ts';
import { requestFaultOf } from '../request-fault.ts';
import { SIZES, utf8Bytes } from '../sizes.ts';
import type { Route } from './route.ts';

/** As it would travel; null: it may be sent. */
type BodyFault = { readonly code: string; readonly message: string } & Readonly<Record<string, string | number>>;

export function bodyFault(route: Route, body: unknown): BodyFault | null {
  if (utf8Bytes(JSON.stringify(body)) > SIZES.body) {
    const facts = { bytes: SIZES.body };
    return { ...facts, code: 'too_large', message: httpErrorOf(httpErrors, 'too_large', facts) };
  }
  const parsed = route.body === undefined ? null : v.safeParse(route.body, body, { abortEarly: true });
  if (parsed === null || parsed.success) return null;
  const refused = rejection('invalid', requestFaultOf(parsed.issues[0]));
  return { ...refused.facts, code: refused.code, message: messageOf(refused) };
}
