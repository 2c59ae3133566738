// What facilitators steer on other screens.
import { expect, it } from 'vitest';
import { pairOnProjector } from '#session-core/client/experiments.ts';
import { revealIn } from '#session-core/client/selectors.ts';
import { REVEAL_MS } from '#session-core/model/limits.ts';
import { viewOf } from '#session-core/view/view.ts';
import type { PublicView } from '#session-core/view/view-types.ts';
import { ANNA, HOST, kinds, PRESENCE, play, RUN1, report, start, when } from '../kit.ts';

const show = (scene: 'code' | 'results') => ({ type: 'scene.show', scene }) as const;
const publicView = (state: Parameters<typeof viewOf>[0]): PublicView => viewOf(state, { kind: 'public' }, PRESENCE);

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

it('[S25] a facilitator shows two main runs beside each other, by default the newest and its base', () => {
  const s = scored();
  const second = newestRun(s);
  const compare = (before: string, after: string) => ({ type: 'comparison.show', before, after }) as const;
  const shown = play(s, [HOST, compare(second, RUN1)]);
  expect(publicView(shown).scene).toMatchObject({ name: 'compare', runs: { before: second, after: RUN1 } });
  expect(pairOnProjector(publicView(shown))).toEqual({ before: second, after: RUN1 });
  expect(when(s, HOST, compare(RUN1, 'r99'))).toBe('not_found');
  expect(when(s, ANNA, compare(RUN1, second))).toBe('not_allowed');
  expect(kinds(play(s, [HOST, { type: 'session.end' }]), HOST, compare(RUN1, second))).toEqual(['scene.shown']);
  // Another choice of the scene forgets the two.
  const again = play(shown, [HOST, { type: 'scene.show', scene: 'compare' }]);
  expect(publicView(again).scene).not.toHaveProperty('runs');
  expect(pairOnProjector(publicView(again))).toEqual({ before: RUN1, after: second });
  expect(pairOnProjector(publicView(start()))).toBeUndefined();
});

it('[S26] the data scene is shown with a column until the next choice', () => {
  const column = play(start(), [HOST, { type: 'scene.show', scene: 'data', column: 'rooms' }]);
  expect(publicView(column).scene).toMatchObject({ name: 'data', column: 'rooms' });
  expect(publicView(play(column, [HOST, { type: 'scene.show', scene: 'data' }])).scene).not.toHaveProperty('column');
  expect(when(start(), ANNA, { type: 'scene.show', scene: 'data', column: 'rooms' })).toBe('not_allowed');
});

it('[S24] revealing shows the scene and the scores in one step, once there is a score, and can be taken back', () => {
  expect(when(start(), HOST, { type: 'holdout.reveal' })).toBe('no_result');
  const s = scored();
  expect(publicView(s).runs[newestRun(s)]?.holdout).toBeUndefined();
  expect(when(s, ANNA, { type: 'holdout.reveal' })).toBe('not_allowed');
  expect(kinds(s, HOST, { type: 'holdout.reveal' })).toEqual(['scene.shown', 'session.configured']);
  const shown = play(s, [HOST, { type: 'holdout.reveal' }]);
  expect(publicView(shown)).toMatchObject({ scene: { name: 'reveal' }, settings: { reveal: true } });
  expect(publicView(shown).runs[newestRun(s)]?.holdout).toBe(2.6);
  expect(kinds(shown, HOST, { type: 'holdout.reveal' })).toEqual(['scene.shown']);
  const hidden = play(shown, [HOST, { type: 'session.configure', reveal: false }]);
  expect(publicView(hidden).runs[newestRun(s)]?.holdout).toBeUndefined();
  expect(when(play(s, [HOST, { type: 'session.configure', holdout: 'off' }]), HOST, { type: 'holdout.reveal' })).toBe(
    'no_result',
  );
});

it('[S24] the countdown runs from the reveal, and for no other scene', () => {
  const { scene } = publicView(play(scored(), [HOST, { type: 'holdout.reveal' }]));
  expect(revealIn({ scene }, scene.at - 1_000)).toBe(REVEAL_MS);
  expect(revealIn({ scene }, scene.at + 2_000)).toBe(REVEAL_MS - 2_000);
  expect(revealIn({ scene }, scene.at + REVEAL_MS)).toBe(0);
  expect(revealIn({ scene: { ...scene, name: 'results' } }, scene.at)).toBe(0);
});

/** A second main run, with a hold-out score. */
function scored() {
  const asked = play(start(), [HOST, { type: 'run.request' }, { facts: { tree: { 'params.yaml': 'other' } } }]);
  const run = newestRun(asked);
  return play(
    asked,
    [null, { type: 'run.start', run }],
    [null, { type: 'run.report', run, report: { ...report(), holdout: 2.6, comparison: AGAINST } }],
  );
}

const AGAINST = { against: RUN1, verdict: 'same-result', change: 0, reason: { code: 'same_outs' } } as const;
const newestRun = ({ runs }: Parameters<typeof viewOf>[0]): string => Object.keys(runs).at(-1) ?? '';
