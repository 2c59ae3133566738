// Who is connected: shown at once after a pause, and four times a second in a storm, since everybody is sent it.
import { expect, it } from 'vitest';
import { CALM, createPresenceTracker } from '#server/session/presence.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

function open() {
  const clock = createFakeClock();
  const shown: string[] = [];
  const tracker = createPresenceTracker({
    ...CALM,
    after: clock.after,
    gaps: () => [],
    retention: () => ({ keptUntil: 0 }),
    mostParticipants: 100,
    codeChecks: () => undefined,
    changed: () => void shown.push([...tracker.current().online].join(' ')),
    leaseExpired: () => {},
    offerExpired: () => {},
  });
  const come = (id: string) => tracker.connected(id, { participant: id, tab: 't', text: false, narrow: false });
  return { clock, shown, tracker, come };
}

it('shows the first at once, and whoever comes and goes in the next quarter of a second together', async () => {
  const { clock, shown, tracker, come } = open();
  come('a');
  expect(shown).toEqual(['a']);
  for (const id of ['b', 'c', 'd']) come(id);
  tracker.disconnected('b');
  await clock.advance(240);
  expect([...tracker.current().online]).toEqual(['a']);
  expect(['b', 'c'].map((id) => tracker.isOnline(id))).toEqual([false, true]);
  await clock.advance(20);
  expect(shown).toEqual(['a', 'a c d']);
  come('e');
  await clock.advance(1_000);
  expect(shown).toEqual(['a', 'a c d', 'a c d e']);
  tracker.disconnected('e');
  expect(shown.at(-1)).toBe('a c d');
});

it('does not hold back how the server is', () => {
  const { shown, tracker, come } = open();
  for (const id of ['a', 'b']) come(id);
  tracker.surroundingsChanged();
  expect(shown).toEqual(['a', 'a b']);
});

it('shows nothing any more once it is closed', async () => {
  const { clock, shown, tracker, come } = open();
  for (const id of ['a', 'b']) come(id);
  tracker.close();
  await clock.advance(1_000);
  expect(shown).toEqual(['a']);
});
