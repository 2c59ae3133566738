// The driver: who drives and how driving is handed over.
import type { driver as en } from '../en/driver.ts';
import { isolate } from '../isolate.ts';
import type { Translated } from '../types.ts';

export const driver: Translated<typeof en> = {
  driver: {
    head: 'Pilotage',
    facilitator: 'L’animation',
    offered: (displayName: string) => `${isolate(displayName)} vous propose de piloter.`,
    offeredHint: 'Piloter, c’est modifier le code commun. Un ordinateur convient le mieux.',
    offerLabel: 'Proposition de piloter',
    offeredOnPhone:
      'L’éditeur demande un ordinateur : ouvrez-y d’abord cette session, ou laissez piloter une autre personne.',
    over: 'Vous ne pilotez plus.',
    notYou: 'Vous ne pilotez pas.',
    back: 'Retour à la session',
    onPhone: (displayName: string) => `${displayName} (sur téléphone)`,
    accept: 'Piloter',
    refuse: 'Pas maintenant',
    otherTab: 'Vous pilotez dans un autre onglet',
    here: 'Piloter dans cet onglet',
    probablyOver: 'Vous ne pilotez sans doute plus : le pilotage s’arrête après 10 secondes sans connexion.',
    gone: (s: number) => (s > 0 ? `connexion perdue, le pilotage s’arrête dans ${s} s` : 'connexion perdue'),
    left: (s: number) => (s > 0 ? `encore ${s} s` : 'temps écoulé'),
    waiting: (displayName: string) => `Proposé à ${isolate(displayName)}`,
    withdraw: 'Retirer',
    offer: 'Proposer le pilotage',
    offerNext: (displayName: string) => `Proposer le pilotage à ${displayName}`,
    pick: 'Choisir une personne …',
    alone: 'Personne d’autre n’est en ligne.',
    take: 'Piloter',
    takeOver: 'Prendre le relais',
    revoke: 'Reprendre le pilotage',
    release: 'Cesser de piloter',
  },
  timer: {
    head: 'Minuteur du pilotage',
    minutes: (n: number) => `${n} min`,
    off: 'Arrêt',
    over: (span: string) => `dépassé de ${span}`,
    nobody: 'Le temps est écoulé et personne n’a levé la main. Demandez qui veut piloter ensuite.',
  },
};
