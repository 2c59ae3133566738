// The agenda panel of the facilitator; the steps themselves are the course's.
import type { agenda as en } from '../en/agenda.ts';
import type { Translated } from '../types.ts';

export const agenda: Translated<typeof en> = {
  agenda: {
    head: 'Déroulement',
    none: 'Ce cours n’a pas de déroulement.',
    step: (n: number, of: number) => `Étape ${n} sur ${of}`,
    minutes: (n: number) => `environ ${n} min`,
    ask: 'Demander',
    now: 'maintenant',
    next: (title: string) => `Ensuite : ${title}`,
    back: 'Retour',
    all: 'Toutes les étapes',
    others: 'Autres checkpoints',
    show: (scene: string) => `Afficher ${scene} au projecteur`,
    loadNamed: (title: string) => `Charger ${title}`,
    load: 'Charger',
    loadHead: (name: string) => `Charger ${name} ?`,
    loadHint:
      'Ce checkpoint remplace le code commun. Le code de tous les runs précédents est conservé ; ouvrez un run pour y revenir.',
  },
};
