// Every text on the screens in English, one file per topic. A translation is a folder of the same shape; sentences
// that contain values are functions.
import { activities } from './activities.ts';
import { agenda } from './agenda.ts';
import { driver } from './driver.ts';
import { entry } from './entry.ts';
import { host } from './host.ts';
import { participant } from './participant.ts';
import { projector } from './projector.ts';
import { rejections } from './rejections.ts';
import { reports } from './reports.ts';
import { runs } from './runs.ts';
import { suggestions } from './suggestions.ts';

export const en = {
  lang: 'en',
  locale: 'en-GB',
  product: 'Crowd Programming',
  skip: 'Skip to the content',
  loading: 'Loading …',
  close: 'Close',
  cancel: 'Cancel',
  you: 'you',
  someone: 'former participant',
  ...entry,
  ...participant,
  ...suggestions,
  ...runs,
  ...driver,
  ...host,
  ...agenda,
  ...projector,
  rejections,
  activities,
  reports,
} as const;
