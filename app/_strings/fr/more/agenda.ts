// The agenda panel of the facilitator; the steps themselves are the course's.
import type { agenda as en } from '../../en/more/agenda.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const agenda: Translated<typeof en> = {
  agenda: {
    head: 'Déroulement',
    none: 'Cette session n’a pas encore de déroulement.',
    step: (n: number, of: number) => `Étape ${n} sur ${of}`,
    minutes: (n: number) => `${n} min`,
    ask: 'Demander',
    askAll: 'Demander à tous',
    askAllHint: 'Pose la question sur toutes les pages et au projecteur',
    now: 'maintenant',
    done: 'terminée',
    skipped: 'sautée',
    next: (title: string) => `Ensuite : ${title}`,
    begin: (title: string) => `Commencer : ${title}`,
    back: 'Retour',
    over: 'C’était la dernière étape.',
    all: 'Toutes les étapes',
    others: 'Autres checkpoints',
    show: (scene: string) => `Afficher ${scene} au projecteur`,
    loadNamed: (title: string) => `Charger ${title}`,
    load: 'Charger',
    loadHead: (name: string) => `Charger ${name} ?`,
    loadHint:
      'Ce checkpoint remplace le code commun. Le code de tous les runs précédents est conservé ; ouvrez un run pour y revenir.',
    doneWhen: {
      run: 'Terminée quand un run réussit',
      score: (value: string) => `Terminée quand un run atteint ${value}`,
      file: (path: string) => `Terminée quand ${path} change`,
      hand: 'Terminée quand vous continuez',
    },
    isDone: 'Terminée',
    tick: (title: string) => `« ${title} » est terminée`,
    edit: 'Modifier',
    editHead: 'Modifier le déroulement',
    length: 'Durée',
    lengthHint: 'Les étapes du même nom gardent ce qu’elles ont atteint.',
    choose: (minutes: number) => `en ${minutes} minutes`,
    title: (n: number) => `Titre de l’étape ${n}`,
    minutesOf: (n: number) => `Minutes de l’étape ${n}`,
    up: (title: string) => `Monter « ${title} »`,
    down: (title: string) => `Descendre « ${title} »`,
    skip: 'Sauter',
    add: 'Ajouter une étape',
    newTitle: 'Titre de la nouvelle étape',
    newMinutes: 'Minutes de la nouvelle étape',
    undo: 'Annuler la dernière modification',
    total: (left: number, all: number) => `encore ${many(left, 'minute', 'minutes')} sur ${all}`,
  },
};
