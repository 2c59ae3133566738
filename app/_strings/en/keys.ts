// Keyboard shortcuts.

export const keys = {
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
} as const;
