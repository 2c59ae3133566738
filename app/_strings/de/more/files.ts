// Files of the workspace and how the driver's editor looks.
import type { files as en } from '../../en/more/files.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const files: Translated<typeof en> = {
  files: {
    menu: 'Dateien und Editor',
    add: 'Neue Datei',
    rename: (path: string) => `${path} umbenennen`,
    remove: (path: string) => `${path} löschen`,
    removed: (path: string) => `${path} gelöscht`,
    name: 'Name der Datei',
    nameHint: 'Mit Ordner, etwa src/features.ts',
    wrongName: (reason: string) => `Nicht gespeichert: ${reason}.`,
    taken: 'Nicht gespeichert: Eine Datei mit diesem Namen gibt es schon.',
    full: (most: number) => `Nicht gespeichert: Der Workspace darf ${most} Dateien haben.`,
    find: 'In allen Dateien suchen',
    findLabel: 'Gesuchter Text',
    found: (n: number) => (n === 0 ? 'Nichts gefunden' : many(n, 'Zeile', 'Zeilen')),
    problems: (n: number) => `${many(n, 'Problem', 'Probleme')} im Code`,
    settings: 'Einstellungen des Editors',
    minimap: 'Minimap zeigen',
    format: 'Datei mit Ctrl+S formatieren',
    size: (px: number) => `Schriftgrösse: ${px} px`,
    smaller: 'Kleinere Schrift',
    larger: 'Grössere Schrift',
  },
};
