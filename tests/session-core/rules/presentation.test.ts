// What facilitators steer on other screens.
import { expect, it } from 'vitest';
import { viewOf } from '#session-core/view/view.ts';
import type { FacilitatorView, PublicView } from '#session-core/view/view-types.ts';
import { ANNA, HOST, PRESENCE, play, start, when } from '../kit.ts';

const show = (scene: 'code' | 'results') => ({ type: 'scene.show', scene }) as const;
const publicView = (state: Parameters<typeof viewOf>[0]): PublicView => viewOf(state, { kind: 'public' }, PRESENCE);
const facilitatorView = (state: Parameters<typeof viewOf>[0]): FacilitatorView =>
  viewOf(state, { kind: 'facilitator' }, PRESENCE);

it('[S22] a facilitator chooses the scene of every projector, again and after the end', () => {
  const s = start();
  expect(publicView(s).scene.name).toBe('join');
  const code = play(s, [HOST, show('code')]);
  expect(publicView(code).scene.name).toBe('code');
  const again = play(code, [HOST, show('code')]);
  expect(again.scene.seq).toBeGreaterThan(code.scene.seq);
  expect(play(again, [HOST, { type: 'session.end' }], [HOST, show('results')]).scene.name).toBe('results');
  expect(when(s, ANNA, show('code'))).toBe('not_allowed');
});

it('[S23] a facilitator moves to a step of the agenda, which facilitators alone see', () => {
  const s = play(start(), [HOST, { type: 'agenda.go', step: 3 }]);
  expect(facilitatorView(s).agendaStep).toBe(3);
  expect(publicView(s)).not.toHaveProperty('agendaStep');
  expect(play(s, [HOST, { type: 'agenda.go', step: 3 }]).seq).toBe(s.seq);
  expect(when(s, ANNA, { type: 'agenda.go', step: 1 })).toBe('not_allowed');
});
