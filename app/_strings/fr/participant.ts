// The participant's page: tabs, display name, hands, pace, guesses, activity.
import type { participant as en } from '../en/participant.ts';
import { isolate } from '../isolate.ts';
import type { Translated } from '../types.ts';
import { many } from './many.ts';

export const participant: Translated<typeof en> = {
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
  },
  pulse: {
    head: 'Comment est le rythme ?',
    fast: 'Trop vite',
    lost: 'Je suis perdu·e',
    fine: 'Ça va',
    none: 'Aucune réponse depuis une minute',
    of: (n: number) => many(n, 'réponse', 'réponses'),
  },
  guess: {
    head: 'Deviner le prochain score',
    label: (metric: string) => `Que vaudra ${metric} ?`,
    set: 'Deviner',
    yours: (value: string) => `Votre pronostic : ${value}. Vous pouvez le changer jusqu’au début du run.`,
    count: (n: number) => (n === 0 ? 'Pas encore de pronostics' : `${many(n, 'pronostic', 'pronostics')} jusqu’ici`),
    closest: 'Les plus proches',
    invalid: (example: string) => `Entrez un nombre, par exemple ${example}`,
    outside: (least: string, most: string) =>
      most === ''
        ? `Entrez un nombre d’au moins ${least}`
        : least === ''
          ? `Entrez un nombre d’au plus ${most}`
          : `Entrez un nombre de ${least} à ${most}`,
  },
  marks: { facilitator: 'Animation', driver: 'Pilotage' },
  activity: { head: 'Activité', empty: 'Pas encore d’activité.', more: 'Voir plus' },
};
