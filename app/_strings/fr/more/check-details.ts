// What the checks of a patch found, in the words of the linter's rules.
import { many } from '../many.ts';

/** By the linter's name of the rule. */
const rules: Readonly<Record<string, string>> = {
  format: 'Le formateur l’écrit autrement.',
  'lint/style/useConst': 'La valeur ne change jamais : déclarez-la avec const.',
  'lint/style/useTemplate': 'Un gabarit se lit mieux que des textes additionnés avec +.',
  'lint/style/useImportType': 'Seul un type est importé : écrivez import type.',
  'lint/suspicious/noDoubleEquals': '== convertit les types avant de comparer ; utilisez ===.',
  'lint/suspicious/noExplicitAny': 'any désactive toute vérification de cette valeur ; indiquez son type.',
  'lint/suspicious/noVar': 'var est visible hors de son bloc ; utilisez const ou let.',
  'lint/suspicious/noDebugger': 'debugger n’arrête rien ici ; supprimez-le.',
  'lint/suspicious/noEmptyBlockStatements': 'Ce bloc ne fait rien ; une erreur y disparaîtrait.',
  'lint/suspicious/noAssignInExpressions': 'Une affectation dans une expression passe facilement inaperçue.',
  'lint/suspicious/noFallthroughSwitchClause': 'Ce cas continue dans le suivant ; terminez-le par break ou return.',
  'lint/suspicious/noGlobalIsNan': 'isNaN convertit d’abord en nombre ; utilisez Number.isNaN.',
  'lint/suspicious/noSelfCompare': 'Les deux côtés sont identiques.',
  'lint/suspicious/noSparseArray': 'Ce tableau a un trou : une virgule de trop ?',
  'lint/complexity/noUselessTernary': 'Cette condition est déjà la valeur.',
  'lint/complexity/useOptionalChain': 'Plus court et plus sûr avec l’accès optionnel.',
  'lint/correctness/noConstantCondition': 'Cette condition est toujours la même.',
  'lint/correctness/noSelfAssign': 'Une valeur est affectée à elle-même.',
  'lint/correctness/noUnreachable': 'Ce code n’est jamais atteint.',
  'lint/correctness/noUnusedImports': 'Cet import n’est pas utilisé.',
  'lint/correctness/noUnusedVariables': 'Déclaré, mais jamais utilisé.',
  'lint/correctness/useIsNan': 'Rien n’est égal à NaN ; utilisez Number.isNaN.',
};

export const checkDetails = {
  checkDetails: {
    full: { types: 'Typage', style: 'Format et lint', tests: 'Tests', leakage: 'Fuites de données', preview: 'Aperçu' },
    why: {
      time: 'La vérification a duré trop longtemps',
      memory: 'La vérification a demandé trop de mémoire',
      ended: 'La vérification a été interrompue ; un nouvel essai suivra',
      missing: 'vérification impossible sur ce serveur',
    },
    more: (n: number) => `et ${many(n, 'autre problème', 'autres problèmes')}`,
    known: (n: number) =>
      `${many(n, 'autre problème se trouve', 'autres problèmes se trouvent')} aussi dans le code sans ce patch.`,
    fix: 'Corriger automatiquement',
    required: 'Exigées avant d’appliquer un patch',
    requiredHint: 'Les autres sont montrées et n’empêchent personne d’appliquer un patch.',
    rules,
  },
};
