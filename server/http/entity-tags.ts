// Answers that a browser may keep, as long as it asks each time whether they are still right.
// Invariant: the tag is made from the answer itself, so that equal tags are equal answers.
import { createHash } from 'node:crypto';
import { json } from './reply.ts';

export const taggedJson = <T>(value: T) =>
  json(value, 200, {
    ETag: `"${createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)}"`,
    'Cache-Control': 'private, no-cache',
  });
