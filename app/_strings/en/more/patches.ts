// Changing the code: the dialog in which a patch is written.
import { many } from '../many.ts';

export const patches = {
  patch: {
    against: (n: number) => `Based on revision ${n}`,
    sentence: 'What does it change, and why?',
    placeholder: 'Scale the inputs before kNN so that no feature dominates',
    nothing: 'No changes yet. Edit the code on the right.',
    checking: 'Checking the code …',
    problems: (n: number) => `${many(n, 'problem')} in the code: fix ${n === 1 ? 'it' : 'them'} first.`,
    earlier: 'This is the result of an earlier version of your change. Preview it again.',
    tryIt: 'Preview privately',
    send: 'Send suggestion',
    startAgain: 'Start over',
    private: 'Only you can see this result.',
  },
} as const;
