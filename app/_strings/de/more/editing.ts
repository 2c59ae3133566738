// The driver's page, the editor.
import type { editing as en } from '../../en/more/editing.ts';
import { isolate } from '../../isolate.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const editing: Translated<typeof en> = {
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
};
