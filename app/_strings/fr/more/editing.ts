// The driver's page, the editor.
import type { editing as en } from '../../en/more/editing.ts';
import { isolate } from '../../isolate.ts';
import type { Translated } from '../../types.ts';
import { plural } from '../many.ts';

export const editing: Translated<typeof en> = {
  editor: {
    label: 'Code commun',
    files: 'Fichiers',
    hasError: 'contient l’erreur du dernier run',
    loading: 'Chargement du code …',
    readOnly: 'Seule la personne qui pilote peut écrire ici. Suggérez plutôt une modification.',
    backToLive: 'Retour au direct',
    saved: 'Enregistré',
    saving: 'Enregistrement …',
    watching: 'Lecture seule',
    suggestHere: (line: number) => `Suggérer quelque chose sur la ligne ${line}`,
    tooLarge: (has: number, most: number) =>
      `Non inséré : l’espace de travail peut avoir ${most / 1000} ko, et avec ceci il en aurait ${Math.ceil(has / 1000)}.`,
    blocked:
      'Ce réseau bloque l’édition en direct (WebSockets). Le code affiché est le dernier enregistré ; pour piloter, utilisez un autre réseau.',
    monacoFailed: 'L’éditeur n’a pas pu être chargé. Rechargez la page pour réessayer.',
    offline: 'Hors ligne',
    storageFailed: 'Le serveur ne peut pas enregistrer',
    allSaved: 'tout ce que vous avez écrit est enregistré',
    notSaved: (characters: number) =>
      `${characters} ${plural(characters, 'caractère non enregistré', 'caractères non enregistrés')}`,
    changesNotSaved: 'vos dernières modifications ne sont pas enregistrées',
    closed: 'Déconnecté par le serveur',
    unsavedEdits: (reason: string) =>
      `Ces modifications n’ont pas été enregistrées : ${reason}. Copiez ce dont vous avez encore besoin.`,
    unsavedBecause: {
      closed: 'le serveur a fermé la connexion',
      tooLarge: (bytes: number) => `l’espace de travail peut avoir ${bytes / 1000} ko, et avec elles il en aurait plus`,
      replaced: 'le serveur a maintenant une autre version du code',
      left: 'l’éditeur a été fermé avant que le serveur les ait reçues',
    },
    unsavedEditsDone: 'Ignorer',
  },
  drive: {
    title: 'Pilotage',
    suggestions: 'Suggestions en tête',
    empty: 'Pas encore de suggestions. Dites ce que vous allez essayer et demandez de meilleures idées.',
    apply: 'Appliquer',
    applied: (text: string) => `Appliqué : ${isolate(text)}`,
    paneWidth: 'Largeur des suggestions',
    undo: 'Annuler',
    nothingToApply:
      'Rien à appliquer : aucune suggestion n’est épinglée, et aucune suggestion ouverte n’a de patch qui s’applique.',
    done: 'Terminé',
    pin: 'Épingler',
    unpin: 'Détacher',
    unaccept: 'Annuler l’acceptation',
    diff: 'Diff',
    laptop:
      'Pour modifier le code, il faut un ordinateur. Ici, vous pouvez suivre le code, appliquer des suggestions et lancer le pipeline.',
  },
};
