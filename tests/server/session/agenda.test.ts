// The agenda on the server: a session begins with that of its course, and a tour finds its lines in the text of the moment.
import { afterEach, expect, it } from 'vitest';
import { openSessions } from '../../support/registry-kit.ts';
import { say } from '../../support/run-steps.ts';

const { open, closeAll } = openSessions();
afterEach(closeAll);

it('a tour shows the lines that the text has now, and a run ticks its step', async () => {
  const { kit, session, host } = await open();
  kit.pool.jobs[0]?.finish();
  const { order } = session.state().agenda;
  const [tour = '', run = ''] = order;
  expect(session.state().agenda).toMatchObject({ minutes: 45, now: null });
  await say(kit, host, { type: 'agenda.begin', step: tour });
  expect(session.view().scene.place).toMatchObject({ file: 'params.yaml', fromLine: 3, toLine: 3, of: 2 });
  // Two lines above it are gone in this checkpoint.
  await say(kit, host, { type: 'checkpoint.load', name: '5-range' });
  await say(kit, host, { type: 'tour.show', step: tour, place: 0 });
  expect(session.view().scene.place).toMatchObject({ file: 'params.yaml', fromLine: 1, toLine: 1 });
  await say(kit, host, { type: 'tour.show', step: tour, place: 1 });
  expect(session.view().scene.place).toMatchObject({ file: 'src/train.ts', fromLine: 2, toLine: 3 });
  await say(kit, host, { type: 'agenda.begin', step: run });
  expect(session.view().scene).not.toHaveProperty('place');
  kit.pool.jobs[1]?.finish();
  await kit.clock.advance(100);
  expect(session.state().agenda.progress[run]).toHaveProperty('doneAt');
  expect(await host.say({ type: 'agenda.choose', minutes: 7 })).toMatchObject({ rejection: { code: 'not_found' } });
});
