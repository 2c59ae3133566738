// The driver's page, the editor, keyboard shortcuts.
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
  keys: {
    head: 'Keyboard shortcuts',
    help: 'Show this list',
    saved: 'Nothing to do: changes are saved automatically',
    run: 'Run the pipeline',
    apply: 'Apply the pinned suggestion, or the top one with a patch',
    applyTyping: 'The same, also while typing',
    leave: 'Leave the editor',
    palette: 'All commands of the editor',
    freeze: 'Pause or resume new suggestions',
    timer: 'Start a five-minute turn if none is running',
    timerRuns: 'A turn is already running. Switch it off first.',
    ignored: {
      typing: (key: string) => `Key “${key}” ignored: you were typing. Press it again in two seconds.`,
      focus: (key: string) =>
        `Key “${key}” ignored: the focus has just left a text field. Press it again in two seconds.`,
      offline: (key: string) => `Key “${key}” ignored: the connection is lost or slow.`,
    },
  },
} as const;
