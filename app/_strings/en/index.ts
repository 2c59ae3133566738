// Every word of the screens in English, a file for each topic. A language is one folder of this shape; sentences with
// facts are functions.
import { agenda } from './agenda.ts';
import { desk } from './desk.ts';
import { entry } from './entry.ts';
import { host } from './host.ts';
import { suggestions } from './ideas.ts';
import { room } from './room.ts';
import { runs } from './runs.ts';
import { wall } from './wall.ts';

export const en = {
  lang: 'en',
  locale: 'en-GB',
  product: 'Crowd Programming',
  skip: 'Skip to the content',
  loading: 'One moment …',
  close: 'Close',
  cancel: 'Cancel',
  you: 'you',
  someone: 'somebody who left',
  ...entry,
  ...room,
  ...suggestions,
  ...runs,
  ...desk,
  ...host,
  ...agenda,
  ...wall,
} as const;
