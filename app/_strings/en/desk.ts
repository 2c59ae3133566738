// The driver's desk and the code: editor, actions, keys.
// RUNS IN browser | server

export const desk = {
  editor: {
    label: 'Shared code',
    files: 'Files',
    hasError: 'has the error of the last run',
    loading: 'The code is on its way …',
    readOnly: 'Only the driver types here. Suggest a change instead.',
    backToLive: 'Back to live',
    saved: 'Saved',
    saving: 'Saving …',
    watching: 'Watching the driver',
    suggestHere: (line: number) => `Suggest something about line ${line}`,
    monacoFailed: 'The editor could not be loaded; this is the live text. Reload the page to try again.',
    unsent: 'These lines of yours did not reach the room, because the seat had moved on. Copy what you still need.',
    unsentDone: 'I have what I need',
  },
  drive: {
    title: 'Drive',
    ideas: 'The room wants',
    empty: 'No ideas yet. Say aloud what you are about to try; the room will answer.',
    apply: 'Apply',
    nothingToApply: 'No idea is pinned, and none that waits has code that fits.',
    done: 'Done by hand',
    pin: 'Work on it',
    unpin: 'Stop working on it',
    unaccept: 'Take it back',
    diff: 'Diff',
    laptop: 'The editor needs a laptop. Here you see the live code, and can still apply ideas and run.',
  },
  keys: {
    head: 'Keys',
    help: 'This list',
    saved: 'Nothing to do: always saved',
    run: 'Run the pipeline',
    apply: 'Apply the pinned idea, or the most wanted one with code',
    applyTyping: 'The same, while typing',
    leave: 'Leave the editor',
    freeze: 'Pause or resume new ideas',
    timer: 'Start a turn of five minutes',
  },
} as const;
