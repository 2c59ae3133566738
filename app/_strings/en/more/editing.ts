// The driver's page, the editor.
import { isolate } from '../../isolate.ts';
import { many } from '../many.ts';

export const editing = {
  editor: {
    label: 'Shared code',
    files: 'Files',
    hasError: 'contains the error of the last run',
    loading: 'Loading the code …',
    readOnly: 'Only the driver can type here. Suggest a change instead.',
    backToLive: 'Back to live',
    saved: 'Saved',
    saving: 'Saving …',
    watching: 'Read-only',
    suggestHere: (line: number) => `Suggest something about line ${line}`,
    tooLarge: (has: number, most: number) =>
      `Not inserted: the workspace may have ${most / 1000} kB, and with this it would have ${Math.ceil(has / 1000)} kB.`,
    blocked:
      'This network blocks live editing (WebSockets). The code is shown as last saved; to drive, use another network.',
    monacoFailed: 'The editor could not be loaded. Reload the page to try again.',
    offline: 'Offline',
    storageFailed: 'The server cannot save',
    allSaved: 'everything you typed is saved',
    notSaved: (characters: number) => `${many(characters, 'character')} not saved`,
    changesNotSaved: 'your last changes are not saved',
    closed: 'Disconnected by the server',
    unsavedEdits: (reason: string) => `These edits were not saved: ${reason}. Copy what you still need.`,
    unsavedBecause: {
      closed: 'the server closed the connection',
      tooLarge: (bytes: number) => `the workspace may have ${bytes / 1000} kB, and with them it would have more`,
      replaced: 'the server has another copy of the code now',
      left: 'the editor was closed before the server had them',
    },
    unsavedEditsDone: 'Dismiss',
  },
  drive: {
    title: 'Driver',
    suggestions: 'Top suggestions',
    empty: 'No suggestions yet. Say what you are about to try, and ask for better ideas.',
    apply: 'Apply',
    applied: (text: string) => `Applied: ${isolate(text)}`,
    paneWidth: 'Width of the suggestions',
    undo: 'Undo',
    nothingToApply: 'Nothing to apply: no suggestion is pinned, and no open one has a patch that applies.',
    done: 'Mark as done',
    pin: 'Pin',
    unpin: 'Unpin',
    unaccept: 'Undo accept',
    diff: 'Diff',
    laptop: 'Editing needs a laptop. Here you can follow the code, apply suggestions and run the pipeline.',
  },
} as const;
