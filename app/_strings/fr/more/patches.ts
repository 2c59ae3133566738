// Changing the code: the dialog in which a patch is written.
import type { patches as en } from '../../en/more/patches.ts';
import type { Translated } from '../../types.ts';
import { many, plural } from '../many.ts';

export const patches: Translated<typeof en> = {
  patch: {
    against: (n: number) => `Sur la révision ${n}`,
    sentence: 'Qu’est-ce qui change, et pourquoi ?',
    placeholder: 'Mettre les entrées à l’échelle avant kNN pour qu’aucune ne domine',
    nothing: 'Pas encore de modifications. Modifiez le code à droite.',
    checking: 'Vérification du code …',
    problems: (n: number) =>
      `${many(n, 'problème', 'problèmes')} dans le code : corrigez-${plural(n, 'le', 'les')} d’abord.`,
    earlier: 'Ce résultat vient d’une version précédente de votre modification. Refaites un aperçu.',
    tryIt: 'Aperçu privé',
    send: 'Envoyer la suggestion',
    startAgain: 'Recommencer',
    private: 'Vous seul·e voyez ce résultat.',
  },
};
