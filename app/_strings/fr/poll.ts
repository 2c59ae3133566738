// Questions of the facilitators to everybody; the pace, guesses of the score.
import type { poll as en } from '../en/poll.ts';
import type { Translated } from '../types.ts';
import { many } from './many.ts';

export const poll: Translated<typeof en> = {
  poll: {
    head: 'Question à tout le monde',
    ask: 'Demander à tout le monde',
    question: 'Votre question',
    kind: 'Réponses',
    choose: 'À choix',
    words: 'Avec ses propres mots',
    choice: (n: number) => `Choix ${n}`,
    add: 'Ajouter un choix',
    remove: (n: number) => `Retirer le choix ${n}`,
    open: 'Demander maintenant',
    hint: 'Elle apparaît chez tout le monde sous « Direct ». Une nouvelle question ferme la précédente.',
    show: 'Afficher au projecteur',
    close: 'Fermer la question',
    closed: 'Fermée',
    answer: 'Votre réponse',
    answerHint: 'Quelques mots. Personne ne voit qui a dit quoi.',
    send: 'Envoyer',
    change: 'La changer',
    yours: 'Votre réponse :',
    held: 'Vous seul·e la voyez : l’animation décide de l’afficher ou non.',
    takeBack: 'La retirer',
    count: (n: number) => (n === 0 ? 'Pas encore de réponses' : many(n, 'réponse', 'réponses')),
    of: (n: number, percent: number) => `${n} (${percent} %)`,
    hide: (text: string) => `Masquer « ${text} »`,
    showAnswer: (text: string) => `Afficher « ${text} »`,
    hidden: 'masquée',
    earlier: 'Questions précédentes',
    none: 'Aucune question n’a encore été posée.',
    waiting: 'Répondez sur votre téléphone ou ordinateur, sous « Direct ».',
    answered: 'Ce que tout le monde a répondu',
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
};
