// Questions of the facilitators to everybody; the pace, guesses of the score.
import { many } from './many.ts';

export const poll = {
  poll: {
    head: 'Question to everybody',
    ask: 'Ask everybody',
    question: 'Question',
    kind: 'Answers',
    choose: 'Choices',
    words: 'In their own words',
    choice: (n: number) => `Choice ${n}`,
    add: 'Add a choice',
    remove: (n: number) => `Remove choice ${n}`,
    open: 'Ask now',
    hint: 'It appears on everybody’s Now tab. A new question closes the one before.',
    show: 'Show it on the projector',
    close: 'Close the question',
    closed: 'Closed',
    answer: 'Your answer',
    answerHint: 'A few words. Nobody sees who said what.',
    send: 'Send',
    change: 'Change it',
    yours: 'Your answer:',
    held: 'Only you see it: a facilitator decides whether to show it.',
    takeBack: 'Take it back',
    count: (n: number) => (n === 0 ? 'No answers yet' : `${many(n, 'answer', 'answers')}`),
    of: (n: number, percent: number) => `${n} (${percent} %)`,
    hide: (text: string) => `Hide “${text}”`,
    showAnswer: (text: string) => `Show “${text}”`,
    hidden: 'hidden',
    earlier: 'Earlier questions',
    none: 'No question has been asked yet.',
    waiting: 'Answer on your phone or laptop, on the Now tab.',
    answered: 'What everybody answered',
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
} as const;
