// Where a session is, without a question to the database for everybody who comes.
import { expect, it } from 'vitest';
import { createLocate } from '#server/cluster/locate.ts';
import type { Claim } from '#server/cluster/ownership.ts';

it('a crowd that comes at once asks the database once', async () => {
  let asked = 0;
  let now = 0;
  const answer = Promise.withResolvers<Claim>();
  const locate = createLocate({
    isMine: () => false,
    claim: () => {
      asked += 1;
      return answer.promise;
    },
    now: () => now,
    failed: () => undefined,
  });
  const places = Array.from({ length: 50 }, () => locate('x'));
  answer.resolve({ mine: false, epoch: 1, newer: null, url: 'http://b' });
  expect(new Set(await Promise.all(places))).toEqual(new Set([{ at: 'other', url: 'http://b' }]));
  await locate('x');
  expect(asked).toBe(1);
  now = 251;
  await locate('x');
  expect(asked).toBe(2);
  locate.forget('x');
  await locate('x');
  expect(asked).toBe(3);
});
