// The participant's page: tabs, display name, hands, pace, guesses, activity.
import { isolate } from '../isolate.ts';
import { many } from './many.ts';

export const participant = {
  tabs: {
    now: 'Now',
    suggestions: 'Suggestions',
    data: 'Data',
    code: 'Code',
    results: 'Results',
    label: 'Session views',
  },
  actions: {
    suggest: 'Suggest',
    hand: 'Raise hand',
    handDown: 'Lower hand',
    handUp: (place: number) => `Hand up, no. ${place}`,
  },
  now: {
    drivesNow: (displayName: string) => `${isolate(displayName)} is driving`,
    noDriver: 'Nobody is driving right now',
    youDrive: 'You are driving',
    toEditor: 'Open the editor',
    paramsHint: 'One tap sends a suggestion. Everyone votes, and a preview shows how the score would change.',
    yours: 'Your latest suggestion',
    results: 'Results',
  },
  topBar: {
    online: (n: number) => `${many(n, 'person', 'people')} online`,
    rename: (displayName: string) => `You are ${displayName}: change your name`,
    renameHead: 'Your name',
    held: (name: string) => `“${isolate(name)}” waits for the facilitator. Until then nobody else sees it.`,
    credit: 'Credit me under my own name',
    creditHint: 'Shown with your suggestions and in the exported repository. Otherwise your display name is used.',
    creditAs: 'Credit me as',
    creditPlace: 'Ada Lovelace',
  },
  pulse: {
    head: 'How is the pace?',
    fast: 'Too fast',
    lost: 'Lost',
    fine: 'Fine',
    none: 'No answers in the last minute',
    of: (n: number) => many(n, 'answer'),
  },
  guess: {
    head: 'Guess the next score',
    label: (metric: string) => `What will ${metric} be?`,
    set: 'Guess',
    yours: (value: string) => `Your guess: ${value}. You can change it until the run starts.`,
    count: (n: number) => (n === 0 ? 'No guesses yet' : `${many(n, 'guess', 'guesses')} so far`),
    closest: 'Closest guesses',
    invalid: (example: string) => `Enter a number such as ${example}`,
    outside: (least: string, most: string) =>
      most === ''
        ? `Enter a number of at least ${least}`
        : least === ''
          ? `Enter a number of at most ${most}`
          : `Enter a number from ${least} to ${most}`,
  },
  marks: { facilitator: 'Facilitator', driver: 'Driver' },
  activity: { head: 'Activity', empty: 'No activity yet.', more: 'Show more' },
} as const;
