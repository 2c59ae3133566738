// What the facilitators steer on other screens: the scene of the projector view, the step of the agenda.
import type { Deciders, Evolvers } from './decider.ts';
import { happened, newEvent, noChange } from './decider.ts';

export const presentationDeciders: Deciders<'scene.show' | 'agenda.go'> = {
  'scene.show': (_, { scene }) => happened(newEvent('scene.shown', { scene })),
  'agenda.go': (state, { step }) =>
    step === state.agendaStep ? noChange : happened(newEvent('agenda.moved', { step })),
};

export const presentationEvolvers: Evolvers<'scene.shown' | 'agenda.moved'> = {
  'scene.shown': (state, { seq, payload: { scene } }) => ({ ...state, scene: { name: scene, seq } }),
  'agenda.moved': (state, { payload: { step } }) => ({ ...state, agendaStep: step }),
};
