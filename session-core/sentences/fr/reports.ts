// What a run reports, in French: why it failed, what it found out about itself, why a comparison has its verdict.
import type {
  Comparison,
  FactsByFinding,
  QuickFix,
  RunError,
  ScoreMeasure,
  ServeFault,
  TableFault,
} from '#pipeline-core/core/report.ts';
import { valuesIn } from '../numbers.ts';
import type { FindingSentences, RunErrorSentences } from '../report-sentences.ts';

/** As the field calls them, at the start of a sentence or alone. */
export const measureNames: Readonly<Record<ScoreMeasure, string>> = {
  rmse: 'RMSE',
  mae: 'Erreur absolue moyenne',
  medianAbsoluteError: 'Erreur absolue médiane',
  r2: 'R²',
  logLoss: 'Log loss',
  brier: 'Score de Brier',
  accuracy: 'Exactitude',
  balancedAccuracy: 'Exactitude équilibrée',
  f1: 'F1',
  rocAuc: 'ROC AUC',
};

const { seconds, short, signed, valueText } = valuesIn('fr-CH', ',');
const stageOf = ({ stage }: Pick<RunError, 'stage'>): string => (stage === null ? 'Le run' : `L’étape ${stage}`);

const smaller = (params: readonly { readonly key: string; readonly value: number }[] = []): string =>
  params.length === 0
    ? ''
    : `. Diminuez ${params.map(({ key, value }) => `${key} (${value})`).join(' ou ')} dans params.yaml`;

/** « L’étape » is feminine, « Le run » is not. */
const e = ({ stage }: Pick<RunError, 'stage'>): string => (stage === null ? '' : 'e');

export const runErrors: RunErrorSentences = {
  thrown: ({ message }) => message,
  runner_failed: ({ message }) => `Le runner a échoué : ${message}`,
  stage_time: ({ ms, turnDown }, error) =>
    `${stageOf(error)} a dépassé ${seconds(ms)} et a été interrompu${e(error)}${smaller(turnDown)}`,
  run_time: ({ ms, turnDown }, { stage }) =>
    `Le run a dépassé ${seconds(ms)} en tout et a été interrompu${stage === null ? '' : ` dans l’étape ${stage}`}${smaller(turnDown)}`,
  memory: ({ mb, turnDown }, error) =>
    `${stageOf(error)} a utilisé plus de ${mb} Mo de mémoire et a été interrompu${e(error)}${smaller(turnDown)}`,
  protocol_breach: (_, error) =>
    `${stageOf(error)} a envoyé trop de données, ou des données de mauvaise forme, et a été interrompu${e(error)}`,
  process_ended: (_, error) =>
    `${stageOf(error)} a mis fin à son processus. Le code a demandé plus que ce que la sandbox autorise`,
  outs_too_large: ({ mb, turnDown }, error) =>
    `${stageOf(error)} a écrit plus de ${mb} Mo en tout : écrivez moins${smaller(turnDown)}`,
  out_missing: ({ path }, error) =>
    `${stageOf(error)} s’est terminé${e(error)} sans écrire ${path}, que dvc.yaml cite parmi ses outs. Attendez avec await les fonctions asynchrones qui écrivent`,
  queue_full: () => 'Trop de runs attendent déjà. Réessayez dans un instant',
  cancelled: () => 'Le run a été annulé',
};

