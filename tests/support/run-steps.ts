// Steps of tests about runs: somebody gives a command, the clock moves on, and what the session holds afterwards.
import { expect } from 'vitest';
import type { LiveSession } from '#server/session/session-api.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import type { Kit, Person } from './registry-kit.ts';

export async function say(kit: Kit, person: Person, command: ClientCommand) {
  const ack = person.say(command);
  await kit.clock.advance(60);
  const answer = await ack;
  expect(answer).toMatchObject({ ok: true });
  return answer.ok ? (answer.about ?? '') : '';
}
/** With their ids, oldest first. */
export const runs = (session: LiveSession) => Object.entries(session.state().runs);
/** Out-of-fold predictions of sixty rows; another shift, other predictions. */
export const PREDICTIONS = (shift: number) => {
  const row = Array.from({ length: 60 }, (_, i) => i);
  return {
    row,
    fold: row.map((i) => i % 5),
    actual: row.map((i) => 10 + (i % 7)),
    predicted: row.map((i) => 11 + (i % 5) + shift * (i % 3)),
  };
};
