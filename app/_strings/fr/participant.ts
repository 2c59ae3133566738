// The participant's page: tabs, display name, hands.
import type { participant as en } from '../en/participant.ts';
import { isolate } from '../isolate.ts';
import type { Translated } from '../types.ts';
import { many } from './many.ts';

export const participant: Translated<typeof en> = {
  tour: {
    head: 'Visite du code',
    place: (n: number, of: number) => `${n} sur ${of}`,
    lines: (file: string, from: number, to: number) =>
      from === to ? `${file}, ligne ${from}` : `${file}, lignes ${from}–${to}`,
    next: 'Endroit suivant',
    show: (n: number) => `Montrer l’endroit ${n}`,
    go: 'Montrer',
  },
  tabs: {
    now: 'Direct',
    suggestions: 'Suggestions',
    data: 'Données',
    code: 'Code',
    results: 'Résultats',
    label: 'Vues de la session',
  },
  actions: {
    suggest: 'Suggérer',
    hand: 'Lever la main',
    handDown: 'Baisser la main',
    handUp: (place: number) => `Main levée, n° ${place}`,
  },
  now: {
    drivesNow: (displayName: string) => `${isolate(displayName)} pilote`,
    noDriver: 'Personne ne pilote pour le moment',
    youDrive: 'Vous pilotez',
    toEditor: 'Ouvrir l’éditeur',
    paramsHint: 'Un appui envoie une suggestion. Tout le monde vote, et un aperçu montre comment le score changerait.',
    yours: 'Votre dernière suggestion',
    results: 'Résultats',
    newQuestion: 'Nouvelle question',
  },
  topBar: {
    online: (n: number) => `${many(n, 'personne', 'personnes')} en ligne`,
    rename: (displayName: string) => `Vous êtes ${displayName} : changer de nom`,
    renameHead: 'Votre nom',
    held: (name: string) =>
      `« ${isolate(name)} » attend l’accord de l’animation. D’ici là, personne d’autre ne le voit.`,
    credit: 'Me citer sous mon vrai nom',
    creditHint: 'Affiché avec vos suggestions et dans le dépôt exporté. Sinon, c’est votre nom affiché.',
    creditAs: 'Me citer comme',
    creditPlace: 'Ada Lovelace',
    keys: 'Raccourcis clavier (?)',
    notices: 'Avis',
    openNotices: (unread: number) => (unread === 0 ? 'Avis' : `Avis, ${many(unread, 'nouveau', 'nouveaux')}`),
  },
  marks: { facilitator: 'Animation', driver: 'Pilotage' },
};
