// The agenda of the workshop for the facilitator: what to say, what to ask, which scene, checkpoint and time.
// No scores are written here: they come from the session's own runs.

export interface AgendaStep {
  readonly title: string;
  /** To be said aloud. */
  readonly say: string;
  readonly ask: string;
  readonly minutes: number;
  readonly scene: 'join' | 'code' | 'pipeline' | 'results' | 'queue' | 'reveal';
  /** The checkpoint to load if the session has not got there by itself. */
  readonly checkpoint?: string;
  /** The hold-out score is revealed in this step. */
  readonly reveal?: true;
}

const steps: readonly AgendaStep[] = [
  {
    title: 'Welcome',
    say: 'One person drives, everybody programs. Two taps and you are in: no account, no e-mail.',
    ask: 'Who would like to drive first? Raise a hand.',
    minutes: 5,
    scene: 'join',
  },
  {
    title: 'The question and the metric',
    say: 'Cross-validation scores each student with a model that has never seen that student. The dashed line is the baseline, a prediction without a model: here the mean of the grades. Only what a model gains over it counts.',
    ask: 'Guess the next score. How far below the baseline can we get today?',
    minutes: 7,
    scene: 'results',
  },
  {
    title: 'A pipeline with a cache',
    say: 'prepare feeds train and evaluate. A stage runs again only if something it reads has changed; otherwise its result comes from the cache.',
    ask: 'If we change only the model, which stages run again?',
    minutes: 7,
    scene: 'pipeline',
    checkpoint: '1-start',
  },
  {
    title: 'Better data first',
    say: 'Every column is a switch on your phone. Each suggestion is previewed before the driver accepts it.',
    ask: 'Which fact about a student tells us the most? Tap it, and vote.',
    minutes: 15,
    scene: 'queue',
    checkpoint: '2-columns',
  },
  {
    title: 'Better, or just noise?',
    say: 'Grey means within noise: with other students, the change could go the other way. Small gains add up only if they are real.',
    ask: 'Which of the accepted suggestions would you bet on?',
    minutes: 5,
    scene: 'results',
  },
  {
    title: 'Overfitting',
    say: 'A single deep tree memorizes every student it has seen and fails on new ones. Compare train.rmse with cv.rmse. A forest averages many such trees.',
    ask: 'Set the model to tree: better or worse? Guess first.',
    minutes: 10,
    scene: 'code',
    checkpoint: '3-forest',
  },
  {
    title: 'Boosting: shallow and slow',
    say: 'Boosting corrects the errors of the trees before. On a table this small, small steps win.',
    ask: 'Depth or learning rate: which would you change, and in which direction?',
    minutes: 10,
    scene: 'code',
    checkpoint: '4-boosting',
  },
  {
    title: 'Averaging several models',
    say: 'Different models are wrong about different students, so their average is wrong by less. It is also harder to explain.',
    ask: 'Is the gain worth a model that nobody can explain?',
    minutes: 7,
    scene: 'results',
    checkpoint: '5-average',
  },
  {
    title: 'Is it fair?',
    say: 'Some columns are too personal to use. Turn them off and look at what it costs.',
    ask: 'Which columns would you not want used about yourself?',
    minutes: 7,
    scene: 'queue',
  },
  {
    title: 'The hold-out score',
    say: 'A fifth of the students were never seen, by us or by the code. We look once: choosing models by this score would overfit to it.',
    ask: 'Higher or lower than the cross-validation score?',
    minutes: 5,
    scene: 'results',
    reveal: true,
  },
  {
    title: 'A better question',
    say: 'Predict the final grade once the first grade is known. Better data and a better question improve the score more than another model does. Earlier scores are not comparable.',
    ask: 'What else would you ask of this table?',
    minutes: 10,
    scene: 'code',
    checkpoint: '6-second-question',
  },
  {
    title: 'Export the code',
    say: 'dvc.yaml and params.yaml are the real formats: the same files run outside this app. Suggestions, votes and runs can be exported.',
    ask: 'What will you try on your own data first?',
    minutes: 5,
    scene: 'results',
  },
];

export const agenda = {
  agenda: {
    head: 'Agenda',
    steps,
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
