// The agenda panel of the facilitator; the steps themselves are the course's.
export const agenda = {
  agenda: {
    head: 'Agenda',
    none: 'This course has no agenda.',
    step: (n: number, of: number) => `Step ${n} of ${of}`,
    minutes: (n: number) => `about ${n} min`,
    ask: 'Ask',
    now: 'now',
    next: (title: string) => `Next: ${title}`,
    back: 'Back',
    all: 'All steps',
    others: 'More checkpoints',
    show: (scene: string) => `Show ${scene} on the projector`,
    loadNamed: (title: string) => `Load ${title}`,
    load: 'Load',
    loadHead: (name: string) => `Load ${name}?`,
    loadHint:
      'This checkpoint replaces the shared code. The code of every earlier run is kept; open a run to go back to it.',
  },
} as const;
