// Questions of the facilitators to everybody.
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
    newOne: 'Nouvelle question',
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
};
