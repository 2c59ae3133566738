// Behind the score: the impact of suggestions, the hold-out score, the What-if form, the environment of a run;
// the activity of the session.
import { isolate } from '../../isolate.ts';
import { many } from '../many.ts';

export const runDetails = {
  impact: {
    head: 'Impact of accepted suggestions',
    empty: 'Accepted suggestions appear here with the change in the metric.',
    together: (n: number) => `measured together with ${n} other ${n === 1 ? 'suggestion' : 'suggestions'}`,
    otherChanges: 'other code changed too',
  },
  holdout: {
    head: 'Hold-out score',
    hint: 'The score on rows that nobody in this session can read, next to the cross-validation score.',
    right: (rows: number, of: number) => `${rows} of ${of} right`,
    closed: (share: number) => `${share} % of the rows are held out until the reveal.`,
    run: 'Run',
    score: 'hold-out',
    overBaseline: 'vs. baseline',
    overStart: 'vs. starting point',
    after: 'Look at it once: choosing among many runs by this score would overfit to the hold-out rows.',
  },
  whatIf: {
    head: 'What if?',
    hint: 'A prediction for a row that is not in the table, by the model of the last successful run.',
    threshold: (name: string, percent: number) => `Taken for ${isolate(name)} from ${percent} % on`,
    ask: 'Change a value below to get a prediction.',
    unit: (unit: string) => unit,
    by: (n: number) => `by the model of run #${n}`,
    unused: (n: number) => `${many(n, 'more column')}, not used by this model`,
    noModel: 'Available after the first successful run.',
    caution: 'For learning only: never make a decision about a person based on this number.',
  },
  environment: {
    loading: 'Loading the environment …',
    made: 'Made with',
    runtime: 'Runtime',
    library: 'Hash of runtime and libraries',
    fixed:
      'Every stage begins with the same clock, time zone and language, and Math.random with a seed made of its name.',
    lock: 'dvc.lock: what each stage read and wrote',
    reproduce: 'Reproduce',
    running: 'Running again from an empty cache …',
    hint: 'Runs every stage again, in a fresh process and without the run cache, and compares each out. "npm run reproduce" does the same in the exported repository.',
    same: (outs: number, time: string) =>
      `Same to the last bit: ${outs} of ${outs} ${outs === 1 ? 'out' : 'outs'}, in ${time}`,
    differs: (outs: number, of: number) =>
      `${outs} of ${of} ${of === 1 ? 'out' : 'outs'} ${outs === 1 ? 'differs' : 'differ'}:`,
    failed: 'Running it again did not succeed.',
  },
  activity: { head: 'Activity', empty: 'No activity yet.', more: 'Show more' },
} as const;
