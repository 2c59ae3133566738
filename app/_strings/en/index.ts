// Every text on the screens in English, one file per topic. A translation is a folder of the same shape; sentences
// that contain values are functions.
import { agenda } from './agenda.ts';
import { charts } from './charts.ts';
import { data } from './data.ts';
import { driver } from './driver.ts';
import { entry } from './entry.ts';
import { experiments } from './experiments.ts';
import { explain } from './explain.ts';
import { files } from './files.ts';
import { host } from './host.ts';
import { machine } from './machine.ts';
import { notices } from './notices.ts';
import { ownTable } from './own-table.ts';
import { pageFailed } from './page-failed.ts';
import { participant } from './participant.ts';
import { poll } from './poll.ts';
import { projector } from './projector.ts';
import { closeReasons, fileNameReason, httpErrors, rejections } from './rejections.ts';
import { activities, reports } from './reports.ts';
import { runs } from './runs.ts';
import { scratch } from './scratch.ts';
import { checks, suggestions } from './suggestions.ts';
import { replay, summary } from './summary.ts';

export const en = {
  lang: 'en',
  locale: 'en-GB',
  product: 'Crowd Programming',
  skip: 'Skip to the content',
  loading: 'Loading …',
  onDemand: {
    failed: 'This part of the page could not be loaded. Check the network; if it stays like this, reload the page.',
    again: 'Try again',
  },
  pageFailed,
  notFound: {
    head: 'There is no page at this address',
    body: 'The link may be incomplete, or the session was deleted. With a join code you get into a session from the home page.',
    home: 'Back to home',
  },
  http: {
    unreached: 'The server cannot be reached right now; check the network and try again.',
    unreadable: 'This page is older than the server and cannot read its answer: reload the page.',
    unknown: (status: number) => `The server answered ${status}; try again in a moment.`,
  },
  languages: { label: 'Language' },
  close: 'Close',
  cancel: 'Cancel',
  you: 'you',
  someone: 'former participant',
  ...entry,
  ownTable,
  ...notices,
  ...participant,
  ...suggestions,
  ...checks,
  ...experiments,
  ...explain,
  ...runs,
  ...charts,
  ...data,
  ...driver,
  ...files,
  ...host,
  machine,
  ...agenda,
  ...poll,
  ...projector,
  ...summary,
  ...replay,
  ...scratch,
  closeReasons,
  fileNameReason,
  httpErrors,
  rejections,
  activities,
  reports,
} as const;
