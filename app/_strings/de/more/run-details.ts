// Behind the score: the impact of suggestions, the hold-out score, the What-if form, the environment of a run;
// the activity of the session.
import type { runDetails as en } from '../../en/more/run-details.ts';
import { isolate } from '../../isolate.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const runDetails: Translated<typeof en> = {
  impact: {
    head: 'Wirkung der angenommenen Vorschläge',
    empty: 'Angenommene Vorschläge erscheinen hier mit der Änderung der Metrik.',
    together: (n: number) => `zusammen mit ${many(n, 'anderem Vorschlag', 'anderen Vorschlägen')} gemessen`,
    otherChanges: 'auch anderer Code wurde geändert',
  },
  holdout: {
    head: 'Hold-out-Score',
    hint: 'Der Score auf Zeilen, die niemand in dieser Session lesen kann, neben dem der Kreuzvalidierung.',
    right: (rows: number, of: number) => `${rows} von ${of} richtig`,
    closed: (share: number) => `${share} % der Zeilen sind bis zur Auflösung zurückgehalten.`,
    run: 'Lauf',
    score: 'Hold-out',
    overBaseline: 'ggü. Baseline',
    overStart: 'ggü. Start',
    after:
      'Nur einmal anschauen: Wer unter vielen Läufen nach diesem Score auswählt, betreibt Overfitting auf den Hold-out-Zeilen.',
  },
  whatIf: {
    head: 'Was wäre, wenn?',
    hint: 'Eine Vorhersage für eine Zeile, die nicht in der Tabelle steht, mit dem Modell des letzten erfolgreichen Laufs.',
    threshold: (name: string, percent: number) => `Gilt ab ${percent} % als ${isolate(name)}`,
    ask: 'Ändern Sie unten einen Wert, um eine Vorhersage zu sehen.',
    unit: (unit: string) => unit,
    by: (n: number) => `vom Modell aus Lauf #${n}`,
    unused: (n: number) => `${many(n, 'weitere Spalte', 'weitere Spalten')}, von diesem Modell nicht verwendet`,
    noModel: 'Verfügbar nach dem ersten erfolgreichen Lauf.',
    caution: 'Nur zum Lernen: Entscheiden Sie nie aufgrund dieser Zahl über einen Menschen.',
  },
  environment: {
    loading: 'Die Umgebung wird geladen …',
    made: 'Gemacht mit',
    runtime: 'Laufzeitumgebung',
    library: 'Hash von Laufzeitumgebung und Bibliotheken',
    fixed:
      'Jede Stage beginnt mit derselben Uhr, Zeitzone und Sprache, und Math.random mit einem Seed aus ihrem Namen.',
    lock: 'dvc.lock: was jede Stage gelesen und geschrieben hat',
    reproduce: 'Reproduzieren',
    running: 'Läuft noch einmal, mit leerem Cache …',
    hint: 'Führt jede Stage noch einmal aus, in einem neuen Prozess und ohne Run-Cache, und vergleicht jeden Out. Im exportierten Repository tut «npm run reproduce» dasselbe.',
    same: (outs: number, time: string) =>
      `Bis aufs letzte Bit gleich: ${outs} von ${outs} ${outs === 1 ? 'Out' : 'Outs'}, in ${time}`,
    differs: (outs: number, of: number) =>
      `${outs} von ${of} ${of === 1 ? 'Out' : 'Outs'} ${outs === 1 ? 'ist' : 'sind'} anders:`,
    failed: 'Der neue Lauf ist nicht gelungen.',
  },
  activity: { head: 'Aktivität', empty: 'Noch keine Aktivität.', more: 'Mehr zeigen' },
};
