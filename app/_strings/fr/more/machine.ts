// "Let the machine try": the search for better parameters.
import type { machine as en } from '../../en/more/machine.ts';
import type { Translated } from '../../types.ts';
import { many, plural } from '../many.ts';

export const machine: Translated<typeof en> = {
  head: 'Laisser essayer la machine',
  hint: 'Elle exécute le code actuel avec d’autres valeurs de params.yaml, entre vos runs, et ne modifie jamais le code. Ce qu’elle trouve peut être suggéré.',
  start: (seconds: number) => `Essayer pendant ${seconds} s`,
  stop: 'Arrêter',
  progress: 'Temps de recherche écoulé',
  running: (seconds: number) => `Essais de paramètres, encore ${seconds} s`,
  trials: (n: number) => `${many(n, 'run', 'runs')} ${plural(n, 'essayé', 'essayés')}`,
  none: 'Rien de mieux jusqu’ici.',
  nothing: 'Rien de mieux trouvé.',
  best: 'Meilleur résultat de la machine',
  chart: 'la machine',
  outdated: 'Pour une tâche ou une évaluation précédente : non comparable au score actuel.',
  change: (key: string, before: string, after: string) => `${key} : ${before} → ${after}`,
  more: (n: number) => `${n} de plus`,
  suggest: 'Suggérer ce changement',
  sent: 'Suggéré',
  suggestion: (changes: string, value: string) => `La machine a trouvé ${value} avec ${changes}`,
  ended: {
    budget: 'Le temps est écoulé.',
    stopped: 'Arrêtée.',
    exhausted: 'Plus aucun changement seul ne l’améliore.',
    failed: 'Le code actuel n’a pas de score à améliorer. Corrigez d’abord son run.',
    interrupted: 'Le serveur a redémarré.',
  },
};
