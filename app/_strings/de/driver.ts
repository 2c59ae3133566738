// The driver: who drives and how driving is handed over, the driver's page, the editor, keyboard shortcuts.
import type { driver as en } from '../en/driver.ts';
import { isolate } from '../isolate.ts';
import type { Translated } from '../types.ts';
import { many } from './many.ts';

export const driver: Translated<typeof en> = {
  driver: {
    head: 'Driver',
    facilitator: 'Die Moderation',
    offered: (displayName: string) => `${isolate(displayName)} bietet Ihnen die Driver-Rolle an.`,
    offeredHint: 'Der Driver bearbeitet den gemeinsamen Code. Am besten geht das auf einem Laptop.',
    offerLabel: 'Angebot der Driver-Rolle',
    offeredOnPhone:
      'Der Editor braucht einen Laptop: Öffnen Sie diese Session zuerst dort, oder überlassen Sie die Rolle jemand anderem.',
    over: 'Sie sind nicht mehr Driver.',
    notYou: 'Sie sind nicht Driver.',
    back: 'Zurück zur Session',
    onPhone: (displayName: string) => `${displayName} (am Handy)`,
    accept: 'Driver werden',
    refuse: 'Jetzt nicht',
    otherTab: 'Sie sind in einem anderen Tab Driver',
    here: 'In diesem Tab weitermachen',
    probablyOver: 'Wahrscheinlich sind Sie nicht mehr Driver: Die Rolle endet nach 10 Sekunden ohne Verbindung.',
    gone: (s: number) => (s > 0 ? `Verbindung verloren, die Rolle endet in ${s} s` : 'Verbindung verloren'),
    left: (s: number) => (s > 0 ? `noch ${s} s` : 'die Zeit ist um'),
    waiting: (displayName: string) => `${isolate(displayName)} angeboten`,
    withdraw: 'Zurückziehen',
    offer: 'Rolle anbieten',
    offerNext: (displayName: string) => `${displayName} die Driver-Rolle anbieten`,
    pick: 'Person auswählen …',
    alone: 'Sonst ist niemand online.',
    take: 'Driver werden',
    takeOver: 'Übernehmen',
    revoke: 'Driver-Rolle entziehen',
    release: 'Rolle abgeben',
  },
  timer: {
    head: 'Timer für den Driver',
    minutes: (n: number) => `${n} min`,
    off: 'Aus',
    over: (span: string) => `seit ${span} um`,
    nobody: 'Die Zeit ist um, und niemand hat die Hand gehoben. Fragen Sie, wer als Nächstes Driver sein will.',
  },
  editor: {
    label: 'Gemeinsamer Code',
    files: 'Dateien',
    hasError: 'enthält den Fehler des letzten Laufs',
    loading: 'Der Code wird geladen …',
    readOnly: 'Hier tippt nur der Driver. Schlagen Sie stattdessen eine Änderung vor.',
    backToLive: 'Zurück zu live',
    saved: 'Gespeichert',
    saving: 'Wird gespeichert …',
    watching: 'Nur lesen',
    suggestHere: (line: number) => `Etwas zu Zeile ${line} vorschlagen`,
    tooLarge: (has: number, most: number) =>
      `Nicht eingefügt: Der Workspace darf ${most / 1000} kB haben, und damit hätte er ${Math.ceil(has / 1000)} kB.`,
    blocked:
      'Dieses Netz blockiert das Bearbeiten in Echtzeit (WebSockets). Sie sehen den zuletzt gespeicherten Code; um Driver zu sein, brauchen Sie ein anderes Netz.',
    hiddenCharacter: (number: string) => `Ein Zeichen, das man nicht sähe: ${number}`,
    hiddenCharacters: (numbers: readonly string[]) =>
      `Warnung: Damit kommen Zeichen hinein, die man nicht sieht (${numbers.slice(0, 5).join(', ')}). Der Code tut vielleicht nicht, was er zu tun scheint.`,
    mixedScripts: (names: readonly string[]) =>
      `Warnung: Damit kommen Namen mit Buchstaben einer anderen Schrift hinein, die wie lateinische aussehen (${names.slice(0, 3).join('; ')}). Es sind andere Namen.`,
    monacoFailed: 'Der Editor konnte nicht geladen werden. Laden Sie die Seite neu.',
    offline: 'Offline',
    storageFailed: 'Der Server kann nicht speichern',
    allSaved: 'alles, was Sie getippt haben, ist gespeichert',
    notSaved: (characters: number) => `${many(characters, 'Zeichen', 'Zeichen')} nicht gespeichert`,
    changesNotSaved: 'Ihre letzten Änderungen sind nicht gespeichert',
    closed: 'Vom Server getrennt',
    unsavedEdits: (reason: string) =>
      `Diese Änderungen wurden nicht gespeichert: ${reason}. Kopieren Sie, was Sie noch brauchen.`,
    unsavedBecause: {
      closed: 'der Server hat die Verbindung geschlossen',
      tooLarge: (bytes: number) => `der Workspace darf ${bytes / 1000} kB haben, und damit hätte er mehr`,
      replaced: 'der Server hat jetzt eine andere Fassung des Codes',
      left: 'der Editor wurde geschlossen, bevor der Server sie hatte',
    },
    unsavedEditsDone: 'Verwerfen',
  },
  drive: {
    title: 'Driver',
    suggestions: 'Beliebteste Vorschläge',
    empty: 'Noch keine Vorschläge. Sagen Sie, was Sie vorhaben, und bitten Sie um bessere Ideen.',
    apply: 'Anwenden',
    applied: (text: string) => `Angewendet: ${isolate(text)}`,
    paneWidth: 'Breite der Vorschläge',
    undo: 'Rückgängig',
    nothingToApply: 'Nichts anzuwenden: Kein Vorschlag ist angeheftet, und kein offener hat einen Patch, der passt.',
    done: 'Erledigt',
    pin: 'Anheften',
    unpin: 'Lösen',
    unaccept: 'Annahme zurücknehmen',
    diff: 'Diff',
    laptop:
      'Zum Bearbeiten brauchen Sie einen Laptop. Hier können Sie den Code verfolgen, Vorschläge anwenden und die Pipeline laufen lassen.',
  },
  keys: {
    head: 'Tastenkürzel',
    help: 'Diese Liste zeigen',
    open: 'Tastenkürzel (?)',
    saved: 'Nichts zu tun: Änderungen werden laufend gespeichert',
    run: 'Pipeline laufen lassen',
    apply: 'Den angehefteten Vorschlag anwenden, sonst den beliebtesten mit Patch',
    applyTyping: 'Dasselbe, auch während des Tippens',
    leave: 'Den Editor verlassen',
    palette: 'Alle Befehle des Editors',
    freeze: 'Neue Vorschläge anhalten oder wieder zulassen',
    timer: 'Fünf Minuten stellen, wenn kein Timer läuft',
    timerRuns: 'Der Timer läuft schon. Schalten Sie ihn zuerst aus.',
    ignored: {
      typing: (key: string) =>
        `Taste «${key}» ignoriert: Sie haben gerade getippt. Drücken Sie sie in zwei Sekunden noch einmal.`,
      focus: (key: string) =>
        `Taste «${key}» ignoriert: Der Fokus war eben noch in einem Textfeld. Drücken Sie sie in zwei Sekunden noch einmal.`,
      offline: (key: string) => `Taste «${key}» ignoriert: Die Verbindung ist unterbrochen oder langsam.`,
    },
  },
};
