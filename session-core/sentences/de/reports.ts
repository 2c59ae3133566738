// What a run reports, in German: why it failed, what it found out about itself, why a comparison has its verdict.
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
  mae: 'Mittlerer absoluter Fehler',
  medianAbsoluteError: 'Median des absoluten Fehlers',
  r2: 'R²',
  logLoss: 'Log Loss',
  brier: 'Brier-Score',
  accuracy: 'Accuracy',
  balancedAccuracy: 'Balanced Accuracy',
  f1: 'F1',
  rocAuc: 'ROC AUC',
};

const { seconds, short, signed, valueText } = valuesIn('de-CH', '.');
const stageOf = ({ stage }: Pick<RunError, 'stage'>): string => (stage === null ? 'Der Lauf' : `Die Stage ${stage}`);

const smaller = (params: readonly { readonly key: string; readonly value: number }[] = []): string =>
  params.length === 0
    ? ''
    : `. Verkleinern Sie ${params.map(({ key, value }) => `${key} (${value})`).join(' oder ')} in params.yaml`;

export const runErrors: RunErrorSentences = {
  thrown: ({ message }) => message,
  runner_failed: ({ message }) => `Der Runner ist fehlgeschlagen: ${message}`,
  stage_time: ({ ms, turnDown }, error) =>
    `${stageOf(error)} dauerte länger als ${seconds(ms)} und wurde gestoppt${smaller(turnDown)}`,
  run_time: ({ ms, turnDown }, { stage }) =>
    `Der Lauf dauerte insgesamt länger als ${seconds(ms)} und wurde${stage === null ? '' : ` in der Stage ${stage}`} gestoppt${smaller(turnDown)}`,
  memory: ({ mb, turnDown }, error) =>
    `${stageOf(error)} brauchte mehr als ${mb} MB Speicher und wurde gestoppt${smaller(turnDown)}`,
  protocol_breach: (_, error) =>
    `${stageOf(error)} sandte mehr Daten als erlaubt oder Daten in falscher Form und wurde gestoppt`,
  process_ended: (_, error) =>
    `${stageOf(error)} hat ihren Prozess beendet. Der Code verlangte mehr, als die Sandbox zulässt`,
  outs_too_large: ({ mb, turnDown }, error) =>
    `${stageOf(error)} hat zusammen mehr als ${mb} MB geschrieben: weniger schreiben${smaller(turnDown)}`,
  out_missing: ({ path }, error) =>
    `${stageOf(error)} ist fertig, ohne ${path} zu schreiben, das in dvc.yaml unter ihren outs steht. Warten Sie mit await auf asynchrone Funktionen, die schreiben`,
  queue_full: () => 'Es warten schon zu viele Läufe. Versuchen Sie es gleich noch einmal',
  cancelled: () => 'Der Lauf wurde abgebrochen',
};

