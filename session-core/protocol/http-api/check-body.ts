// What the server would refuse about a body whenever it came: found before it is sent.
import * as v from 'valibot';
import type { Facts } from '../../model/rejection.ts';
import { requestFaultOf } from '../request-fault.ts';
import { SIZES, utf8Bytes } from '../sizes.ts';
import type { Route } from './route.ts';

/** As the server would answer it; null: it may be sent. */
interface BodyFault {
  readonly code: 'too_large' | 'invalid';
  readonly facts: Facts;
}

export function bodyFault(route: Route, body: unknown): BodyFault | null {
  if (utf8Bytes(JSON.stringify(body)) > SIZES.body) return { code: 'too_large', facts: { bytes: SIZES.body } };
  const parsed = route.body === undefined ? null : v.safeParse(route.body, body, { abortEarly: true });
  if (parsed === null || parsed.success) return null;
  return { code: 'invalid', facts: { ...requestFaultOf(parsed.issues[0]) } };
}
