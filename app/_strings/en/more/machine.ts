// "Let the machine try": the search for better parameters.
import { many } from '../many.ts';

export const machine = {
  head: 'Let the machine try',
  hint: 'It runs the current code with other values of params.yaml, between your runs, and never changes the code. What it finds can be suggested.',
  start: (seconds: number) => `Try for ${seconds} s`,
  stop: 'Stop',
  progress: 'Time of the search that is over',
  running: (seconds: number) => `Trying parameters, ${seconds} s left`,
  trials: (n: number) => `${many(n, 'run')} tried`,
  none: 'Nothing better found so far.',
  nothing: 'Nothing better found.',
  best: 'Best of the machine',
  chart: 'machine',
  outdated: 'For an earlier task or evaluation: not comparable with the score now.',
  change: (key: string, before: string, after: string) => `${key}: ${before} → ${after}`,
  more: (n: number) => `${n} more`,
  suggest: 'Suggest this change',
  sent: 'Suggested',
  suggestion: (changes: string, value: string) => `The machine found ${value} with ${changes}`,
  ended: {
    budget: 'Time is up.',
    stopped: 'Stopped.',
    exhausted: 'No single change improves it any more.',
    failed: 'The current code has no score to improve. Fix its run first.',
    interrupted: 'The server was restarted.',
  },
} as const;
