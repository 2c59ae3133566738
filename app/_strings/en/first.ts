// What a phone says before any tab or dialog is opened, in English: it comes with the page. All else is in `soon.ts` and `more`.
import { driver } from './driver.ts';
import { entry } from './entry.ts';
import { pageFailed } from './page-failed.ts';
import { participant } from './participant.ts';
import { reports } from './reports.ts';
import { runs } from './runs.ts';
import { suggestions } from './suggestions.ts';

export const first = {
  lang: 'en',
  locale: 'en-GB',
  decimalMark: '.',
  product: 'Crowd Programming',
  loading: 'Loading …',
  onDemand: {
    failed: 'This part of the page could not be loaded. Check the network; if it stays like this, reload the page.',
    again: 'Try again',
  },
  pageFailed,
  http: {
    unreached: 'The server cannot be reached right now; check the network and try again.',
    unreadable: 'This page is older than the server and cannot read its answer: reload the page.',
    unknown: (status: number) => `The server answered ${status}; try again in a moment.`,
  },
  languages: { label: 'Language' },
  close: 'Close',
  someone: 'former participant',
  ...entry,
  ...participant,
  ...suggestions,
  ...runs,
  ...driver,
  reports,
} as const;
