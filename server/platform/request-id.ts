// A name for each request and each command, so that the lines of the log that belong together are found, and an operator
// finds those of an answer by its `X-Request-Id`. Never what a client sent: that could hold anything.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Of this process, so that ids of two starts differ. */
const START = randomBytes(3).toString('hex');
let count = 0;

export function nextRequestId(): string {
  count += 1;
  return `${START}-${count.toString(36)}`;
}

const ids = new WeakMap<IncomingMessage, string>();

export function requestIdOf(request: IncomingMessage): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const id = nextRequestId();
  ids.set(request, id);
  return id;
}
