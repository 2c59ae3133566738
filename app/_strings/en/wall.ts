// The projector.

export const wall = {
  stageView: {
    title: 'Stage',
    scenes: { join: 'Join', code: 'Code', pipeline: 'Pipeline', results: 'Results', queue: 'Queue' },
    theme: 'Dark or light',
    full: 'Full screen',
    scan: 'Scan the code with your phone',
    or: 'or open',
    code: 'and type',
    queue: 'What the room wants next',
    empty: 'No ideas yet. Join and send the first one.',
  },
} as const;