export const findings: FindingSentences = {
  'served-fails': (facts) => `Das Modell lässt sich nicht einsetzen: ${serveFault(facts)}`,
  'served-differs': ({ row, fitted, served, label }) =>
    `Zeile ${row}: Die Pipeline ergab ${fitted}${label === undefined ? '' : ` für ${label}`}, predict aber antwortet ${served ?? 'nichts'}. Das eingesetzte Modell ist nicht das, das bewertet wurde`,
  'served-unchecked': (facts) =>
    `Das eingesetzte Modell lässt sich nicht mit dem bewerteten vergleichen: ${facts.path} ${tableFault(facts)}`,
  'metric-twice': ({ metric, path }) => `${metric} wird von zwei Stages geschrieben: Es gilt der Wert aus ${path}`,
  'metric-unproven': ({ metric, path }) => `${metric} lässt sich nicht prüfen: In ${path} stehen keine Vorhersagen`,
  'metric-differs': ({ metric, written, computed, path }) =>
    `${metric} ist ${short(written)}, aber die Vorhersagen in ${path} ergeben ${computed === null ? 'keinen endlichen Wert' : short(computed)}`,
  'predictions-unreadable': (facts) =>
    `${facts.path} lässt sich nicht mit anderen Läufen vergleichen: Die Datei ${tableFault(facts)}`,
  'result-too-large': ({ kb }) =>
    `Die Diagramme haben mehr als ${kb} kB und wurden weggelassen: weniger Zeilen oder Spalten schreiben`,
  'constant-feature': constantFeature,
  'leak-part': ({ column, part, target, renamed }) =>
    `${column} ist ${renamed ? `${part} unter anderem Namen` : 'eine Eingabe'}, aber ${target} besteht aus ${part}: Das Modell schreibt die Antwort ab, statt sie vorherzusagen`,
  'leak-strong': ({ column, target, percent }) =>
    `${column} allein erklärt ${percent} % von ${target}: Ist es vor ${target} bekannt?`,
  'leak-marker': ({ column, source, value, label }) =>
    `${column} sagt nur, ob ${source} ${value} ist, und das verrät ${label}: erst nach dem Ergebnis bekannt, nicht vorher`,
  'leak-identifier': ({ column }) =>
    `${column} ist in jeder Zeile eine andere Zahl: Ein Modell kann sie nur auswendig lernen`,
  'leak-own-target': ({ rows, of }) =>
    `Die Vorhersagen von ${rows} der ${of} Zeilen ändern sich, wenn sich nur ihr eigener Zielwert ändert: Der Code verwendet die Werte, an denen er gemessen wird`,
  'leak-row-choice': ({ rows, of }) =>
    `Bewertet werden ${rows} der ${of} Zeilen, ausgewählt nach ihrem eigenen Zielwert`,
  'leak-unchecked': ({ reason }) =>
    `Ob die Vorhersagen die Werte verwenden, an denen sie gemessen werden, liess sich nicht prüfen: ${UNCHECKED[reason]}`,
  'leak-group-split': ({ column, group }) =>
    `Zeilen mit ${column} ${group} liegen in mehreren Folds: Das Modell hat aus Zeilen der Gruppe gelernt, an der es geprüft wird. Teilen Sie mit groupKFold`,
  'target-differs': ({ row, target, scored, actual }) =>
    `Zeile ${row} wird an ${valueText(scored)} gemessen, ihr ${target} ist aber ${valueText(actual)}: Der Zielwert wurde verändert oder umgerechnet, der Score ist nicht vergleichbar`,
  'tests-unreadable': ({ stage }) =>
    `Was ${stage} in tests.json geschrieben hat, stammt nicht von \`test\` aus workshop: Die Tests werden nicht gezeigt`,
  'rows-misnumbered': ({ path }) =>
    `Die Zeilennummern in ${path} sind nicht die der Rohtabelle: Nummerieren Sie die Zeilen, bevor Sie welche weglassen`,
};

const UNCHECKED: Readonly<Record<FactsByFinding['leak-unchecked']['reason'], string>> = {
  folds: 'die Folds hängen vom Zielwert ab',
  failed: 'der Code scheitert, wenn die Zielwerte eines Folds vertauscht sind',
  time: 'die Zeit der Prüfung war um',
  memory: 'der Prüfung ging der Speicher aus',
  ended: 'der Prozess der Prüfung wurde beendet',
  interrupted: 'der Server wurde neu gestartet, und der Lauf liess sich nicht wiederholen',
};

function constantFeature({ features, more }: FactsByFinding['constant-feature']): string {
  const named = features.map(({ name, value }) => `${name} ist immer ${value}`).join(', ');
  const others = more > 0 ? `, und ${more} weitere Features sind konstant` : '';
  return `${named}${others}: Ein Feature, das in allen Zeilen gleich ist, hilft dem Modell nicht. Ist die Spalte eingeschaltet, auf der es beruht?`;
}

export function serveFault(facts: ServeFault): string {
  const at = 'file' in facts && facts.file !== undefined ? ` (${facts.file}:${facts.line})` : '';
  switch (facts.fault) {
    case 'time':
      return `es brauchte zu lange${at}`;
    case 'memory':
      return `es brauchte zu viel Speicher${at}`;
    case 'breach':
      return 'es sandte Daten, die nicht erlaubt sind';
    case 'crash':
      return 'es hat seinen Prozess beendet';
    case 'killed':
      return 'es wurde gestoppt';
    case 'holdout_rows':
      return 'es antwortet auf die Hold-out-Zeilen nicht';
    case 'writes':
      return `es schreibt ${facts.path}, darf aber nur antworten${at}`;
    case 'reads':
      return `es liest ${facts.path}, darf aber nur lesen, was die Stages schreiben${at}`;
    case 'thrown':
      return `${facts.message}${at}`;
  }
}

