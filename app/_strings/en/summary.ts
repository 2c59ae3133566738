// The summary page of a session.
import { isolate } from '../isolate.ts';
import { many } from './many.ts';

export const summary = {
  summary: {
    title: 'Summary',
    link: 'See the summary',
    print: 'Print or save as PDF',
    back: 'Back to the session',
    counts: 'In numbers',
    people: 'people took part',
    suggestions: 'suggestions',
    votes: 'votes',
    applied: 'applied',
    runs: 'runs',
    way: 'How the score changed',
    none: 'No run has a result yet. The score and what changed it will be here.',
    run: 'Run',
    what: 'What changed',
    change: 'Compared with the run before',
    start: 'The start',
    byHand: 'Changed by the driver',
    by: (credit: string) => `by ${isolate(credit)}`,
    someone: 'by a participant',
    contributors: 'Contributors',
    contributorsHint: 'Who asked to be credited under their own name.',
    contribution: (applied: number, votes: number) => `${applied} applied, ${many(votes, 'vote')}`,
    unnamed: (n: number) => `${many(n, 'participant')} whose suggestions were applied did not ask to be named.`,
    nobody: 'Nobody has asked to be named.',
    more: 'Take the code with you',
  },
} as const;
