// Behind the score: the impact of suggestions, the hold-out score, the What-if form, the environment of a run;
// the activity of the session.
import type { runDetails as en } from '../../en/more/run-details.ts';
import { isolate } from '../../isolate.ts';
import type { Translated } from '../../types.ts';
import { many, plural } from '../many.ts';

export const runDetails: Translated<typeof en> = {
  impact: {
    head: 'Effet des suggestions acceptées',
    empty: 'Les suggestions acceptées apparaissent ici avec le changement de la métrique.',
    together: (n: number) => `mesurée avec ${many(n, 'autre suggestion', 'autres suggestions')}`,
    otherChanges: 'd’autre code a changé aussi',
  },
  holdout: {
    head: 'Score hold-out',
    hint: 'Le score sur des lignes que personne dans cette session ne peut lire, à côté de celui de la validation croisée.',
    right: (rows: number, of: number) => `${rows} justes sur ${of}`,
    closed: (share: number) => `${share} % des lignes restent cachées jusqu’à la révélation.`,
    run: 'Run',
    score: 'hold-out',
    overBaseline: 'face à la baseline',
    overStart: 'face au départ',
    after:
      'À regarder une seule fois : choisir parmi beaucoup de runs d’après ce score serait du surapprentissage sur les lignes hold-out.',
  },
  whatIf: {
    head: 'Et si … ?',
    hint: 'Une prédiction pour une ligne absente de la table, par le modèle du dernier run réussi.',
    threshold: (name: string, percent: number) => `Considéré comme ${isolate(name)} à partir de ${percent} %`,
    ask: 'Changez une valeur ci-dessous pour obtenir une prédiction.',
    unit: (unit: string) => unit,
    by: (n: number) => `par le modèle du run #${n}`,
    unused: (n: number) =>
      `${many(n, 'autre colonne', 'autres colonnes')}, ${plural(n, 'inutilisée', 'inutilisées')} par ce modèle`,
    noModel: 'Disponible après le premier run réussi.',
    caution: 'Pour apprendre seulement : ne décidez jamais du sort d’une personne sur la base de ce nombre.',
  },
  environment: {
    loading: 'Chargement de l’environnement …',
    made: 'Fait avec',
    runtime: 'Environnement d’exécution',
    library: 'Hash de l’environnement et des bibliothèques',
    fixed:
      'Chaque étape commence avec la même horloge, le même fuseau horaire et la même langue, et Math.random avec une graine tirée de son nom.',
    lock: 'dvc.lock : ce que chaque étape a lu et écrit',
    reproduce: 'Reproduire',
    running: 'Nouvelle exécution, cache vide …',
    hint: 'Exécute chaque étape à nouveau, dans un nouveau processus et sans le cache, et compare chaque sortie. Dans le dépôt exporté, « npm run reproduce » fait de même.',
    same: (outs: number, time: string) =>
      `Identique au bit près : ${outs} ${outs === 1 ? 'sortie' : 'sorties'} sur ${outs}, en ${time}`,
    differs: (outs: number, of: number) =>
      `${outs} ${outs === 1 ? 'sortie' : 'sorties'} sur ${of} ${outs === 1 ? 'diffère' : 'diffèrent'} :`,
    failed: 'La nouvelle exécution n’a pas abouti.',
  },
  activity: { head: 'Activité', empty: 'Pas encore d’activité.', more: 'Voir plus' },
};
