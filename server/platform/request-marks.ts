// What is known of a request beside what it brought: a name, so that the lines of the log that belong together are found, and
// an operator finds those of an answer by its `X-Request-Id`; and its route, for the metrics. Never what a client sent: that
// could hold anything.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Of this process, so that ids of two starts differ. */
const START = randomBytes(3).toString('hex');
let count = 0;

export function nextRequestId(): string {
  count += 1;
  return `${START}-${count.toString(36)}`;
}

interface Marks {
  readonly id: string;
  /** Name of the API's route, `git`, `page` or `static`; `other`: none. */
  route: string;
}
const marks = new WeakMap<IncomingMessage, Marks>();

export function marksOf(request: IncomingMessage): Marks {
  const known = marks.get(request);
  if (known !== undefined) return known;
  const made = { id: nextRequestId(), route: 'other' };
  marks.set(request, made);
  return made;
}

export const requestIdOf = (request: IncomingMessage): string => marksOf(request).id;