export const findings: FindingSentences = {
  'served-fails': (facts) => `Le modèle ne peut pas être mis en service : ${serveFault(facts)}`,
  'served-differs': ({ row, fitted, served, label }) =>
    `Ligne ${row} : le pipeline a donné ${fitted}${label === undefined ? '' : ` pour ${label}`}, mais predict répond ${served ?? 'rien'}. Le modèle en service n’est pas celui qui a été évalué`,
  'served-unchecked': (facts) =>
    `Le modèle en service ne peut pas être comparé au modèle évalué : ${facts.path} ${tableFault(facts)}`,
  'metric-twice': ({ metric, path }) => `${metric} est écrit par deux étapes : la valeur de ${path} est retenue`,
  'metric-unproven': ({ metric, path }) =>
    `${metric} ne peut pas être vérifié : il n’y a pas de prédictions dans ${path}`,
  'metric-differs': ({ metric, written, computed, path }) =>
    `${metric} vaut ${short(written)}, mais les prédictions de ${path} donnent ${computed === null ? 'une valeur non finie' : short(computed)}`,
  'predictions-unreadable': (facts) =>
    `${facts.path} ne peut pas être comparé à d’autres runs : le fichier ${tableFault(facts)}`,
  'result-too-large': ({ kb }) =>
    `Les graphiques dépassent ${kb} ko et sont laissés de côté : écrivez moins de lignes ou de colonnes`,
  'constant-feature': constantFeature,
  'leak-part': ({ column, part, target, renamed }) =>
    `${column} est ${renamed ? `${part} sous un autre nom` : 'une entrée'}, mais ${target} se compose de ${part} : le modèle recopie la réponse au lieu de la prédire`,
  'leak-strong': ({ column, target, percent }) =>
    `${column} explique à elle seule ${percent} % de ${target} : est-elle connue avant ${target} ?`,
  'leak-marker': ({ column, source, value, label }) =>
    `${column} dit seulement si ${source} vaut ${value}, ce qui trahit ${label} : connu après le résultat, pas avant`,
  'leak-identifier': ({ column }) =>
    `${column} est un nombre différent à chaque ligne : un modèle ne peut que l’apprendre par cœur`,
  'leak-own-target': ({ rows, of }) =>
    `Les prédictions de ${rows} lignes sur ${of} changent quand seule leur propre cible change : le code utilise les valeurs sur lesquelles il est évalué`,
  'leak-row-choice': ({ rows, of }) => `${rows} lignes sur ${of} sont évaluées, choisies d’après leur propre cible`,
  'leak-unchecked': ({ reason }) =>
    `Impossible de vérifier si les prédictions utilisent les valeurs sur lesquelles elles sont évaluées : ${UNCHECKED[reason]}`,
  'leak-group-split': ({ column, group }) =>
    `Des lignes avec ${column} ${group} se trouvent dans plusieurs folds : le modèle a appris sur des lignes du groupe qui sert à le tester. Répartissez avec groupKFold`,
  'target-differs': ({ row, target, scored, actual }) =>
    `La ligne ${row} est évaluée par rapport à ${valueText(scored)}, mais son ${target} vaut ${valueText(actual)} : la cible a été modifiée ou changée d’échelle, le score n’est donc pas comparable`,
  'tests-unreadable': ({ stage }) =>
    `Ce que ${stage} a écrit dans tests.json ne vient pas de \`test\` de workshop : ses tests ne sont pas affichés`,
  'rows-misnumbered': ({ path }) =>
    `Les numéros de ligne de ${path} ne sont pas ceux de la table brute : numérotez les lignes avant d’en écarter`,
};

const UNCHECKED: Readonly<Record<FactsByFinding['leak-unchecked']['reason'], string>> = {
  folds: 'les folds dépendent de la cible',
  failed: 'le code échoue quand les cibles d’un fold sont permutées',
  time: 'le temps du contrôle était écoulé',
  memory: 'le contrôle a manqué de mémoire',
  ended: 'le processus du contrôle a pris fin',
  interrupted: 'le serveur a redémarré et le run n’a pas pu être répété',
};

function constantFeature({ features, more }: FactsByFinding['constant-feature']): string {
  const named = features.map(({ name, value }) => `${name} vaut toujours ${value}`).join(', ');
  const others = more > 0 ? ` et ${more} autres variables sont constantes` : '';
  return `${named}${others} : une variable identique à chaque ligne n’aide pas le modèle. La colonne qu’elle utilise est-elle activée ?`;
}

