// What the app finds out about a run by itself: where its predictions are wrong, and what its model goes by.
import type { explain as en } from '../../en/more/explain.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const explain: Translated<typeof en> = {
  explain: {
    loading: 'Wird geladen …',
    none: 'Dieser Lauf hat keine Vorhersagen geschrieben, die man ansehen könnte.',
    sizes: 'Grösse der Fehler',
    sizesHint: (n: number, rmse: string, bias: string, unit: string) =>
      `${many(n, 'Zeile', 'Zeilen')}, die das Modell nicht gesehen hatte. Typischer Fehler (RMSE) ${`${rmse} ${unit}`.trimEnd()}; im Mittel ${`${bias} ${unit}`.trimEnd()}. Wählen Sie einen Punkt oder Balken, um seine Zeilen zu sehen.`,
    scatter: 'Vorhersage gegen tatsächlichen Wert',
    actual: 'Tatsächlich',
    predictedAxis: 'Vorhergesagt',
    histogram: 'Wie weit die Vorhersagen daneben liegen',
    difference: 'Vorhersage minus tatsächlicher Wert',
    between: (from: string, to: string) => `Zeilen mit einem Fehler von ${from} bis ${to}`,
    worst: 'Grösste Fehler',
    worstHint: 'Öffnen Sie eine Zeile, um ihre Werte zu sehen. Was haben diese Zeilen gemeinsam?',
    noRows: 'Keine der gezeichneten Zeilen gehört dazu.',
    row: (n: number) => `Zeile ${n}`,
    predicted: (predicted: string, actual: string, unit: string) =>
      `vorhergesagt ${predicted}, tatsächlich ${actual} ${unit}`.trimEnd(),
    notPredicted: 'von diesem Lauf nicht vorhergesagt',
    suggestRow: 'Etwas zu dieser Zeile vorschlagen',
    aboutRow: (row: number, predicted: string, actual: string) =>
      `Zeile ${row} wird als ${predicted} vorhergesagt, ist aber ${actual}. Idee: `,
    groups: 'Fehler nach Gruppe',
    groupsHint:
      'Spalten mit den grössten Unterschieden zuerst; wählen Sie einen Balken, um seine Zeilen zu sehen. Der Strich über dem Balken ist das 95-%-Intervall, die gestrichelte Linie der Fehler aller Zeilen. Farbig ist eine Gruppe, deren Intervall diesen Fehler nicht enthält.',
    group: 'Gruppe',
    rows: 'Zeilen',
    error: 'Fehler (RMSE)',
    errorRate: 'Anteil falscher Klassen',
    allRows: (value: string) => `Alle Zeilen: ${value}`,
    apart: { above: 'über dem Fehler aller Zeilen', below: 'unter dem Fehler aller Zeilen' },
    worstOf: (column: string, group: string, n: number) =>
      `${column}: ${group}, grösste Fehler von ${many(n, 'Zeile', 'Zeilen')}`,
    suggestGroup: 'Etwas zu dieser Gruppe vorschlagen',
    aboutGroup: (column: string, group: string, error: string, all: string) =>
      `Der Fehler bei ${column} ${group} ist ${error}, bei allen Zeilen ${all}. Idee: `,
    more: (n: number) => `${many(n, 'weitere Spalte', 'weitere Spalten')} zeigen`,
    fewer: 'Weniger zeigen',
    confusion: 'Welche Klassen verwechselt werden',
    classesHint: (n: number, percent: string) =>
      `${many(n, 'Zeile', 'Zeilen')}, die das Modell nicht gesehen hatte; ${percent} % davon bekamen die falsche Klasse.`,
    predictedClass: 'Vorhergesagte Klasse',
    actualClass: 'Tatsächliche Klasse',
    calibration: 'Sind die Wahrscheinlichkeiten glaubwürdig?',
    calibrationNote:
      'Zehn etwa gleich grosse Teile, mit 95-%-Intervallen. Auf der gestrichelten Linie trifft eine Wahrscheinlichkeit so oft ein, wie sie sagt.',
    probability: 'Vorhergesagte Wahrscheinlichkeit',
    cameTrue: 'Anteil, der eingetroffen ist',
    roc: 'ROC-Kurve',
    rocNote: 'Die gestrichelte Linie ist Raten.',
    auc: (label: string, area: string) => `${label}: Fläche ${area}`,
    falsePositives: 'Anteil der übrigen, die für die Klasse gehalten werden (Falsch-positiv-Rate)',
    found: 'Anteil der Klasse, der gefunden wird (Recall)',
    precisionRecall: 'Precision und Recall',
    precision: 'Anteil der richtigen unter den für die Klasse gehaltenen (Precision)',
    positives: (label: string, n: number) => `${label}: ${many(n, 'Zeile', 'Zeilen')}`,
    importance: 'Worauf das Modell sich stützt',
    importanceHint: (rows: number, measure: string, error: string, unit: string) =>
      `Um wie viel der Fehler (${measure}) wächst, wenn eine Spalte durcheinandergemischt wird (Permutation Importance). Gemessen auf ${many(rows, 'Zeile', 'Zeilen')}, mit denen das Modell angepasst wurde; dort ist er ${`${error} ${unit}`.trimEnd()}. Spalten, die einander wiederholen, teilen sich ihre Wichtigkeit. Wählen Sie einen Balken, um zu sehen, wie die Vorhersage davon abhängt.`,
    importanceNote: (repeats: number) =>
      `Mittel aus je ${many(repeats, 'Mischung', 'Mischungen')}, mit 95-%-Intervallen.`,
    rise: 'Zunahme des Fehlers (RMSE)',
    riseOfLoss: 'Zunahme des Log Loss',
    logLoss: 'Log Loss',
    probabilityOf: (label: string) => `Wahrscheinlichkeit von «${label}»`,
    column: 'Spalte',
    sampledRows: (rows: number, of: number) => `Gemessen auf ${rows} von ${of} Zeilen, zufällig gezogen.`,
    firstColumns: (shown: number, all: number) => `Gezeigt sind die ersten ${shown} von ${all} Spalten.`,
    unusedColumns: (n: number) => `${many(n, 'weitere Spalte', 'weitere Spalten')}: vom Modell nicht verwendet.`,
    suggestColumn: 'Etwas zu dieser Spalte vorschlagen',
    aboutColumn: (column: string, rise: string) =>
      `Das Modell stützt sich auf ${column}: Ohne sie wäre der Fehler um ${rise} grösser. Idee: `,
    dependenceHead: 'Wie die Vorhersage von einer Spalte abhängt',
    dependenceHint:
      'Was das Modell antwortet, wenn sich eine Spalte ändert und alle anderen bleiben. Schwarz: das Mittel; dünne Linien: einzelne Zeilen. Kreuzen sich Linien, hängt die Antwort auch von anderen Spalten ab.',
    dependence: (column: string) => `Vorhersage nach ${column}`,
    dependenceNote: (rows: number) => `Mittel über ${many(rows, 'Zeile', 'Zeilen')}, zufällig gezogen.`,
    quartiles: 'Der Strich über einem Balken umfasst die mittlere Hälfte der Zeilen.',
    notYet: 'Noch nicht berechnet.',
    noModel: 'Nur ein erfolgreicher Lauf hat ein Modell, das sich erklären lässt.',
    notExplained: 'Das Modell dieses Laufs wurde nicht erklärt: Ein neuerer Lauf kam dazwischen.',
    begin: 'Dieses Modell erklären',
    waiting: 'Wartet, bis kein Lauf die Maschine braucht …',
    working: 'Das Modell wird befragt …',
    faults: {
      time: () => 'Das Modell antwortet langsam: Die Zeit war um, bevor alles bekannt war.',
      memory: () => 'Das Modell brauchte zu viel Speicher, bevor alles bekannt war.',
      refused: (message: string) => `Das Modell antwortet nicht: ${message}`,
      ended: () => 'Das Modell hat seinen Prozess beendet, bevor alles bekannt war.',
      no_rows: () => 'Es gibt keine Zeilen, zu denen man das Modell befragen könnte.',
    },
    curve: 'Würden mehr Zeilen helfen?',
    curveHint:
      'Der Score dieses Codes auf zufälligen Teilen der Tabelle, von klein bis ganz, jeder mit eigener Kreuzvalidierung. Wird die Linie der ungesehenen Zeilen am Ende noch besser, würden mehr Zeilen helfen. Ein grosser Abstand zwischen den Linien bedeutet Overfitting.',
    curveRows: 'Zeilen der Tabelle',
    curveUnseen: 'Zeilen, die das Modell nicht gesehen hatte',
    curveSeen: 'Zeilen, mit denen es angepasst wurde',
    curveSamples: (points: string) =>
      `Die Bänder reichen vom tiefsten bis zum höchsten Score der Teile einer Grösse: ${points}.`,
    curveSize: (rows: number, samples: number) =>
      `${many(samples, 'Teil', 'Teile')} zu ${many(rows, 'Zeile', 'Zeilen')}`,
    curveFailed: (n: number) => `${many(n, 'Teil ergab', 'Teile ergaben')} keinen Score.`,
    beginCurve: 'Lernkurve berechnen',
    curveWorking: 'Der Code läuft auf Teilen der Tabelle …',
    curveRefused: (message: string) => `Der Code ergab auf keinem Teil der Tabelle einen Score: ${message}`,
    pushes: 'Was diese Vorhersage verschoben hat',
    askPushes: 'Was hat diese Vorhersage verschoben?',
    asking: 'Das Modell wird befragt …',
    push: 'Verschiebung der Vorhersage',
    pushesSum: (base: string, answer: string, rows: number) =>
      `Die Verschiebungen führen von ${base}, der mittleren Vorhersage von ${many(rows, 'Zeile', 'Zeilen')}, zu ${answer} (Shapley-Werte).`,
    pushesExact: 'Über alle Kombinationen der Spalten: Nichts wurde zufällig gezogen.',
    pushesDrawn: (orders: number) => `Aus ${orders} zufällig gezogenen Reihenfolgen der Spalten, mit 95-%-Intervallen.`,
    otherColumns: (n: number) => many(n, 'andere Spalte', 'andere Spalten'),
  },
};
