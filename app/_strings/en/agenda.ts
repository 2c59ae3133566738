// The workshop as a facilitator leads it: what to say, what to ask the room, which scene, checkpoint and time.
// The numbers of a room come from its own runs, so none stand here.

export interface AgendaStep {
  readonly title: string;
  /** To be said aloud. */
  readonly say: string;
  readonly ask: string;
  readonly minutes: number;
  readonly scene: 'join' | 'code' | 'pipeline' | 'results' | 'queue';
  /** The checkpoint to load where the room is not there by itself. */
  readonly checkpoint?: string;
  /** The sealed score is opened here. */
  readonly reveal?: true;
}

const steps: readonly AgendaStep[] = [
  {
    title: 'Arrive',
    say: 'One person drives, everybody programs. Two taps and you are in; no account, no e-mail.',
    ask: 'Who would like to drive first? Raise a hand.',
    minutes: 5,
    scene: 'join',
  },
  {
    title: 'The question and the ruler',
    say: 'Cross-validation scores each student by a model that never saw them. The dashed line is an answer without a model, here the mean of the grades: a model is worth what it is below it.',
    ask: 'Guess the next score. How far below the line can we get today?',
    minutes: 7,
    scene: 'results',
  },
  {
    title: 'A pipeline that remembers',
    say: 'prepare feeds train and evaluate. A stage runs again only if something it reads has changed; the rest comes from the cache.',
    ask: 'If we change only the model, which stages run again?',
    minutes: 7,
    scene: 'pipeline',
    checkpoint: '1-start',
  },
  {
    title: 'Better data first',
    say: 'Every column is one switch on your phone. Each idea is measured before anybody says yes.',
    ask: 'Which fact about a student says most? Tap it, and vote.',
    minutes: 15,
    scene: 'queue',
    checkpoint: '2-columns',
  },
  {
    title: 'Is it better, or is it luck?',
    say: 'Grey means within noise: other students, and the sign could turn. Small gains add up only if they are real.',
    ask: 'Which of the accepted ideas would you bet on?',
    minutes: 5,
    scene: 'results',
  },
  {
    title: 'Learning by heart',
    say: 'One deep tree knows every student it has seen, and fails on the next. Compare train.rmse with cv.rmse. A forest asks many such trees and takes the mean.',
    ask: 'Turn the model to tree: better or worse? Guess first.',
    minutes: 10,
    scene: 'code',
    checkpoint: '3-forest',
  },
  {
    title: 'Shallow and slow',
    say: 'Boosting mends the mistakes of the trees before. On a table this small, small steps win.',
    ask: 'Depth or rate: which number would you turn, and which way?',
    minutes: 10,
    scene: 'code',
    checkpoint: '4-boosting',
  },
  {
    title: 'Several models, one answer',
    say: 'They err on different students, so their mean errs less. It also explains less.',
    ask: 'Is the gain worth a model that nobody can explain?',
    minutes: 7,
    scene: 'results',
    checkpoint: '5-average',
  },
  {
    title: 'Is it fair?',
    say: 'Some columns are nobody’s business. Switch them off and look at what it costs.',
    ask: 'Which columns would you refuse to use about yourself?',
    minutes: 7,
    scene: 'queue',
  },
  {
    title: 'Open the seal',
    say: 'A fifth of the students was never seen, by us or by the code. We look once; looking twice would spoil it.',
    ask: 'Higher or lower than what cross-validation promised?',
    minutes: 5,
    scene: 'results',
    reveal: true,
  },
  {
    title: 'A better question',
    say: 'Knowing the first grade, predict the last. Data and the question move the number further than another model; the scores before cannot be compared.',
    ask: 'What else would you ask of this table?',
    minutes: 10,
    scene: 'code',
    checkpoint: '6-second-question',
  },
  {
    title: 'Take it home',
    say: 'dvc.yaml and params.yaml are the real formats: the same files run outside. Ideas, votes and runs can be exported.',
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
    show: (scene: string, key: number) => `Show ${scene} (${key})`,
    shown: 'Sent to the stage in this browser. On another machine press the number there.',
    loadNamed: (title: string) => `Load ${title}`,
    load: 'Load',
    loaded: 'Loaded',
    loadHead: (name: string) => `Load ${name}?`,
    loadHint:
      'The code of everybody is replaced by this checkpoint. The code of now stays as a revision: a run brings it back.',
  },
} as const;