export function serveFault(facts: ServeFault): string {
  const at = 'file' in facts && facts.file !== undefined ? ` (${facts.file}:${facts.line})` : '';
  switch (facts.fault) {
    case 'time':
      return `il a mis trop de temps${at}`;
    case 'memory':
      return `il a utilisé trop de mémoire${at}`;
    case 'breach':
      return 'il a envoyé des données non autorisées';
    case 'crash':
      return 'il a mis fin à son processus';
    case 'killed':
      return 'il a été arrêté';
    case 'holdout_rows':
      return 'il ne répond pas pour les lignes hold-out';
    case 'writes':
      return `il écrit ${facts.path}, alors qu’il ne doit que répondre${at}`;
    case 'reads':
      return `il lit ${facts.path}, alors qu’il ne peut lire que ce que les étapes écrivent${at}`;
    case 'thrown':
      return `${facts.message}${at}`;
  }
}

function tableFault(facts: TableFault): string {
  switch (facts.fault) {
    case 'too_long':
      return `a ${facts.length} caractères, plus que ${facts.most}`;
    case 'unreadable':
      return 'ne peut pas être lu comme une table';
    case 'no_column':
      return `n’a pas de colonne \`${facts.column}\``;
    case 'text_column':
      return `contient du texte dans la colonne \`${facts.column}\``;
    case 'not_a_number':
      return `contient ${facts.cell} à la ligne ${facts.row} de \`${facts.column}\`, ce qui n’est pas un nombre`;
    case 'unknown_class':
      return `contient ${facts.cell} à la ligne ${facts.row} de \`${facts.column}\`, ce qui n’est pas une classe de la tâche`;
    case 'not_probabilities':
      return `a, à la ligne ${facts.row}, des probabilités qui ne sont pas entre 0 et 1 ou dont la somme n’est pas 1 (somme ${short(facts.sum)})`;
    case 'rows':
      return `a ${facts.rows} des ${facts.of} lignes`;
  }
}

export function comparisonReason(reason: Comparison['reason']): string {
  switch (reason.code) {
    case 'not_succeeded':
      return 'Seuls des runs réussis peuvent être comparés.';
    case 'same_outs':
      return 'Les résultats sont identiques (simple refactoring).';
    case 'same_code':
      return 'Le code est le même que dans le run comparé.';
    case 'same_predictions':
      return 'Toutes les prédictions sont identiques.';
    case 'protocol_changed':
      return 'L’évaluation a changé : une nouvelle série commence.';
    case 'task_changed':
      return 'La tâche a changé : une nouvelle série commence.';
    case 'no_predictions':
      return 'L’un des runs n’a pas écrit de prédictions à comparer.';
    case 'no_rows':
      return 'Aucune ligne n’a été évaluée.';
    case 'no_score':
      return 'Le score n’a pas de valeur sur ces lignes : elles ne contiennent qu’une classe.';
    case 'score_missing':
      return 'L’un des runs n’a pas de score.';
    case 'other_row_count':
      return `Lignes différentes : ${reason.before} évaluées avant, ${reason.after} maintenant.`;
    case 'other_row':
      return `Lignes différentes : ligne ${reason.before} avant, ligne ${reason.after} maintenant.`;
    case 'other_fold':
      return `Folds différents : la ligne ${reason.row} était dans le fold ${reason.before}, maintenant dans ${reason.after}.`;
    case 'other_target':
      return `Cible différente : la ligne ${reason.row} valait ${reason.before}, maintenant ${reason.after}.`;
    case 'within_noise':
      return `Le changement de ${signed(reason.change)} est dans le bruit : sur ${reason.rows} lignes, le hasard seul donne de ${signed(reason.low)} à ${signed(reason.high)}.`;
    case 'clear':
      return `${measureNames[reason.measure]} ${signed(reason.change)} (intervalle à 95 % de ${signed(reason.low)} à ${signed(reason.high)} sur ${reason.rows} lignes).`;
    case 'several_runs':
      return `Mesuré sur ${reason.runs} runs.`;
    case 'several_runs_mixed':
      return `Mesuré sur ${reason.runs} runs, qui vont dans des sens différents.`;
    case 'several_runs_noise':
      return `Mesuré sur ${reason.runs} runs, chacun dans le bruit.`;
  }
}

export const quickFixText = ({ item, section, stage, file }: QuickFix): string =>
  `Ajouter ${item} à ${section} de ${stage} dans ${file}`;