function tableFault(facts: TableFault): string {
  switch (facts.fault) {
    case 'too_long':
      return `hat ${facts.length} Zeichen, mehr als ${facts.most}`;
    case 'unreadable':
      return 'lässt sich nicht als Tabelle lesen';
    case 'no_column':
      return `hat keine Spalte \`${facts.column}\``;
    case 'text_column':
      return `hat Text in der Spalte \`${facts.column}\``;
    case 'not_a_number':
      return `hat ${facts.cell} in Zeile ${facts.row} von \`${facts.column}\`, und das ist keine Zahl`;
    case 'unknown_class':
      return `hat ${facts.cell} in Zeile ${facts.row} von \`${facts.column}\`, und das ist keine Klasse der Aufgabe`;
    case 'not_probabilities':
      return `hat in Zeile ${facts.row} Wahrscheinlichkeiten, die nicht zwischen 0 und 1 liegen oder zusammen nicht 1 ergeben (Summe ${short(facts.sum)})`;
    case 'rows':
      return `hat ${facts.rows} der ${facts.of} Zeilen`;
  }
}

export function comparisonReason(reason: Comparison['reason']): string {
  switch (reason.code) {
    case 'not_succeeded':
      return 'Vergleichen lassen sich nur erfolgreiche Läufe.';
    case 'same_outs':
      return 'Die Ergebnisse sind identisch (nur Refactoring).';
    case 'same_code':
      return 'Der Code ist derselbe wie im Lauf, mit dem verglichen wird.';
    case 'same_predictions':
      return 'Alle Vorhersagen sind identisch.';
    case 'protocol_changed':
      return 'Die Bewertung hat sich geändert: Eine neue Reihe beginnt.';
    case 'task_changed':
      return 'Die Aufgabe hat sich geändert: Eine neue Reihe beginnt.';
    case 'no_predictions':
      return 'Einer der Läufe hat keine Vorhersagen zum Vergleichen geschrieben.';
    case 'no_rows':
      return 'Es wurden keine Zeilen bewertet.';
    case 'no_score':
      return 'Auf diesen Zeilen hat der Score keinen Wert: Es kommt nur eine Klasse vor.';
    case 'score_missing':
      return 'Einer der Läufe hat keinen Score.';
    case 'other_row_count':
      return `Andere Zeilen: vorher wurden ${reason.before} bewertet, jetzt ${reason.after}.`;
    case 'other_row':
      return `Andere Zeilen: vorher Zeile ${reason.before}, jetzt Zeile ${reason.after}.`;
    case 'other_fold':
      return `Andere Folds: Zeile ${reason.row} war in Fold ${reason.before}, jetzt in ${reason.after}.`;
    case 'other_target':
      return `Anderer Zielwert: Zeile ${reason.row} war ${reason.before}, jetzt ${reason.after}.`;
    case 'within_noise':
      return `Die Änderung von ${signed(reason.change)} liegt im Rauschen: Auf ${reason.rows} Zeilen ergibt schon der Zufall ${signed(reason.low)} bis ${signed(reason.high)}.`;
    case 'clear':
      return `${measureNames[reason.measure]} ${signed(reason.change)} (95-%-Intervall ${signed(reason.low)} bis ${signed(reason.high)} auf ${reason.rows} Zeilen).`;
    case 'several_runs':
      return `In ${reason.runs} Läufen gemessen.`;
    case 'several_runs_mixed':
      return `In ${reason.runs} Läufen gemessen, die verschiedene Richtungen zeigen.`;
    case 'several_runs_noise':
      return `In ${reason.runs} Läufen gemessen, jeder im Rauschen.`;
  }
}

export const quickFixText = ({ item, section, stage, file }: QuickFix): string =>
  `${item} in ${file} bei ${stage} unter ${section} eintragen`;
