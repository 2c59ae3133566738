// What the facilitators steer on other screens: the scene of the projector view, two runs beside each other, the reveal.
import { given, own } from '../util/immutable-map.ts';
import type { Deciders, Evolvers } from './decider.ts';
import { happened, newEvent, refused } from './decider.ts';

export const presentationDeciders: Deciders<'scene.show' | 'comparison.show' | 'holdout.reveal'> = {
  'scene.show': (_, { scene, column }) => happened(newEvent('scene.shown', { scene, ...given({ column }) })),
  'comparison.show': ({ runs }, { before, after }) => {
    const missing = [before, after].find((id) => own(runs, id)?.kind !== 'main');
    if (missing !== undefined) return refused('not_found', { what: 'run', id: missing });
    return happened(newEvent('scene.shown', { scene: 'compare', runs: { before, after } }));
  },
  'holdout.reveal': ({ settings, runs }) => {
    const scored = Object.values(runs).some((run) => run.kind === 'main' && run.report?.holdout !== undefined);
    if (settings.holdout === 'off' || !scored) return refused('no_result');
    // The scene first: a page that shows the score only after the countdown must know of the countdown.
    const scene = newEvent('scene.shown', { scene: 'reveal' });
    if (settings.reveal) return happened(scene);
    return happened(scene, newEvent('session.configured', { changes: { reveal: true } }));
  },
};

export const presentationEvolvers: Evolvers<'scene.shown'> = {
  'scene.shown': (state, { seq, at, payload: { scene, runs, column, place } }) => ({
    ...state,
    scene: { name: scene, seq, at, ...given({ runs, column, place }) },
  }),
};
