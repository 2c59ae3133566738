// The projector view.

export const projector = {
  projector: {
    title: 'Projector view',
    scene: 'Projector',
    scenes: {
      join: 'Join',
      code: 'Code',
      pipeline: 'Pipeline',
      results: 'Results',
      queue: 'Queue',
      reveal: 'Reveal',
      compare: 'Compare',
      data: 'Data',
      poll: 'Question',
    },
    theme: 'Switch between dark and light',
    full: 'Full screen',
    scan: 'Scan the QR code with your phone',
    or: 'or open',
    code: 'and enter',
    queue: 'Top suggestions',
    empty: 'No suggestions yet. Join and send the first one.',
  },
  reveal: {
    head: 'Reveal the hold-out score?',
    hint: 'Every projector counts down from five and shows the score of the last run; then all runs are on the Results tab. Reveal it once, at the end: models that are chosen by a score are overfit to it.',
    go: 'Start the countdown',
    title: 'The hold-out score',
    once: 'Rows that no model and nobody here has seen',
    of: (run: number) => `Hold-out score of run #${run}`,
    promised: 'Cross-validation promised',
    interval: '95 % interval of the gain',
    soon: 'The hold-out score is being revealed on the projector …',
  },
} as const;
