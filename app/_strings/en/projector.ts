// The projector view.

export const projector = {
  projector: {
    title: 'Projector view',
    scene: 'Projector',
    scenes: { join: 'Join', code: 'Code', pipeline: 'Pipeline', results: 'Results', queue: 'Queue' },
    theme: 'Switch between dark and light',
    full: 'Full screen',
    scan: 'Scan the QR code with your phone',
    or: 'or open',
    code: 'and enter',
    queue: 'Top suggestions',
    empty: 'No suggestions yet. Join and send the first one.',
  },
} as const;
